"""What a flow does in its process: the verbs, one after another, on record; one that fails does not stop the others."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import flows
from flows.every_minute import KINDS, every_minute
from flows.mail_server import mail_server
from flows.open_cycles import open_cycles
from notifications.smtp_post_office import PostOffice
from tests.databases import SqliteTemplate
from workflows.store import clockwork
from workflows.store.clockwork import Sweep
from workflows.store.database import Database
from workflows.store.sealing import Seal


@pytest.fixture
def named(sqlite_template: SqliteTemplate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database that the environment of the flows names."""
    url = sqlite_template.file(tmp_path / "kehoach.sqlite3")
    monkeypatch.setenv("KEHOACH_DATABASE_URL", url)
    database = Database(url)
    yield database
    database.close()


def sweeps(database: Database) -> dict[str, Sweep]:
    """What is on record."""
    with database.read() as connection:
        return {each.kind: each for each in clockwork.last_sweeps(connection)}


def test_every_minute_runs_jobs_timers_and_letters_in_this_order(named: Database) -> None:
    counts = asyncio.run(every_minute.fn())
    assert tuple(counts) == KINDS
    record = sweeps(named)
    assert {each.runner for each in record.values()} == {"prefect"}
    assert record["run_jobs"].started_at <= record["fire_timers"].started_at <= record["deliver"].started_at


def test_cycles_and_duties_open_together(named: Database) -> None:
    assert set(asyncio.run(open_cycles.fn())) == {"open_cycles", "open_duties", "turn_years"}
    assert {each.error for each in sweeps(named).values()} == {None}


def test_a_sweep_that_fails_is_on_record_and_the_next_ones_run(named: Database) -> None:
    with named.write() as connection:
        connection.execute(text("DROP TABLE timers"))
    with pytest.raises(Exception, match="timers"):
        asyncio.run(every_minute.fn())
    record = sweeps(named)
    assert "timers" in (record["fire_timers"].error or "")
    assert record["deliver"].error is None
    assert record["deliver"].started_at >= record["fire_timers"].started_at


def test_letters_go_to_the_server_that_the_environment_names(named: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    office = PostOffice()
    office.start()
    try:
        monkeypatch.setenv("KEHOACH_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("KEHOACH_SMTP_PORT", str(office.port))
        monkeypatch.setenv("KEHOACH_SMTP_SECURITY", "none")
        assert asyncio.run(every_minute.fn())["deliver"]["failed"] == 0
    finally:
        office.stop()


def test_the_pages_and_the_flows_understand_the_same_variables() -> None:
    from service.cli.installation import variables  # noqa: PLC0415
    from service.clock.sweeping import mail_server as mail_server_of_pages  # noqa: PLC0415
    from service.settings import read_settings  # noqa: PLC0415

    told = {
        "KEHOACH_SMTP_HOST": "thu.example.vn",
        "KEHOACH_SMTP_PORT": "465",
        "KEHOACH_SMTP_SECURITY": "tls",
        "KEHOACH_SMTP_USER": "van-thu",
        "KEHOACH_SMTP_PASSWORD": "bí mật",
        "KEHOACH_MAIL_FROM": "ubnd@example.vn",
        "KEHOACH_BASE_URL": "https://kehoach.example.vn",
    }
    settings = read_settings(told)
    assert mail_server(told) == mail_server_of_pages(settings)
    assert mail_server(variables(settings)) == mail_server_of_pages(settings)
    assert mail_server({}) is None
    assert mail_server_of_pages(read_settings({})) is None


def test_a_flow_finds_every_variable_that_it_reads_among_those_its_child_is_told(tmp_path: Path) -> None:
    from service.cli.installation import variables  # noqa: PLC0415
    from service.settings import read_settings  # noqa: PLC0415

    key = tmp_path / "secret_key"
    key.write_text("k" * 40 + "\n", encoding="ascii")
    told = variables(read_settings({"KEHOACH_SECRET_KEY_FILE": str(key), "KEHOACH_DATA_DIR": str(tmp_path)}))
    sources = [path.read_text(encoding="utf-8") for path in Path(flows.__file__).parent.glob("*.py")]
    read = {name for source in sources for name in re.findall(r"\"(KEHOACH_[A-Z_]+[A-Z])\"", source)}
    assert "KEHOACH_SECRET_KEY" in read
    assert read <= told.keys()
    sealed = Seal("k" * 40, tmp_path).seal("bí mật", "thu")
    assert Seal(told["KEHOACH_SECRET_KEY"], Path(told["KEHOACH_DATA_DIR"])).open(sealed, "thu") == "bí mật"
    assert not (tmp_path / "secret.key").exists()
