"""A province consolidates the reports of its communes and sở: how long each part takes, on PostgreSQL.

Run: `.venv/bin/python -m bench.consolidation [--units 114]`. The units are bodies of the province of plan 003; the
cycle is opened by the sweep, each report is given by the verb. Wanted: the consolidation under 5 s. The floor beside
the table of figures is reading the same rows through the driver and adding them up.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import psycopg

from tests.databases import postgres_server
from tests.stories.cast import Cast, day, plan_text
from workflows.actions.compose_paper import compose_report
from workflows.actions.open_cycles import open_cycles
from workflows.engine.actor import Actor
from workflows.papers.fonts import find_font
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.cycles import plan_cycles
from workflows.plans.document_parts import Period
from workflows.store import clockwork, directory, reporting
from workflows.store.database import Database
from workflows.store.screens.report_task import office_table
from workflows.store.worklist import TaskRow

REPORT = {"noi_dung": "Đã thực hiện các nhiệm vụ được giao. " * 20, "hoan_thanh": "12", "dang_lam": "3", "cham": "1"}


def main() -> None:
    """Open, report, consolidate, print what each took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=114)
    units = parser.parse_args().units
    with postgres_server() as server, server.clean_database() as url:
        database = Database(url)
        cast = Cast.for_plan(database, plan_text("003_bac_kan.txt"), day(2021, 3, 1))
        cast.import_and_start()
        cast.pass_to_force()
        cycle_id = _cycle(cast, units)
        took("open the cycle", lambda: open_cycles(cast.clock))
        with database.read() as connection:
            cycle = reporting.cycle(connection, cycle_id)
        tasks = [task for task in cast.open("nop_bao_cao") if task.case_id == cycle.case_id]
        each = [took("", partial(cast.do, task, REPORT, _speaker(task))) for task in tasks]
        print(f"a unit's report: median {median(each) * 1e3:.1f} ms over {len(each)} units")
        _consolidate(cast, url, cycle_id)
        database.close()


def _speaker(task: TaskRow) -> Actor:
    """Whoever speaks for the unit."""
    return Actor("1", "Người báo cáo", groups=frozenset(task.groups))


def _consolidate(cast: Cast, url: str, cycle_id: int) -> None:
    with cast.database.read() as connection:
        cycle = reporting.cycle(connection, cycle_id)
        table = min(took("", lambda: office_table(connection, cycle)) for _ in range(5))
        draft = office_table(connection, cycle).draft
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        floor = min(took("", partial(_by_hand, connection, cycle_id)) for _ in range(5))
    print(f"table of figures and draft: {table * 1e3:.1f} ms, {table / floor:.1f} times reading and adding by hand")
    (task,) = [task for task in cast.open("tong_hop") if task.case_id == cycle.case_id]
    done = took("consolidate (the verb)", lambda: cast.do(task, {"noi_dung": draft}))
    with cast.database.read() as connection:
        paper = compose_report(connection, cycle_id, cast.now.date())
    printed = took("the report as PDF", lambda: pdf_bytes(paper, find_font()))
    print(f"consolidating a province: {table + done + printed:.2f} s (wanted < 5 s)")


def _cycle(cast: Cast, units: int) -> int:
    """A rule of the province's plan that asks so many units, and its cycle of this year."""
    with cast.database.write() as connection:
        province = cast.office.id
        names = [f"UBND xã số {at}" for at in range(units - 14)] + [f"Sở số {at}" for at in range(14)]
        asked = [directory.add_body(connection, kind="office", name=name, parent_id=province) for name in names]
        columns = {"units": asked, "focal_body_id": cast.office.drafting_unit_id, "assumed": False}
        rule = reporting.add_rule(connection, {"plan_id": cast.plan_id, "every": "year", **columns})
        calendar = clockwork.calendar_of(connection, province)
        due = {"month": 11, "day": 25, "rel": "by"}
        (cycle,) = plan_cycles("year", None, due, Period(2021, 2021), calendar)
        row = {"rule_id": rule, "plan_id": cast.plan_id, "office_id": province, **cycle.columns()}
        reporting.add_cycles(connection, [row])
        found = reporting.same_period(connection, rule, cycle.key)
    assert found is not None
    cast.now = day(2021, 11, 1)
    return found.id


def _by_hand(connection: psycopg.Connection, cycle_id: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for _, figures in connection.execute("SELECT text, figures FROM submissions WHERE cycle_id = %s", (cycle_id,)):
        for key, value in figures.items():
            sums[key] = sums.get(key, 0) + int(value)
    return sums


def took(name: str, work: Callable[[], object]) -> float:
    """Seconds, printed under this name when it has one."""
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    if name:
        print(f"{name}: {seconds:.2f} s")
    return seconds


if __name__ == "__main__":
    main()
