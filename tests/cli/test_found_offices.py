"""`kehoach directory found`: the first offices of an empty house; twice is once, wrong lines are told and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.founding_file import row, table
from tests.databases import SqliteTemplate

from .command import kehoach


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    rows = [row("UBND xã Một", above="UBND tỉnh"), row("UBND tỉnh", "tỉnh"), row("UBND xã Sai", "bang")]
    (tmp_path / "co-quan.csv").write_text(table(rows), encoding="utf-8")
    return tmp_path


def test_an_empty_house_gets_its_first_offices(folder: Path) -> None:
    file = str(folder / "co-quan.csv")
    looked = kehoach("directory", "found", file, "--dry-run", data_dir=folder)
    assert (looked.code, looked.answer["kept"], looked.answer["new"], looked.answer["error"]) == (1, False, 2, 1)
    made = kehoach("directory", "found", file, data_dir=folder)
    assert (made.code, made.answer["kept"], made.answer["new"]) == (1, True, 2)
    assert "bang" in made.answer["lines"][2]["problems"][0]
    again = kehoach("directory", "found", file, data_dir=folder)
    assert (again.answer["new"], again.answer["there"]) == (0, 2)


def test_the_template_is_taken_as_it_is_and_never_written_over(folder: Path) -> None:
    for name in ("mau.xlsx", "mau.csv"):
        file = str(folder / name)
        assert kehoach("directory", "template", file, data_dir=folder).answer == {"file": file}
        assert kehoach("directory", "found", file, "--dry-run", data_dir=folder).answer["new"] == 1
        before = Path(file).read_bytes()
        assert kehoach("directory", "template", file, data_dir=folder).code != 0
        assert Path(file).read_bytes() == before
