"""The yearly report cycle opened for every plan of the country, beside the same rows written as sets.

Run: `.venv/bin/python -m bench.opening [--share 0.02]`. The floor is the least that any program could do: the rows that
the product wrote, ready in tables beside, copied into the same tables of another database by one INSERT each, with the
same indexes; nothing is judged, no hash is made. Only the ratio is compared.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import psycopg
from psycopg.sql import SQL, Identifier

from bench.country import NOW, fill, offices, plans, server
from bench.escalation import copy_of
from workflows.actions import Desk
from workflows.actions.open_cycles import open_cycles
from workflows.engine.actor import CLOCK
from workflows.store.database import Database

# The new rows of each table, as a condition.
NEW = {
    "cases": "process = 'bao_cao'",
    "events": "case_id IN (SELECT id FROM cases WHERE process = 'bao_cao')",
    "tasks": "process = 'bao_cao'",
    "task_groups": "task_id IN (SELECT id FROM tasks WHERE process = 'bao_cao')",
    "timers": "true",
    "submissions": "true",
    "outbox": "true",
}


def main() -> None:
    """Fill, open, write the same again."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=0.02)
    wanted = parser.parse_args()
    with server() as (_, url):
        country = fill(url, wanted.share)
        _rules(url, country.communes)
        print(country)
        with copy_of(url, "ours") as mine, copy_of(url, "by_hand") as other:
            seconds, done = _open(mine)
            floor = _write_again(mine, other)
        print(f"open_cycles: {done} cycles in {seconds:.1f} s, {seconds / done * 1e3:.2f} ms a cycle")
        print(f"the same rows by INSERT … SELECT: {floor:.1f} s, {floor / done * 1e3:.2f} ms a cycle")
        print(f"ratio {seconds / floor:.2f}")


def _rules(url: str, communes: int) -> None:
    units = {office: units for office, _, units in offices(communes)}
    days = {"opens_on": date(2026, 11, 27), "unit_due": date(2026, 12, 14), "office_due": date(2026, 12, 20)}

    def rules() -> Iterator[tuple[object, ...]]:
        for plan, office, unit, province in plans(communes):
            yield plan, plan, "year", json.dumps(units[office]), unit, province, False

    def cycles() -> Iterator[tuple[object, ...]]:
        for plan, office, _, _ in plans(communes):
            yield plan, plan, plan, office, "2026", date(2025, 12, 15), date(2026, 12, 14), *days.values(), False

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for into, rows in (
            ("report_rules (id, plan_id, every, units, focal_body_id, parent_body_id, assumed)", rules()),
            (
                "cycles (id, rule_id, plan_id, office_id, key, window_from, window_to, "
                "opens_on, unit_due, office_due, last)",
                cycles(),
            ),
        ):
            with cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _open(url: str) -> tuple[float, int]:
    with closing(Database(url)) as database:
        started, done = time.perf_counter(), 0
        while (swept := open_cycles(Desk(database, NOW, CLOCK))).done:
            done += swept.done
        return time.perf_counter() - started, done


def _write_again(source: str, target: str) -> float:
    """Bring the new rows over, then measure how long it takes to write them where they belong."""
    with psycopg.connect(source) as theirs, psycopg.connect(target) as ours:
        for table, new in NEW.items():
            made = SQL("CREATE TABLE {} AS SELECT * FROM {} WHERE false")
            ours.execute(made.format(Identifier(f"ready_{table}"), Identifier(table)))
            taken = SQL("COPY (SELECT * FROM {} WHERE ").format(Identifier(table)) + SQL(new) + SQL(") TO STDOUT")
            into = SQL("COPY {} FROM STDIN").format(Identifier(f"ready_{table}"))
            with theirs.cursor().copy(taken) as out, ours.cursor().copy(into) as copy:
                for block in out:
                    copy.write(block)
        ours.commit()
        started = time.perf_counter()
        for table in NEW:
            ours.execute(SQL("INSERT INTO {} SELECT * FROM {}").format(Identifier(table), Identifier(f"ready_{table}")))
        ours.execute(
            "UPDATE cycles y SET opened_at = %s, case_id = c.id FROM ready_cases c WHERE c.plan_id = y.plan_id", (NOW,)
        )
        ours.commit()
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
