"""confirm_reading: duties and report rules are laid down from the text that a person looked at."""

from __future__ import annotations

from datetime import date

from tests.actions.small_office import PLAN, refused, stored
from tests.actions.test_import_plan import take_in
from tests.stories.cast import Cast
from workflows.actions import Routing, confirm_reading, revise_plan, start_plan
from workflows.store import directory, plans, reporting
from workflows.store.tables.plans import duties


def test_each_duty_has_the_bodies_that_lead_and_help(office: Cast) -> None:
    plan_id = take_in(office)
    confirm_reading(office.drafter(), plan_id)
    with office.database.read() as connection:
        first, second = plans.duties_of(connection, plan_id)
        justice = directory.find_body(connection, office.office.id, "Phòng Tư pháp", date(2024, 2, 5))
        plan = plans.plan(connection, plan_id)
    assert justice is not None
    assert (first.title, first.leads) == (
        "Rà soát thủ tục hành chính",
        ({"raw": "Phòng Tư pháp", "body": justice.id},),
    )
    assert [one["raw"] for one in first.coop] == ["Phòng Kinh tế"]
    assert second.time_raw == "Tháng 9/2024"
    assert plan.confirmed_at == office.now


def test_the_report_rule_names_units_focal_point_and_both_days(office: Cast) -> None:
    plan_id = take_in(office)
    confirm_reading(office.drafter(), plan_id)
    with office.database.read() as connection:
        (rule,) = reporting.rules_of(connection, plan_id)
        units = [directory.body(connection, unit).name for unit in rule.units]
        focal = directory.body(connection, rule.focal_body_id).name
        parent = directory.body(connection, rule.parent_body_id or 0).name
    assert (rule.every, rule.assumed) == ("year", False)
    assert set(units) >= {"Phòng Tư pháp", "Phòng Văn hóa"}
    assert (focal, parent) == ("Văn phòng", "Ủy ban nhân dân huyện Bình Minh")
    assert rule.unit_due is not None
    assert (rule.unit_due["day"], rule.unit_due["month"], rule.unit_due["rel"]) == (10, 11, "before")


def test_where_a_rule_names_nobody_whom_the_directory_knows_the_leads_of_duties_are_asked(office: Cast) -> None:
    plan_id = take_in(office, PLAN.replace("1. Các phòng báo cáo", "1. Hội đồng lâm thời báo cáo"))
    confirm_reading(office.drafter(), plan_id)
    with office.database.read() as connection:
        (rule,) = reporting.rules_of(connection, plan_id)
        units = [directory.body(connection, unit).name for unit in rule.units]
    assert units == ["Phòng Tư pháp", "Phòng Văn hóa"]


def test_confirming_twice_lays_the_same_down_once(office: Cast) -> None:
    plan_id = take_in(office)
    confirm_reading(office.drafter(), plan_id)
    confirm_reading(office.drafter(), plan_id)
    assert [duty.no for duty in stored(office.database, duties, plan_id=plan_id)] == ["1", "2"]


def test_a_leading_body_that_nobody_knows_is_named_and_nothing_is_laid_down(office: Cast) -> None:
    plan_id = take_in(office, PLAN.replace("Phòng Tư pháp", "Phòng Vũ trụ").replace("Phòng Văn hóa", "Phòng Sao Hỏa"))
    with refused(office.database, "UNKNOWN_BODY") as caught:
        confirm_reading(office.drafter(), plan_id)
    assert [reason.facts["name"] for reason in caught.value.reasons] == ["Phòng Vũ trụ", "Phòng Sao Hỏa"]


def test_a_plan_without_a_task_is_refused(office: Cast) -> None:
    head, _, tail = PLAN.partition("II. NHIỆM VỤ")
    plan_id = take_in(office, head + tail[tail.index("\nNơi nhận") :])
    with refused(office.database, "NO_TASKS"):
        confirm_reading(office.drafter(), plan_id)


def test_only_the_drafting_unit_confirms(office: Cast) -> None:
    plan_id = take_in(office)
    with refused(office.database, "NOT_YOURS"):
        confirm_reading(office.desk("chu_tich"), plan_id)


def test_a_plan_on_its_way_is_confirmed_no_more(cast: Cast) -> None:
    with refused(cast.database, "NOT_A_DRAFT"):
        confirm_reading(cast.drafter(), cast.plan_id)


def test_a_new_text_of_a_draft_must_be_confirmed_anew(office: Cast) -> None:
    plan_id = take_in(office)
    confirm_reading(office.drafter(), plan_id)
    revise_plan(office.drafter(), plan_id, PLAN.replace("30/6/2024", "31/7/2024"), "", seen_version=1)
    with refused(office.database, "NOT_CONFIRMED"):
        start_plan(office.drafter(), plan_id, Routing())
    confirm_reading(office.drafter(), plan_id)
    with office.database.read() as connection:
        assert plans.duties_of(connection, plan_id)[0].time_raw == "Trước ngày 31/7/2024"
