"""give_late_opinion: a body that was silent may still be heard until the plan is signed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.small_office import REASON, refused
from tests.stories.cast import Cast
from workflows.actions import Desk, give_late_opinion, stop_plan
from workflows.engine.actor import Actor
from workflows.store import consultation
from workflows.store.consultation import Opinion


@pytest.fixture
def asked(cast: Cast) -> Cast:
    """The round is open and nobody has answered."""
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def after_the_deadline(cast: Cast) -> Cast:
    due = cast.open("lay_y_kien")[0].due
    assert due is not None
    cast.wait(due + timedelta(hours=1))
    return cast


def opinion(cast: Cast, body_id: int) -> Opinion:
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
        assert latest is not None
        return next(one for one in consultation.opinions_of(connection, latest.id) if one.body_id == body_id)


def guest(cast: Cast, body_id: int) -> Desk:
    """The body itself, without an account, behind the link that it was sent."""
    groups = frozenset(f"{role}@{body_id}" for role in ("can_bo", "thu_truong", "thanh_vien"))
    return Desk(cast.database, cast.now, Actor(f"co_quan@{body_id}", "Bà Lan", channel="link", groups=groups))


def test_the_opinion_of_a_silent_body_is_kept_and_marked_late(asked: Cast) -> None:
    front = after_the_deadline(asked).office.front_id
    assert opinion(asked, front).outcome == "khong_co_y_kien"
    give_late_opinion(guest(asked, front), asked.plan_id, front, "khong_nhat_tri", " Thiếu kinh phí. ")
    late = opinion(asked, front)
    assert (late.outcome, late.text, late.late) == ("khong_nhat_tri", "Thiếu kinh phí.", True)
    assert (late.given_by, late.given_at) == ("Bà Lan", asked.now)


def test_a_second_opinion_names_the_first_and_its_instant(asked: Cast) -> None:
    front = after_the_deadline(asked).office.front_id
    give_late_opinion(guest(asked, front), asked.plan_id, front, "nhat_tri", "")
    with refused(asked.database, "ALREADY_ANSWERED") as caught:
        give_late_opinion(asked.desk("thu_truong", front), asked.plan_id, front, "nhat_tri", "")
    assert (caught.value.facts["by"], caught.value.facts["at"]) == ("Bà Lan", asked.now)


def test_while_the_round_is_open_the_body_answers_its_task(asked: Cast) -> None:
    with refused(asked.database, "ROUND_OPEN"):
        give_late_opinion(guest(asked, asked.office.front_id), asked.plan_id, asked.office.front_id, "nhat_tri", "")


def test_after_the_signature_nobody_is_heard_neither_a_person_nor_a_guest(asked: Cast) -> None:
    after_the_deadline(asked)
    asked.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": REASON})
    asked.act("tiep_thu", {"lay_lai": "khong"})
    asked.act("trinh_ky", {"ket_qua": "ky"})
    front = asked.office.front_id
    for desk in (guest(asked, front), asked.desk("thu_truong", front)):
        with refused(asked.database, "ALREADY_SIGNED"):
            give_late_opinion(desk, asked.plan_id, front, "nhat_tri", "")


def test_a_stopped_plan_hears_nobody(asked: Cast) -> None:
    front = after_the_deadline(asked).office.front_id
    stop_plan(asked.desk("chu_tich"), asked.plan_id, REASON)
    with refused(asked.database, "NOT_RUNNING"):
        give_late_opinion(guest(asked, front), asked.plan_id, front, "nhat_tri", "")


def test_what_the_form_demands_is_demanded_here_too(asked: Cast) -> None:
    front = after_the_deadline(asked).office.front_id
    for outcome, words, code in (
        ("dong_y", "", "BAD_FIELD"),
        ("khong_nhat_tri", " ", "FIELD_REQUIRED"),
        ("nhat_tri", "x" * 1_000_000, "TOO_LONG"),
        ("nhat_tri", "\0", "BAD_TEXT"),
    ):
        with refused(asked.database, code):
            give_late_opinion(guest(asked, front), asked.plan_id, front, outcome, words)


def test_nobody_speaks_for_another_body_nor_for_one_that_was_not_asked(asked: Cast) -> None:
    front = after_the_deadline(asked).office.front_id
    with refused(asked.database, "NOT_YOURS"):
        give_late_opinion(asked.desk("van_thu"), asked.plan_id, front, "nhat_tri", "")
    with refused(asked.database, "NOT_FOUND"):
        give_late_opinion(asked.desk("van_thu"), asked.plan_id, asked.office.id, "nhat_tri", "")


def test_before_any_round_there_is_nothing_to_answer(cast: Cast) -> None:
    with refused(cast.database, "NOT_FOUND"):
        give_late_opinion(guest(cast, cast.office.front_id), cast.plan_id, cast.office.front_id, "nhat_tri", "")
