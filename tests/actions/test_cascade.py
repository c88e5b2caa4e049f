"""A province with its communes and its sở: figures go up with how many units they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from tests.actions.small_office import stored
from tests.stories.cast import Cast, day
from workflows.actions.automation import AUTOMATION, Job
from workflows.actions.open_cycles import open_cycles
from workflows.actions.reports.summary import summary_of, totals_in
from workflows.engine.actor import CLOCK
from workflows.plans.cycles import plan_cycles
from workflows.plans.document_parts import Period
from workflows.plans.report_form import Line
from workflows.store import clockwork, directory, plans, reporting, submitting
from workflows.store.cases import load_case
from workflows.store.screens.late_units import late_units
from workflows.store.tables.plans import plan_versions
from workflows.store.tables.plans import plans as plan_table
from workflows.store.tables.reporting import cycles, report_rules, submission_events, submissions
from workflows.store.tables.telling import outbox

COMMUNES, DEPARTMENTS = 4, 2
REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"}
REASON = "Đề nghị rà soát lại số liệu"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The commune's plan is in force; its province asks it, more communes and two sở for the same year."""
    cast.pass_to_force()
    with cast.database.write() as connection:
        office = directory.body(connection, cast.office.id)
        province = office.parent_id or directory.add_body(connection, kind="office", name="UBND tỉnh", level="tỉnh")
        if office.parent_id is None:
            directory.change_body(connection, office.id, parent_id=province)
        unit = directory.add_body(connection, kind="unit", name="Sở Nội vụ (đầu mối)", office_id=province)
        named = [f"UBND xã số {at}" for at in range(1, COMMUNES)] + [f"Sở số {at}" for at in range(DEPARTMENTS)]
        below = [directory.add_body(connection, kind="office", name=name, parent_id=province) for name in named]
        own = connection.execute(select(plan_table).where(plan_table.c.id == cast.plan_id)).one()
        row = {
            **own._mapping,
            "office_id": province,
            "drafting_unit_id": unit,
            "title": "Kế hoạch tỉnh",
            "case_id": None,
        }
        row |= {"case_id": None}
        row.pop("id")
        plan_id = int(connection.execute(insert(plan_table).values(row).returning(plan_table.c.id)).scalar_one())
        text = connection.execute(plan_versions.select().where(plan_versions.c.plan_id == cast.plan_id)).first()
        assert text is not None
        connection.execute(insert(plan_versions).values({**text._mapping, "plan_id": plan_id}))
        (rule,) = reporting.rules_of(connection, cast.plan_id)
        connection.execute(report_rules.update().where(report_rules.c.id == rule.id).values(parent_body_id=province))
        above = reporting.add_rule(
            connection,
            {
                "plan_id": plan_id,
                "every": rule.every,
                "units": [cast.office.id, *below],
                "focal_body_id": unit,
                "assumed": False,
                "form": [
                    Line("x1", "Số nhiệm vụ hoàn thành", unit="nhiệm vụ", whole=True).to_json(),
                    Line("x2", "Số nhiệm vụ chậm", unit="việc", whole=True).to_json(),
                ],
            },
        )
        calendar = clockwork.calendar_of(connection, province)
        (cycle,) = plan_cycles(rule.every, None, {"month": 11, "day": 25, "rel": "by"}, Period(2024, 2024), calendar)
        reporting.add_cycles(
            connection, [{"rule_id": above, "plan_id": plan_id, "office_id": province, **cycle.columns()}]
        )
        plans.change_plan(connection, plan_id, status="in_force")
    cast.now = day(2024, 10, 25)
    open_cycles(cast.clock)
    return cast


def send_up(cast: Cast, figures: Mapping[str, str]) -> None:
    """The commune's units report but for the last, the office consolidates, signs, numbers and sends."""
    *sending, _silent = cast.open("nop_bao_cao")
    for task in sending:
        cast.do(task, REPORT | dict(figures))
    cast.wait(day(2024, 11, 19))
    cast.act("tong_hop", {"noi_dung": "Báo cáo của xã."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    cast.act("cap_so_bao_cao", {})


def arrived(cast: Cast) -> submitting.Submission:
    (row,) = stored(cast.database, submissions, body_id=cast.office.id)
    return submitting.Submission(**row._mapping)


def test_a_communes_report_arrives_in_the_provinces_cycle_with_its_figures(cast: Cast) -> None:
    asked = len(cast.open("nop_bao_cao"))
    assert asked > 1
    awaited = arrived(cast)
    with cast.database.read() as connection:
        above = reporting.cycle(connection, awaited.cycle_id)
        assert len(submitting.submissions_of(connection, above.id)) == COMMUNES + DEPARTMENTS
    send_up(cast, {"hoan_thanh": "5"})
    found = arrived(cast)
    assert (found.status, found.figures) == ("da_gui", {"x1": 5 * (asked - 1)})
    assert found.coverage == {"x1": [asked - 1, asked]}
    assert found.source_cycle_id is not None
    (gap,) = (row for row in stored(cast.database, outbox, kind="report_gap") if row.data["gap"] != "no_day")
    assert "khác đơn vị tính" in gap.data["what"]
    with cast.database.read() as connection:
        summary = summary_of(above, submitting.submissions_of(connection, above.id))
    (first, second) = totals_in({**summary, "form": above.form})
    assert (first.figure, first.reported, first.asked) == (
        Decimal(5 * (asked - 1)),
        asked - 1,
        asked + COMMUNES - 1 + DEPARTMENTS,
    )
    assert (second.figure, second.reported) == (None, 0)
    assert len(first.missing) == COMMUNES - 1 + DEPARTMENTS
    assert cast.office.id not in plan_tasks(cast, above)  # nobody need type it any more


def plan_tasks(cast: Cast, above: reporting.Cycle) -> list[int]:
    """The bodies whose task is still open in the province's cycle."""
    own = cast.plan_id
    cast.plan_id = above.plan_id
    found = [task.variables["don_vi_nop"] for task in cast.open("nop_bao_cao")]
    cast.plan_id = own
    return found


def test_a_second_report_is_noted_and_told_and_changes_nothing(cast: Cast) -> None:
    send_up(cast, {})
    first = arrived(cast)
    with cast.database.read() as connection:
        lower = reporting.cycle(connection, first.source_cycle_id or 0)
        case = load_case(connection, lower.case_id or 0, lock=False)
    with replace(cast.clock, by=CLOCK).open() as work:
        AUTOMATION["gui_bao_cao"](Job(work, case, {"ky": lower.id}))
    assert arrived(cast) == first
    kinds = [each.kind for each in stored(cast.database, submission_events, submission_id=first.id)]
    assert kinds == ["den", "den_lai"]
    assert any("đã gửi trước đó" in each.data["what"] for each in stored(cast.database, outbox, kind="report_gap"))


def test_who_is_late_is_seen_at_both_levels(cast: Cast) -> None:
    (row,) = stored(cast.database, cycles, id=arrived(cast).cycle_id)
    cast.now = day(2024, 11, 23)
    with cast.database.read() as connection:
        province = late_units(connection, [row.office_id], cast.now.date())
        commune = late_units(connection, [cast.office.id], cast.now.date())
    assert {each.unit for each in province} >= {"UBND xã số 1", "Sở số 0"}
    own = next(each for each in province if each.submission and each.submission.body_id == cast.office.id)
    assert own.below == (0, len(cast.open("nop_bao_cao")))
    assert len(commune) == 1 + len(cast.open("nop_bao_cao"))  # its units, and itself towards the province
