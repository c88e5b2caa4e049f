"""A unit's report: given back, reopened, sent twice; what was sent stays on record."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.reports.give_back import reopen_report, return_report
from workflows.store import reporting, submitting
from workflows.store.screens.report_task import unit_form
from workflows.store.submitting import Submission
from workflows.store.tables.plans import occurrences
from workflows.store.tables.reporting import cycles, submission_events, submissions
from workflows.store.tables.telling import outbox

REPORT = {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    cast.pass_to_force()
    cast.now = day(2024, 10, 20)
    cast.sweep()
    return cast


def submission(cast: Cast, body_id: int) -> Submission:
    (row,) = stored(cast.database, submissions, body_id=body_id)
    return Submission(**row._mapping)


def test_what_was_given_back_is_sent_again_and_both_stay_on_record(opened: Cast) -> None:
    (task, *_) = opened.open("nop_bao_cao")
    unit = task.variables["don_vi_nop"]
    opened.do(task, REPORT)
    sent = submission(opened, unit)
    with refused(opened.database, "NOT_YOURS"):
        return_report(opened.desk("can_bo", unit), sent.id, REASON)
    with refused(opened.database, "REASON_REQUIRED"):
        return_report(opened.desk("van_thu"), sent.id, "sai")
    return_report(opened.desk("van_thu"), sent.id, REASON)
    assert submission(opened, unit).status == "tra_lai"
    with refused(opened.database, "NOT_SENT"):
        return_report(opened.desk("van_thu"), sent.id, REASON)
    (again,) = opened.open("nop_lai_bao_cao")
    assert again.variables["ly_do_tra_lai"] == REASON
    opened.do(again, REPORT | {"hoan_thanh": "3"})
    assert submission(opened, unit).figures == {"hoan_thanh": 3, "dang_lam": 1, "cham": 0}
    happened = stored(opened.database, submission_events, submission_id=sent.id)
    assert [(each.kind, (each.figures or {}).get("hoan_thanh")) for each in happened] == [
        ("gui", 2),
        ("tra_lai", None),
        ("gui", 3),
    ]


def test_a_unit_that_was_closed_out_may_still_send_and_counts_as_late(opened: Cast) -> None:
    (task, *rest) = opened.open("nop_bao_cao")
    for each in rest:
        opened.do(each, REPORT)
    opened.wait(day(2024, 11, 19))
    silent = submission(opened, task.variables["don_vi_nop"])
    assert silent.status == "khong_gui"
    reopen_report(opened.desk("van_thu"), silent.id, REASON)
    opened.act("nop_lai_bao_cao", REPORT)
    found = submission(opened, silent.body_id)
    assert (found.status, found.late) == ("da_gui", True)
    opened.act("tong_hop", {"noi_dung": "Báo cáo."})
    opened.check_report()
    (cycle,) = stored(opened.database, cycles)
    assert len(cycle.summary["units"]) == 1 + len(rest)
    assert all(each["figures"] for each in cycle.summary["units"])


def test_with_the_offices_report_the_asking_ends(opened: Cast) -> None:
    for task in opened.open("nop_bao_cao"):
        opened.do(task, REPORT)
    unit = stored(opened.database, submissions)[0]
    return_report(opened.desk("van_thu"), unit.id, REASON)
    opened.act("tong_hop", {"noi_dung": "Báo cáo."})
    opened.check_report()
    (cycle,) = stored(opened.database, cycles)
    assert [each["figures"] for each in cycle.summary["units"] if each["body"] == unit.body_id] == [None]
    opened.act("ky_bao_cao", {"ket_qua": "ky"})
    opened.act("cap_so_bao_cao", {})
    assert opened.open("nop_lai_bao_cao") == []
    with refused(opened.database, "CYCLE_CLOSED"):
        return_report(opened.desk("van_thu"), unit.id, REASON)


def test_the_units_form_begins_with_its_tasks_and_how_far_they_are(opened: Cast) -> None:
    with opened.database.write() as connection:
        row = connection.execute(occurrences.select()).first()
        assert row is not None
        far = {"percent": 60, "required": 1, "done_at": None, "passed_over": None}
        connection.execute(occurrences.update().where(occurrences.c.id == row.id).values(far))
        cycle = reporting.cycles_of_plan(connection, opened.plan_id)[0]
        reporting_units = submitting.submissions_of(connection, cycle.id)
        if row.body_id not in {each.body_id for each in reporting_units}:
            first = reporting_units[0].body_id
            connection.execute(occurrences.update().where(occurrences.c.id == row.id).values(body_id=first))
            row = connection.execute(occurrences.select().where(occurrences.c.id == row.id)).one()
        form = unit_form(connection, cycle, row.body_id, opened.now.date())
    assert "đạt 60%" in form.prefill["noi_dung"]
    assert sum(int(form.prefill[name]) for name in ("hoan_thanh", "dang_lam", "cham")) >= 1


def test_a_clock_that_jumps_leaves_the_units_time_and_tells_the_clerks(cast: Cast) -> None:
    cast.pass_to_force()
    cast.now = day(2024, 11, 25)  # both days are over
    cast.sweep()
    assert cast.open("nop_bao_cao")
    (gap,) = stored(cast.database, outbox, kind="report_gap")
    assert "mở sau hạn" in gap.data["what"]
    cast.wait(day(2024, 11, 28))
    assert cast.open("nop_bao_cao") == []
    assert cast.open("tong_hop")
    assert date(2024, 11, 25) > stored(cast.database, cycles)[0].office_due
