"""stop_plan: everything of the plan ends in one act, under the name of who stopped it."""

from __future__ import annotations

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import stop_plan
from workflows.store import plans, reporting, submitting
from workflows.store.cases import cases_of_plan
from workflows.store.tables.issuing import register
from workflows.store.tables.processes import events
from workflows.store.tables.telling import outbox
from workflows.store.worklist import subscriptions


def test_the_plan_is_stopped_and_its_reason_is_told(cast: Cast) -> None:
    (waiting,) = cast.open()
    stop_plan(cast.desk("chu_tich"), cast.plan_id, f"  {REASON} ")
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).status == "stopped"
        (case,) = cases_of_plan(connection, cast.plan_id)
        assert subscriptions(connection, "message", "dung_ke_hoach") == []
    assert case.ended_at == cast.now
    assert cast.open() == []
    (told,) = stored(cast.database, outbox, kind="plan_stopped")
    assert told.data == {"reason": REASON, "tasks": [waiting.id]}


def test_the_history_says_who_stopped_it(cast: Cast) -> None:
    desk = cast.desk("pho_chu_tich")
    stop_plan(desk, cast.plan_id, REASON)
    (ended,) = stored(cast.database, events, type="CaseEnded")
    assert (ended.actor["name"], ended.actor["person"]) == (desk.by.name, desk.by.person)


def test_open_duties_and_report_cycles_end_with_it(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    running = {task.process for task in cast.open()}
    assert {"nhiem_vu", "bao_cao"} <= running
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    assert cast.open() == []
    with cast.database.read() as connection:
        assert all(case.ended_at == cast.now for case in cases_of_plan(connection, cast.plan_id))
        (cycle,) = reporting.cycles_of_plan(connection, cast.plan_id)
    assert (cycle.closed_at, cycle.sent_at) == (cast.now, None)
    cast.wait(day(2024, 12, 31))
    assert cast.open() == []


def test_a_report_of_a_lower_office_does_not_arrive_in_a_cycle_that_was_stopped(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    with cast.database.read() as connection:
        (cycle,) = reporting.cycles_of_plan(connection, cast.plan_id)
        unit = submitting.submissions_of(connection, cycle.id)[0].body_id
        window = (cycle.window_from, cycle.window_to)
        found = submitting.expected_above(connection, cast.office.id, unit, "year", *window)
        assert found is not None
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    with cast.database.read() as connection:
        assert submitting.expected_above(connection, cast.office.id, unit, "year", *window) is None


def test_a_duty_that_was_done_before_stays_done(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 6, 1)
    cast.sweep()
    cast.act("thuc_hien", {"noi_dung": "Đã rà soát 40 thủ tục."})
    cast.act("xac_nhan", {"ket_qua": "dat"})
    cast.now = day(2024, 6, 2)
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    with cast.database.read() as connection:
        ended = {case.process: (case.status, case.ended_at) for case in cases_of_plan(connection, cast.plan_id)}
    assert ended["nhiem_vu"] == ("completed", day(2024, 6, 1))


def test_a_number_that_went_to_nobody_is_given_up_and_one_that_went_out_stays(cast: Cast) -> None:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    (line,) = stored(cast.database, register)
    assert (line.status, line.given_up_reason) == ("given_up", REASON)
    cast.import_and_start()
    cast.pass_to_force()
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    assert [line.status for line in stored(cast.database, register)] == ["given_up", "issued"]


def test_only_whoever_may_sign_stops_it_and_says_why(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        stop_plan(cast.drafter(), cast.plan_id, REASON)
    with refused(cast.database, "REASON_REQUIRED"):
        stop_plan(cast.desk("chu_tich"), cast.plan_id, " gấp ")
    with refused(cast.database, "BAD_TEXT"):
        stop_plan(cast.desk("chu_tich"), cast.plan_id, f"{REASON}\0")
    with refused(cast.database, "TOO_LONG"):
        stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON * 10_000)


def test_what_does_not_run_cannot_be_stopped(cast: Cast) -> None:
    chairman = cast.desk("chu_tich")
    stop_plan(chairman, cast.plan_id, REASON)
    with refused(cast.database, "NOT_RUNNING"):
        stop_plan(chairman, cast.plan_id, REASON)
    with refused(cast.database, "NOT_FOUND"):
        stop_plan(chairman, cast.plan_id + 1, REASON)
