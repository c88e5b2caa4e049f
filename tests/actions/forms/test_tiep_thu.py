"""Form tiep_thu: every opinion in words gets an answer; a changed draft may go round again."""

from __future__ import annotations

import pytest

from tests.actions.small_office import PLAN, refused, stored
from tests.stories.cast import Cast
from workflows.store.tables.consultation import opinions, rounds


@pytest.fixture
def answered(cast: Cast) -> Cast:
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    first, *others = cast.open("lay_y_kien")
    cast.do(first, {"ket_qua": "khong_nhat_tri", "noi_dung": "Thiếu kinh phí."})
    for task in others:
        cast.do(task, {"ket_qua": "nhat_tri"})
    return cast


def the_one(cast: Cast) -> int:
    return next(int(row.id) for row in stored(cast.database, opinions) if row.text)


@pytest.mark.parametrize(("choice", "words"), [("tiep_thu", None), ("giai_trinh", "Kinh phí theo dự toán.")])
def test_each_answer_is_kept_with_who_gave_it(answered: Cast, choice: str, words: str | None) -> None:
    number = the_one(answered)
    answered.act("tiep_thu", {f"xu_ly_{number}": choice, f"giai_trinh_{number}": words or ""})
    row = stored(answered.database, opinions, id=number)[0]
    assert (row.disposition, row.disposition_text, row.disposed_at) == (choice, words, answered.now)
    assert row.disposed_by
    assert answered.waiting_at() == {"trinh_ky"}


def test_an_opinion_without_answer_or_explanation_is_named(answered: Cast) -> None:
    number = the_one(answered)
    for fields, code in (
        ({}, "OPINION_UNANSWERED"),
        ({f"xu_ly_{number}": "bo_qua"}, "OPINION_UNANSWERED"),
        ({f"xu_ly_{number}": "giai_trinh"}, "EXPLANATION_REQUIRED"),
    ):
        with refused(answered.database, code) as caught:
            answered.act("tiep_thu", fields)
        assert caught.value.facts["body"]


def test_the_next_round_asks_about_the_new_text(answered: Cast) -> None:
    changed = PLAN.replace("30/6/2024", "31/7/2024")
    answered.act("tiep_thu", {f"xu_ly_{the_one(answered)}": "tiep_thu", "van_ban": changed, "lay_lai": "co"})
    second = stored(answered.database, rounds)[1]
    assert (second.no, second.version, second.content_hash) == (2, 2, answered.seen_hash())
    assert answered.waiting_at() == {"lay_y_kien"}


def test_an_odd_choice_of_another_round_is_refused(answered: Cast) -> None:
    with refused(answered.database, "BAD_FIELD"):
        answered.act("tiep_thu", {f"xu_ly_{the_one(answered)}": "tiep_thu", "lay_lai": "chac_la_co"})
