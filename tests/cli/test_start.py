"""The pages start only where they may be trusted: each bad setting or machine is refused by name, with what to do."""

from __future__ import annotations

import sqlite3
import zoneinfo
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import update

from service.cli import machine
from service.cli.examine_start import examine_certificates, examine_clock
from service.cli.start_sentences import TO_DO
from tests.actions.signing_office import PASSWORD
from tests.actions.small_office import started
from tests.databases import SqliteTemplate, private_cluster
from workflows.store import clockwork, health
from workflows.store.database import Database
from workflows.store.tables.clockwork import sweeps

from .command import Ended, kehoach

GOOD_KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def folder(sqlite_template: SqliteTemplate, tmp_path: Path) -> Path:
    sqlite_template.file(tmp_path / "kehoach.sqlite3")
    return tmp_path


@pytest.fixture
def cannot_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is fit would serve for ever: the test ends it where it begins to listen for people."""
    monkeypatch.setattr("service.cli.web.serve_pages", lambda *_: None)


def web(folder: Path, **settings: str | Path) -> Ended:
    return kehoach("web", "--no-clock", **{"data_dir": folder, "port": "0", **settings})


def refused(ended: Ended) -> set[str]:
    """The codes of the refusal; each is said in Vietnamese with what to do."""
    assert ended.code == 1, ended
    error = ended.answer["error"]
    codes = {each["code"] for each in error.get("reasons", [error])}
    for code in codes & TO_DO.keys():
        assert TO_DO[code].partition("{")[0].partition("“")[0] in error["message"], code
    assert "Hãy" in error["message"], error
    return codes


SETTINGS: list[tuple[str, dict[str, str]]] = [
    ("BASE_URL_OPEN", {"base_url": "http://kehoach.xaductan.gov.vn"}),
    ("BASE_URL_OPEN", {"base_url": "http://203.162.0.11:8800"}),
    ("SMTP_OPEN", {"smtp_host": "thu.xaductan.gov.vn", "smtp_security": "none"}),
    ("DEMO_OPEN", {"demo": "true", "host": "0.0.0.0"}),
    ("WEAK_SECRET", {"secret_key": "secret"}),
    ("WEAK_SECRET", {"secret_key": "a" * 64}),
    ("WEAK_SECRET", {"metrics_token": "metrics"}),
    ("WEAK_SECRET", {"prefect_key": "kehoach:123456"}),
    ("CHECKPOINT_KEY_BAD", {"checkpoint_key": "không phải khóa"}),
    ("UNKNOWN_SETTING", {"debug": "true"}),
]


@pytest.mark.parametrize(("code", "given"), SETTINGS, ids=lambda each: each if isinstance(each, str) else "")
@pytest.mark.usefixtures("cannot_listen")
def test_a_setting_that_lets_strangers_in(folder: Path, code: str, given: dict[str, str]) -> None:
    before = (folder / "kehoach.sqlite3").read_bytes()
    ended = web(folder, **given)
    assert code in (refused(ended) if code != "UNKNOWN_SETTING" else {ended.answer["error"]["code"]})
    assert (folder / "kehoach.sqlite3").read_bytes() == before
    if code != "UNKNOWN_SETTING":
        findings = kehoach("doctor", data_dir=folder, **given).answer["findings"]
        assert {each["level"] for each in findings if each["code"] == code} == {"error"}


@pytest.mark.usefixtures("cannot_listen")
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"base_url": "https://kehoach.xaductan.gov.vn", "host": "0.0.0.0"},
        {"base_url": "http://may-chu:8800"},
        {"base_url": "http://192.168.1.5:8800"},
        {"smtp_host": "localhost", "smtp_security": "none"},
        {"smtp_host": "thu.xaductan.gov.vn", "smtp_security": "starttls"},
        {"secret_key": GOOD_KEY, "metrics_token": GOOD_KEY, "prefect_key": f"kehoach:{GOOD_KEY}"},
    ],
)
def test_what_is_good_starts(folder: Path, given: dict[str, str]) -> None:
    ended = web(folder, **given)
    assert ended.code == 0, ended


def test_an_address_inside_without_encryption_is_a_warning(folder: Path) -> None:
    found = kehoach("doctor", data_dir=folder, base_url="http://192.168.1.5:8800").answer["findings"]
    assert [each["level"] for each in found if each["code"] == "BASE_URL_INSIDE"] == ["warning"]


@pytest.mark.usefixtures("cannot_listen")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (Path("/proc/kehoach"), tmp_path / "file" / "data"):
        assert "FOLDER" in refused(web(place)), place
        assert "FOLDER" in refused(kehoach("serve", "--no-prefect", data_dir=place, port="0"))


@pytest.mark.usefixtures("cannot_listen")
@pytest.mark.parametrize("content", [b"khong phai", "Europe/Paris"], ids=["broken", "of another place"])
def test_wrong_data_of_time_zones(folder: Path, tmp_path: Path, content: bytes | str) -> None:
    zones = tmp_path / "zones"
    place = zones / "Asia" / "Ho_Chi_Minh"
    place.parent.mkdir(parents=True)
    if isinstance(content, str):
        here = next(path for path in map(Path, zoneinfo.TZPATH) if (path / content).exists())
        content = (here / content).read_bytes()
    place.write_bytes(content)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(zones)])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        assert "TIME_ZONE" in refused(web(folder))
    finally:
        zoneinfo.reset_tzpath(before)
        zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.usefixtures("cannot_listen")
def test_a_network_disk(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NETWORK_KINDS", (machine._kind_of_disk(folder),))
    assert "NETWORK_FOLDER" in refused(web(folder))


@pytest.mark.usefixtures("cannot_listen")
def test_little_room_is_an_error_of_the_doctor_and_people_still_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "LEAST_FREE_PERCENT", 101)
    doctor = kehoach("doctor", data_dir=folder)
    assert doctor.code == 1
    (disk,) = (each for each in doctor.answer["findings"] if each["code"] == "DISK")
    assert disk["level"] == "error" and TO_DO["DISK"] in disk["message"]
    assert web(folder).code == 0


@pytest.mark.usefixtures("cannot_listen")
@pytest.mark.parametrize(("version", "code"), [("9999", "NEW_SCHEMA"), ("0027", "OLD_SCHEMA")])
def test_a_schema_of_another_version(folder: Path, version: str, code: str) -> None:
    with closing(sqlite3.connect(folder / "kehoach.sqlite3")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (version,))
        raw.commit()
    assert refused(web(folder)) == {code}
    assert code != "NEW_SCHEMA" or refused(kehoach("serve", "--no-prefect", data_dir=folder, port="0")) == {code}
    assert kehoach("doctor", data_dir=folder).code == 1


def test_wal_on_a_sqlite_that_may_lose_it_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.store.health.safe_journal_mode", lambda: "PERSIST")
    with closing(sqlite3.connect(folder / "kehoach.sqlite3")) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM settings").fetchone()
        ended = web(folder)
    assert ended.code == 1 and ended.answer["error"]["code"] in ("SQLITE_JOURNAL", "DATABASE_UNREACHABLE")


@pytest.mark.usefixtures("cannot_listen")
def test_a_sqlite_without_the_index_of_words_is_refused(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.store.health.knows_fts5", lambda: False)
    new = tmp_path_factory.mktemp("new")
    for ended in (web(folder), kehoach("db", "upgrade", data_dir=folder), kehoach("db", "upgrade", data_dir=new)):
        assert refused(ended) == {"SQLITE_FTS5"}
        assert "KEHOACH_DATABASE_URL" in ended.answer["error"]["message"]
    ended = kehoach("doctor", data_dir=folder)
    (finding,) = [each for each in ended.answer["findings"] if each["code"] == "SQLITE_FTS5"]
    assert (ended.code, finding["level"]) == (1, "error")
    assert TO_DO["SQLITE_FTS5"] in finding["message"]


def test_a_clock_that_went_back_is_said(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'kehoach.sqlite3'}")
    ahead = datetime.now(UTC) + timedelta(minutes=9)
    with database.write() as connection:
        clockwork.start_sweep(connection, "deliver", "ticker", ahead)
    assert [each.code for each in examine_clock(database, datetime.now(UTC))] == ["CLOCK_BACK"]
    with database.write() as connection:
        connection.execute(update(sweeps).values(started_at=ahead - timedelta(minutes=8)))
    assert list(examine_clock(database, datetime.now(UTC))) == []
    database.close()


def test_certificates_are_told_before_they_end_and_after(memory: Database, tmp_path: Path) -> None:
    from service.demo.signing import set_up_signing  # noqa: PLC0415 - brings the libraries of signing

    cast = started(memory)
    set_up_signing(memory, tmp_path / "keys", PASSWORD, cast.now - timedelta(days=30), cast.now)
    (good,) = examine_certificates(memory, cast.now)
    ends = datetime.fromisoformat(good.facts["ends"]).replace(tzinfo=UTC)
    assert good.level == "ok"
    found = [next(examine_certificates(memory, ends + timedelta(days=days))) for days in (-20, 2)]
    assert [(each.code, each.level) for each in found] == [
        ("CERTIFICATE_SOON", "warning"),
        ("CERTIFICATE_OVER", "error"),
    ]


@pytest.fixture(scope="module")
def durable() -> Iterator[Any]:
    """A PostgreSQL that keeps what it is given, with a database at the newest version."""
    with private_cluster(fsync="on", full_page_writes="on", synchronous_commit="on") as cluster:
        database = Database(cluster.url.render_as_string(hide_password=False))
        database.upgrade()
        database.close()
        yield cluster


@pytest.mark.postgres
@pytest.mark.usefixtures("cannot_listen")
def test_a_postgres_that_may_lose_what_was_committed(durable: Any, tmp_path: Path) -> None:
    url = durable.url.render_as_string(hide_password=False)
    assert web(tmp_path, database_url=url, secret_key=GOOD_KEY).code == 0
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("ALTER DATABASE postgres SET synchronous_commit = off")
        ended = web(tmp_path, database_url=url, secret_key=GOOD_KEY)
        connection.execute("ALTER DATABASE postgres RESET synchronous_commit")
    assert refused(ended) == {"PG_SETTING"} and "synchronous_commit = off" in ended.answer["error"]["message"]


@pytest.mark.postgres
@pytest.mark.usefixtures("cannot_listen")
def test_a_postgres_of_the_tests_is_refused_and_so_is_another_encoding(postgres: Any, tmp_path: Path) -> None:
    with postgres.clean_database() as url:
        ended = web(tmp_path, database_url=url, secret_key=GOOD_KEY)
        said = ended.answer["error"]["message"]
        assert refused(ended) == {"PG_SETTING"}
        assert all(f"Hãy đặt {name} = on" in said for name in ("fsync", "full_page_writes", "synchronous_commit"))
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' TEMPLATE template0")
        other = url.rpartition("/")[0] + "/ascii?" + url.partition("?")[2]
        assert "PG_ENCODING" in refused(web(tmp_path, database_url=other, secret_key=GOOD_KEY))
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("DROP DATABASE ascii WITH (FORCE)")


@pytest.mark.postgres
def test_a_clock_that_differs_from_the_database_is_refused(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = {
        minutes: [
            each.level for each in examine_clock(postgres_database, datetime.now(UTC) + timedelta(minutes=minutes))
        ]
        for minutes in (-3, 0, 3)
    }
    assert found == {-3: ["error"], 0: ["ok"], 3: ["error"]}
    monkeypatch.setattr("service.cli.fit_to_start.now", lambda: datetime.now(UTC) + timedelta(minutes=3))
    monkeypatch.setattr(health, "_postgres", lambda _: [])  # the tests' own server is refused for more than its clock
    url = postgres_database.engine.url.render_as_string(hide_password=False)
    assert refused(web(tmp_path, database_url=url, secret_key=GOOD_KEY)) == {"CLOCK"}


def test_every_finding_has_its_sentence() -> None:
    from service.cli.sentences import all_sentences  # noqa: PLC0415 - one test of the words

    assert TO_DO.keys() <= all_sentences().keys()
