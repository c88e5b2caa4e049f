"""Opinions that come otherwise: on paper, with a file, in points, late; and what keeps a draft from signature."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.running_round import bodies_asked, opinion, round_of
from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import act_on_task, give_late_opinion
from workflows.actions.consulting.answer_opinion import answer_opinion, split_opinion
from workflows.actions.consulting.enter_opinion import OnPaper, enter_opinion
from workflows.actions.consulting.opinion_paper import OpinionPaper, examined
from workflows.actions.consulting.remind_bodies import remind_bodies
from workflows.actions.consulting.set_silence_rule import set_silence_rule
from workflows.errors import Refused
from workflows.store import opinion_parts
from workflows.store.tables.consultation import opinion_papers, opinion_points, round_changes
from workflows.store.tables.telling import outbox

SCAN = OpinionPaper("cong-van.png", b"\x89PNG scan", {"state": "unsigned", "signatures": [], "faults": []})
PAPER = OnPaper("nhat_tri_co_y_kien", "Bổ sung kinh phí.", "15/MTTQ-BTT", day(2024, 2, 20).date())


def answer_all(cast: Cast, but: int = 0) -> None:
    for task in cast.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != but and task.id in {one.id for one in cast.open("lay_y_kien")}:
            cast.do(task, {"ket_qua": "nhat_tri"})


def test_a_clerk_enters_what_came_on_paper_and_it_is_marked_so(asked: Cast) -> None:
    front = asked.office.front_id
    enter_opinion(asked.desk("van_thu"), asked.plan_id, front, PAPER, SCAN)
    given = opinion(asked, front)
    assert (given.outcome, given.text, given.paper_number, given.paper_on) == (
        "nhat_tri_co_y_kien",
        "Bổ sung kinh phí.",
        "15/MTTQ-BTT",
        PAPER.on,
    )
    assert given.given_by == given.body_name
    assert given.entered_by == asked.actor("van_thu").name
    assert front not in bodies_asked(asked)
    (row,) = stored(asked.database, opinion_papers)
    with asked.database.read() as connection:
        assert opinion_parts.paper(connection, row.id).name == "cong-van.png"


def test_what_a_clerk_must_say_and_who_may(asked: Cast) -> None:
    front, clerk = asked.office.front_id, asked.desk("van_thu")
    for paper, scan, code in (
        (PAPER, None, "FIELD_REQUIRED"),
        (OnPaper("nhat_tri", "", " ", PAPER.on), SCAN, "FIELD_REQUIRED"),
        (OnPaper("nhat_tri", "", "1/X", None), SCAN, "FIELD_REQUIRED"),
        (OnPaper("nhat_tri", "", "1" * 99, PAPER.on), SCAN, "TOO_LONG"),
        (OnPaper("tu_choi", "", "1/X", PAPER.on), SCAN, "BAD_FIELD"),
    ):
        with refused(asked.database, code):
            enter_opinion(clerk, asked.plan_id, front, paper, scan)
    with refused(asked.database, "NOT_YOURS"):
        enter_opinion(asked.drafter(), asked.plan_id, front, PAPER, SCAN)


def test_paper_that_comes_after_the_deadline_is_kept_as_late(asked: Cast) -> None:
    front = asked.office.front_id
    asked.wait(round_of(asked).deadline + timedelta(hours=1))
    enter_opinion(asked.desk("van_thu"), asked.plan_id, front, PAPER, SCAN)
    assert opinion(asked, front).late
    with refused(asked.database, "ALREADY_ANSWERED"):
        enter_opinion(asked.desk("van_thu"), asked.plan_id, front, PAPER, SCAN)


def test_only_pdf_and_scans_come_as_papers(asked: Cast) -> None:
    with pytest.raises(Refused) as caught:
        examined(asked.drafter(), "virus.exe", b"MZ...")
    assert caught.value.code == "BAD_PAPER"
    paper = examined(asked.drafter(), "thu", b"%PDF-1.4 broken")
    assert paper.name == "thu.pdf" and paper.verdict["state"] in ("not_pdf", "changed", "unsigned")


def test_an_opinion_may_stand_in_its_paper_alone(asked: Cast) -> None:
    front = asked.office.front_id
    (task,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == front]
    desk = asked.desk("thu_truong", front)
    act_on_task(desk, task.id, {"ket_qua": "khong_nhat_tri"}, seen_hash=asked.seen_hash(), papers=(SCAN,))
    assert "công văn kèm theo" in (opinion(asked, front).text or "")
    assert len(stored(asked.database, opinion_papers)) == 1


def test_a_late_opinion_in_words_is_answered_before_the_signature(asked: Cast) -> None:
    front = asked.office.front_id
    asked.wait(round_of(asked).deadline + timedelta(hours=1))
    if asked.open("xu_ly_thieu_y_kien"):
        asked.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": REASON})
    asked.act("tiep_thu", {"lay_lai": "khong"})
    give_late_opinion(asked.desk("thu_truong", front), asked.plan_id, front, "khong_nhat_tri", "Thiếu kinh phí.")
    late = opinion(asked, front)
    assert len(stored(asked.database, outbox, kind="late_opinion_came")) == 1
    with refused(asked.database, "OPINION_UNANSWERED") as caught:
        asked.act("trinh_ky", {"ket_qua": "ky"})
    assert caught.value.facts["body"] == late.body_name
    with refused(asked.database, "EXPLANATION_REQUIRED"):
        answer_opinion(asked.drafter(), late.id, {f"xu_ly_{late.id}": "tiep_thu_mot_phan"})
    with refused(asked.database, "NOT_YOURS"):
        answer_opinion(asked.desk("van_thu"), late.id, {f"xu_ly_{late.id}": "tiep_thu"})
    answer_opinion(asked.drafter(), late.id, {f"xu_ly_{late.id}": "tiep_thu"})
    with refused(asked.database, "ALREADY_DISPOSED"):
        answer_opinion(asked.drafter(), late.id, {f"xu_ly_{late.id}": "tiep_thu"})
    asked.act("trinh_ky", {"ket_qua": "ky"})
    assert asked.waiting_at() == {"cap_so"}


def test_an_opinion_is_answered_point_by_point(asked: Cast) -> None:
    front = asked.office.front_id
    (task,) = [each for each in asked.open("lay_y_kien") if each.variables["co_quan_hoi"] == front]
    asked.do(task, {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Một. Hai."})
    answer_all(asked)
    given = opinion(asked, front)
    with refused(asked.database, "FIELD_REQUIRED"):
        split_opinion(asked.drafter(), given.id, " \n ")
    split_opinion(asked.drafter(), given.id, "Một.\n\nHai.")
    first, second = [row.id for row in stored(asked.database, opinion_points)]
    with refused(asked.database, "OPINION_UNANSWERED"):
        asked.act("tiep_thu", {f"xu_ly_d{first}": "tiep_thu"})
    fields = {f"xu_ly_d{first}": "tiep_thu", f"xu_ly_d{second}": "giai_trinh", f"giai_trinh_d{second}": "Đã có."}
    asked.act("tiep_thu", fields | {"lay_lai": "khong"})
    whole = opinion(asked, front)
    assert (whole.disposition, whole.disposition_text) == ("tiep_thu_mot_phan", "2. Đã có.")
    with refused(asked.database, "ALREADY_DISPOSED"):
        split_opinion(asked.drafter(), given.id, "Một.\nHai.")


def test_a_reminder_by_hand_comes_once_a_day(asked: Cast) -> None:
    asked.sweep()
    silent = bodies_asked(asked)
    assert remind_bodies(asked.drafter(), asked.plan_id) == silent
    with refused(asked.database, "REMINDED_LATELY"):
        remind_bodies(asked.drafter(), asked.plan_id, silent[:1])
    with refused(asked.database, "NOT_YOURS"):
        remind_bodies(asked.desk("van_thu"), asked.plan_id)
    asked.now += timedelta(minutes=20)  # letters about one plan are a quarter of an hour apart
    asked.sweep()
    assert any(subject.startswith("[Kính nhắc]") for subject in asked.subjects()), "the front is asked, not ordered"
    asked.now += timedelta(days=1)
    assert remind_bodies(asked.drafter(), asked.plan_id) == silent
    assert len(stored(asked.database, round_changes, kind="nhac")) == 2 * len(silent)


def test_silence_is_consent_only_where_the_office_says_so_and_never_of_the_front(asked: Cast) -> None:
    chairman, office = asked.desk("chu_tich"), asked.office.id
    with refused(asked.database, "BASIS_REQUIRED"):
        set_silence_rule(chairman, office, consents=True, basis="")
    with refused(asked.database, "NOT_YOURS"):
        set_silence_rule(asked.drafter(), office, consents=True, basis="Quyết định 16/2026/QĐ-UBND")
    set_silence_rule(chairman, office, consents=True, basis="Quyết định 16/2026/QĐ-UBND")
    assert round_of(asked).silence_basis is None, "a round keeps the rule that it began with"
    asked.wait(round_of(asked).deadline + timedelta(hours=1))
    assert asked.waiting_at() == {"xu_ly_thieu_y_kien"}
    asked.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": REASON})
    asked.act("tiep_thu", {"lay_lai": "co"})
    second = round_of(asked)
    assert (second.no, second.silence_basis) == (2, "Quyết định 16/2026/QĐ-UBND")
    asked.wait(second.deadline + timedelta(hours=1))
    assert asked.waiting_at() == {"xu_ly_thieu_y_kien"}, "the Mặt trận was silent again, and that is no consent"
