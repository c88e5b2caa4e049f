"""Form kiem_tra: two named people answer for content and for form (NĐ 30/2020 Điều 12)."""

from __future__ import annotations

import pytest

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast
from workflows.store.tables.issuing import approvals


@pytest.fixture
def submitted(cast: Cast) -> Cast:
    cast.act("soan_thao", {})
    return cast


def test_each_check_is_an_approval_of_exactly_this_text(submitted: Cast) -> None:
    submitted.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    submitted.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    content, form = stored(submitted.database, approvals)
    assert (content.role, form.role) == ("noi_dung", "the_thuc")
    assert content.content_hash == form.content_hash == submitted.seen_hash()
    assert content.person != form.person
    assert (content.version, content.at, content.voided_at) == (1, submitted.now, None)


def test_returned_with_a_reason_it_is_drafted_again_and_nothing_is_approved(submitted: Cast) -> None:
    submitted.act("kiem_tra_noi_dung", {"ket_qua": "tra_lai", "ly_do": REASON})
    assert submitted.waiting_at() == {"soan_thao"}
    assert stored(submitted.database, approvals) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "FIELD_REQUIRED"),
        ({"ket_qua": "duyet"}, "BAD_FIELD"),
        ({"ket_qua": "tra_lai"}, "REASON_REQUIRED"),
        ({"ket_qua": "tra_lai", "ly_do": "sửa lại  "}, "REASON_REQUIRED"),
        ({"ket_qua": "tra_lai", "ly_do": "x" * 1_000_000}, "TOO_LONG"),
        ({"ket_qua": "dat\0"}, "BAD_FIELD"),
    ],
)
def test_what_is_missing_or_odd_is_refused(submitted: Cast, fields: dict[str, str], code: str) -> None:
    with refused(submitted.database, code):
        submitted.act("kiem_tra_noi_dung", fields)
