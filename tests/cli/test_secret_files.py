"""Files that hold secrets or data: who else on the machine reads them is said, who could change them is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from notifications.seal_log import KEY
from service.cli.examine_files import examine_files
from service.settings import Settings
from workflows.store.sealing import FILE

from .command import kehoach


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that everybody may enter, as every folder above it."""
    folder = tmp_path_factory.mktemp("open")
    for each in (folder, *folder.parents):
        if not each.stat().st_mode & 0o001:
            each.chmod(each.stat().st_mode | 0o001)
    return folder


def found(folder: Path, **environ: str) -> set[tuple[str, str, str]]:
    findings = list(examine_files(Settings(data_dir=folder), environ))
    return {(each.code, each.level, Path(str(each.facts["file"])).name) for each in findings}


def put(file: Path, mode: int) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text("0123456789abcdef" * 2, encoding="ascii")
    file.chmod(mode)
    return file


def test_what_only_its_owner_and_group_read_is_well(folder: Path) -> None:
    for name in ("kehoach.sqlite3", KEY, FILE, "prefect/key"):
        put(folder / name, 0o640)
    assert found(folder, KEHOACH_SMTP_PASSWORD_FILE=str(put(folder / "smtp", 0o440))) == set()


@pytest.mark.parametrize(
    ("mode", "said"), [(0o644, ("SECRET_READABLE", "warning")), (0o666, ("SECRET_WRITABLE", "error"))]
)
def test_what_everybody_reads_is_said_and_what_everybody_writes_is_refused(
    folder: Path, mode: int, said: tuple[str, str]
) -> None:
    named = {
        f"KEHOACH_{name.upper()}_FILE": str(put(folder / name, mode))
        for name in ("smtp_password", "secret_key", "metrics_token", "database_url", "exchange")
    }
    put(folder / "mail_from", mode)
    for name in ("kehoach.sqlite3", KEY, "key"):
        put(folder / ("prefect/key" if name == "key" else name), mode)
    files = {*(Path(each).name for each in named.values()), "kehoach.sqlite3", KEY, "key"}
    told = found(folder, KEHOACH_MAIL_FROM_FILE=str(folder / "mail_from"), **named)
    assert told == {(*said, each) for each in files}


def test_a_closed_folder_closes_what_is_in_it(folder: Path) -> None:
    given = put(folder / "inside" / "smtp", 0o666)
    (folder / "inside").chmod(0o700)
    assert found(folder, KEHOACH_SMTP_PASSWORD_FILE=str(given)) == set()
    link = folder / "link"
    link.symlink_to(given)
    assert found(folder, KEHOACH_SMTP_PASSWORD_FILE=str(link)) == set()


def test_a_key_that_anybody_may_change_keeps_the_pages_from_starting(folder: Path) -> None:
    put(folder / FILE, 0o602)
    ended = kehoach("web", "--no-clock", data_dir=folder, port="0")
    assert ended.code == 1
    assert ended.answer["error"]["code"] == "SECRET_WRITABLE"
    assert f"chmod 600 {folder / FILE}" in ended.answer["error"]["message"]
