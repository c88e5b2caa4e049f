"""start_cases: many cases started at once leave what as many commands one after another leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from tests.actions.small_office import stored
from tests.store.office import NOW, enter_office
from tests.store.plan_of import add_plan
from workflows.actions import Desk
from workflows.actions.deploy import deploy_library
from workflows.actions.desk import Work
from workflows.actions.handle import start_case
from workflows.actions.start_cases import Start, start_cases
from workflows.engine.actor import CLOCK
from workflows.store.chain import verify_chain
from workflows.store.database import Database, open_memory
from workflows.store.escalation_policies import keep_policy
from workflows.store.tables import metadata
from workflows.store.tables.work_items import plan_watches


def started_by(database: Database, start: Callable[[Work, list[Start]], None]) -> dict[str, Any]:
    """All rows after five cycles of two offices were started: some watched, some with levels of their own."""
    desk = Desk(database, NOW, CLOCK)
    deploy_library(desk)
    with desk.open() as work:
        office = enter_office(work.connection)
        plan, other = add_plan(work.connection, office), add_plan(work.connection, office)
        watch = {"plan_id": plan, "person_id": office.clerk, "since": NOW}
        work.connection.execute(insert(plan_watches).values(watch))
        keep_policy(work.connection, office.province, [(-3, "nguoi_giu"), (2, "chu_tich")], NOW, "1")
        day = {name: (NOW + timedelta(days=n)).isoformat() for name, n in (("han_don_vi", 9), ("han_co_quan", 20))}
        facts = {
            "ke_hoach": plan,
            "dau_moi": office.culture,
            "nguoi_ky": "chu_tich",
            "chot_so_lieu": day["han_co_quan"],
        }
        asked = [office.culture, office.finance]
        start(
            work,
            [
                Start({**facts, **day, "ky": ky, "co_quan": at, "don_vi": units}, f"bao_cao:{ky}", at, of)
                for ky, at, of, units in (
                    (1, office.commune, plan, asked),
                    (2, office.province, other, asked),
                    (3, office.commune, other, []),
                    (4, office.commune, other, asked),  # looks like the first one
                    (5, office.province, plan, asked),
                )
            ],
        )
    with database.read() as connection:
        assert verify_chain(connection) == []
    rows = {table.name: stored(database, table) for table in metadata.sorted_tables}
    rows["outbox"] = sorted(tuple(row)[1:] for row in rows["outbox"])
    return rows


def test_together_is_one_after_another(database: Database) -> None:
    def together(work: Work, starts: list[Start]) -> None:
        assert start_cases(work, "bao_cao", starts) == [1, 2, 3, 4, 5]

    def alone(work: Work, starts: list[Start]) -> None:
        for one in starts:
            about = {"office_id": one.office_id, "plan_id": one.plan_id}
            start_case(work, "bao_cao", one.variables, business_key=one.business_key, **about)

    by_one = started_by(open_memory(), alone)
    assert started_by(database, together) == by_one
