"""Form gop_y: one body's opinion; the round is complete when those who must have answered."""

from __future__ import annotations

import pytest

from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.store import consultation
from workflows.store.consultation import Opinion


@pytest.fixture
def asked(cast: Cast) -> Cast:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def opinions(cast: Cast) -> dict[int, Opinion]:
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
        assert latest is not None
        return {one.body_id: one for one in consultation.opinions_of(connection, latest.id)}


def test_an_opinion_is_kept_word_for_word_in_time(asked: Cast) -> None:
    (task, *_) = asked.open("lay_y_kien")
    asked.do(task, {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": " Nêu rõ kinh phí. "})
    one = opinions(asked)[task.variables["co_quan_hoi"]]
    assert (one.outcome, one.text, one.late) == ("nhat_tri_co_y_kien", "Nêu rõ kinh phí.", False)
    assert one.given_at == asked.now


def test_the_round_closes_with_the_last_answer_that_is_needed(asked: Cast) -> None:
    for task in asked.open("lay_y_kien")[:-1]:
        asked.do(task, {"ket_qua": "nhat_tri"})
    assert asked.waiting_at() == {"lay_y_kien"}
    asked.do(asked.open("lay_y_kien")[0], {"ket_qua": "nhat_tri"})
    assert asked.waiting_at() == {"tiep_thu"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "FIELD_REQUIRED"),
        ({"ket_qua": "khong_co_y_kien"}, "BAD_FIELD"),
        ({"ket_qua": "khong_nhat_tri"}, "FIELD_REQUIRED"),
        ({"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "  "}, "FIELD_REQUIRED"),
        ({"ket_qua": "khong_nhat_tri", "noi_dung": "Không.\0"}, "BAD_TEXT"),
    ],
)
def test_who_objects_says_why_and_silence_is_not_typed(asked: Cast, fields: dict[str, str], code: str) -> None:
    with refused(asked.database, code):
        asked.do(asked.open("lay_y_kien")[0], fields)
