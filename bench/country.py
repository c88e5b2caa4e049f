"""The country, generated: 34 provinces, 3,321 communes, 30 plans a year each, 20 duties a plan, each an open task.

`fill(database, share)` writes it with COPY into an empty PostgreSQL; a tenth takes about a minute on one core. The rows
of a case are those that the product itself writes when a duty of `nhiem_vu.bpmn` opens, with other numbers; of its
events only the first is kept, for a sweep reads none, and its chain is whole (`kehoach verify-log` agrees). A tenth of
the tasks is due to be spoken of at `NOW`, each at one level of its ladder; the levels before it are noted as told.

Run alone: `.venv/bin/python -m bench.country --share 0.1` fills a PostgreSQL of its own and prints what is in it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url, select

from tests.databases import Cluster, private_cluster
from workflows.actions import Desk
from workflows.actions.deploy import deploy_library
from workflows.actions.handle import start_case
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import Calendar
from workflows.store import chain, clockwork
from workflows.store.database import Database, open_memory
from workflows.store.escalation_times import levels
from workflows.store.spelling import canonical
from workflows.store.tables import metadata

PROVINCES, COMMUNES, PLANS, DUTIES = 34, 3_321, 30, 20
UNITS = ("Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")
# Durable as an office's own server would be: commits are synced, pages are protected.
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "8GB",
    "maintenance_work_mem": "256MB",
    "checkpoint_timeout": "30min",
}
NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)  # Friday, 10:00 in Asia/Ho_Chi_Minh
OPENED = datetime(2026, 9, 1, 1, tzinfo=UTC)
DUE_NOW = 10  # one task in so many
FAR = range(8, 60)  # working days until the others are due
# Numbers that no row has: where they stand in a row of the sample, the numbers of a generated row go.
MARKS = {
    "duty": 700000001,
    "lan": 700000002,
    "plan": 700000003,
    "office": 700000004,
    "unit": 700000005,
    "case": 700000006,
}
DAY_MARK = "2026-12-31T23:59:59+07:00"
TABLES = ("bodies", "posts", "people", "holdings", "plans", "cases", "events", "tasks", "task_groups", "escalations")


@dataclass(frozen=True)
class Country:
    """How much was generated."""

    provinces: int
    communes: int
    plans: int
    tasks: int
    due: int
    seconds: float


@dataclass(frozen=True)
class Step:
    """Where a task stands: when it is due, which levels were told, when it is spoken of next."""

    due: datetime
    told: tuple[tuple[int, str, datetime], ...]
    next_at: datetime | None


@contextmanager
def server() -> Iterator[tuple[Cluster, str]]:
    """A PostgreSQL of one's own at the newest version of the schema, as durable as a real one, and its URL."""
    with private_cluster(**DURABLE) as cluster:
        admin = cluster.url.render_as_string(hide_password=False)
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE country")
        url = cluster.url.set(database="country").render_as_string(hide_password=False)
        database = Database(url)
        database.upgrade()
        database.close()
        yield cluster, url


def fill(url: str, share: float, one_due_in: int = DUE_NOW) -> Country:
    """Write this share of the country into an empty database and gather statistics; one task in so many is due."""
    started = time.perf_counter()
    communes = max(1, round(COMMUNES * share))
    sample = _Sample()
    with psycopg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        # The rows hang together by construction: looking up each key of two million would double the time.
        connection.execute("SET session_replication_role = replica")
        for name, row in sample.once:
            _copy(connection, name, list(row), [_line(row.values())])
        indexes = _take_indexes(connection)
        _organisation(connection, communes)
        _plans(connection, communes)
        due = _duties(connection, sample, communes, one_due_in)
        for statement in indexes:
            connection.execute(statement)
        for table in (*TABLES, "definitions"):
            if "id" in metadata.tables[table].c and metadata.tables[table].autoincrement_column is not None:
                number = SQL("SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT coalesce(max(id), 1) FROM {}))")
                connection.execute(number.format(Identifier(table)), (table,))
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")
    tasks = communes * PLANS * DUTIES
    return Country(PROVINCES, communes, communes * PLANS, tasks, due, time.perf_counter() - started)


def offices(communes: int) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Each commune's id, its province's and its units'; provinces have the first numbers."""
    each = 1 + len(UNITS)
    for number in range(communes):
        office = PROVINCES + 1 + number * each
        yield office, 1 + number % PROVINCES, tuple(range(office + 1, office + each))


def _organisation(connection: psycopg.Connection, communes: int) -> None:
    bodies: list[dict[str, Any]] = []
    posts: list[tuple[int, str, bool]] = []

    def body(number: int, office: int, parent: int | None, kind: str, name: str) -> None:
        bodies.append(
            {
                "id": number,
                "office_id": office,
                "parent_id": parent,
                "kind": kind,
                "name": name,
                "aliases": "[]",
                "fold": name,
            }
        )

    for province in range(1, PROVINCES + 1):
        body(province, province, None, "office", f"Ủy ban nhân dân tỉnh {province}")
        posts.append((province, "chu_tich", True))
    for office, province, units in offices(communes):
        body(office, office, province, "office", f"Ủy ban nhân dân xã {office}")
        posts += [(office, "chu_tich", True), (office, "pho_chu_tich", False), (office, "van_thu", False)]
        for unit, name in zip(units, UNITS, strict=True):
            body(unit, office, office, "unit", name)
            posts += [(unit, "thu_truong", True), (unit, "can_bo", False)]
    _copy(connection, "bodies", list(bodies[0]), (_line(row.values()) for row in bodies))
    numbered = list(enumerate(posts, 1))
    columns = ["id", "body_id", "role", "title", "is_head", "rank"]
    _copy(connection, "posts", columns, (_line((n, where, role, role, head, 0)) for n, (where, role, head) in numbered))
    people = (_line((n, f"Người {n}", f"nguoi{n}@vidu.vn")) for n, _ in numbered)
    _copy(connection, "people", ["id", "name", "email"], people)
    _copy(
        connection, "holdings", ["id", "post_id", "person_id", "acting"], (_line((n, n, n, False)) for n, _ in numbered)
    )


def _plans(connection: psycopg.Connection, communes: int) -> None:
    columns = "id office_id drafting_unit_id title fold period_from period_to status version signer_role consulted "
    columns += "others_needed opinion_days mode outcome_policy added_recipients number symbol created_at"
    rows = (
        _line(
            (
                n,
                office,
                unit,
                f"Kế hoạch số {n}",
                f"ke hoach so {n}",
                2026,
                2026,
                "in_force",
                1,
                "chu_tich",
                "[]",
                0,
                5,
                "gop_y",
                "cho_du",
                "[]",
                n % PLANS + 1,
                "KH-UBND",
                OPENED,
            )
        )
        for n, office, unit, _ in plans(communes)
    )
    _copy(connection, "plans", columns.split(), rows)


def plans(communes: int) -> Iterator[tuple[int, int, int, int]]:
    """Each plan's id, its office, the unit that drafted it and the office's province."""
    number = 0
    for office, province, units in offices(communes):
        for at in range(PLANS):
            number += 1
            yield number, office, units[at % len(units)], province


def _duties(connection: psycopg.Connection, sample: _Sample, communes: int, one_due_in: int) -> int:
    """Cases, their first events, tasks, groups and the levels that were told; how many tasks are due."""
    now, later = _steps(sample.ladder)
    due = 0

    def rows() -> Iterator[tuple[dict[str, Any], Step]]:
        case = 0
        for plan, office, unit, _ in plans(communes):
            for _ in range(DUTIES):
                case += 1
                is_due = case % one_due_in == 0
                step = now[case // one_due_in % len(now)] if is_due else later[case % len(later)]
                yield {"duty": case, "lan": case, "plan": plan, "office": office, "unit": unit, "case": case}, step

    written = rows()
    while some := list(islice(written, 50_000)):
        lines = [sample.lines(marks, step) for marks, step in some]
        due += sum(step in now for _, step in some)
        for table in ("cases", "events", "tasks", "task_groups"):
            _copy(connection, table, sample.columns[table], (each[table] for each in lines))
        told = (
            _line((f"{marks['case']}-1", days, target, at)) for marks, step in some for days, target, at in step.told
        )
        _copy(connection, "escalations", ["task_id", "level", "target", "at"], told)
    return due


def _steps(ladder: Iterable[tuple[int, str]]) -> tuple[list[Step], list[Step]]:
    """The steps of tasks of which one level came this morning, and of those of which none came yet."""
    with _calendar() as calendar:
        today = calendar.local_day(NOW)

        def step(due_day: date) -> Step:
            due = calendar.end_of(due_day)
            placed = levels(calendar, due, ladder)
            told = tuple((each.days, each.target, each.at) for each in placed if calendar.local_day(each.at) < today)
            ahead = [each.at for each in placed if calendar.local_day(each.at) >= today]
            return Step(due, told, ahead[0] if ahead else None)

        def away(days: int) -> date:
            return calendar.local_day(calendar.add_working_days(NOW, days)) if days else today

        return [step(away(-days)) for days, _ in ladder], [step(away(days)) for days in FAR]


def levels_of_days() -> list[tuple[datetime, int, datetime]]:
    """Of each day on which a task of the country is due: the instant of each of its levels."""
    ladder = _Sample().ladder
    with _calendar() as calendar:
        days = {step.due for some in _steps(ladder) for step in some}
        return [(day, each.days, each.at) for day in sorted(days) for each in levels(calendar, day, ladder)]


@contextmanager
def _calendar() -> Iterator[Calendar]:
    """The calendar that `clockwork` keeps for everybody: the country of the benches has weekends only."""
    database = open_memory()
    with database.read() as connection:
        yield clockwork.calendar_of(connection, None)
    database.close()


class _Sample:
    """What the product writes for one duty, as templates of lines for COPY."""

    def __init__(self) -> None:
        database = open_memory()
        desk = Desk(database, OPENED, CLOCK)
        deploy_library(desk)
        marks = MARKS
        variables = {
            "nhiem_vu": marks["duty"], "lan": marks["lan"], "ke_hoach": marks["plan"], "co_quan": marks["office"],
            "don_vi_chu_tri": marks["unit"], "han": DAY_MARK,
        }  # fmt: skip
        with desk.open() as work:
            key = f"nhiem_vu:{marks['lan']}"
            start_case(work, "nhiem_vu", variables, business_key=key, plan_id=marks["plan"])
        with database.read() as connection:
            found = {
                name: [dict(row) for row in connection.execute(select(metadata.tables[name])).mappings()]
                for name in ("definitions", "cases", "events", "tasks", "task_groups")
            }
        database.close()
        self.once = [("definitions", row) for row in found["definitions"]]
        (case,), (task,), event = found["cases"], found["tasks"], found["events"][0]
        self.ladder = [(days, target) for days, target in task["escalation"]]
        own = {"case_id": marks["case"]}
        case |= {"id": marks["case"], "office_id": marks["office"], "revision": 1, "chain_head": "%(hash)s"}
        task |= {
            **own,
            "id": f"{marks['case']}-1",
            "office_id": marks["office"],
            "due": "%(due)s",
            "next_escalation_at": "%(next)s",
        }
        event |= {**own, "revision": 1, "hash": "%(hash)s"}
        record = {name: event[name] for name in ("seq", "type", "data", "actor", "content_hash")}
        at = OPENED.astimezone(UTC).isoformat(timespec="microseconds")
        self._record = _template(canonical({**record, "case": marks["case"], "at": at}))
        beside = {"task_id": f"{marks['case']}-1", "due": "%(due)s"}
        groups = [row | beside for row in found["task_groups"]]
        rows: Mapping[str, list[dict[str, Any]]] = {
            "cases": [case],
            "events": [event],
            "tasks": [task],
            "task_groups": groups,
        }
        self.columns = {name: list(some[0]) for name, some in rows.items()}
        self._lines = {name: _template("".join(_line(row.values()) for row in some)) for name, some in rows.items()}

    def lines(self, marks: Mapping[str, Any], step: Step) -> dict[str, str]:
        """The lines of one duty, by table."""
        facts = {**marks, "day": step.due.isoformat(), "due": step.due.isoformat()}
        facts["next"] = step.next_at.isoformat() if step.next_at else r"\N"
        facts["hash"] = sha256(chain.GENESIS.encode() + (self._record % facts).encode()).hexdigest()
        return {name: line % facts for name, line in self._lines.items()}


def _template(text: str) -> str:
    """The text with names where the marks stand."""
    for name, mark in MARKS.items():
        text = text.replace(str(mark), f"%({name})s")
    return text.replace(DAY_MARK, "%(day)s")


def _line(values: Iterable[Any]) -> str:
    """A line of COPY's text format."""
    return "\t".join(_field(value) for value in values) + "\n"


def _field(value: Any) -> str:  # noqa: ANN401 - a value of any column
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict | list | tuple):
        value = json.dumps(value, ensure_ascii=False)
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _copy(connection: psycopg.Connection, table: str, columns: list[str], lines: Iterable[str]) -> None:
    named = SQL("COPY {} ({}) FROM STDIN").format(Identifier(table), SQL(", ").join(map(Identifier, columns)))
    left = iter(lines)
    with connection.cursor().copy(named) as copy:
        while block := "".join(islice(left, 5_000)):
            copy.write(block)


def _take_indexes(connection: psycopg.Connection) -> list[bytes]:
    """Drop the indexes of the large tables that no constraint needs, and return what makes them anew."""
    wanted = """SELECT i.indexdef, i.indexname FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname
                WHERE i.schemaname = 'public' AND c.oid IS NULL AND i.tablename = ANY(%s)"""
    found = connection.execute(wanted, ([*TABLES],)).fetchall()
    for _, name in found:
        connection.execute(SQL("DROP INDEX {}").format(Identifier(name)))
    return [definition.encode() for definition, _ in found]


def sizes(url: str) -> dict[str, int]:
    """How many bytes each large table takes with its indexes."""
    with psycopg.connect(url) as connection:
        asked = "SELECT t, pg_total_relation_size(t::regclass) FROM unnest(%s::text[]) t"
        found = connection.execute(asked, ([*TABLES],))
        return dict(found.fetchall())


def main() -> None:
    """Fill and say what is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.1)
    with server() as (_, url):
        country = fill(url, parser.parse_args().share)
        print(country)
        for table, size in sizes(url).items():
            print(f"{table}: {size / country.tasks:.0f} bytes a task")


if __name__ == "__main__":
    main()
