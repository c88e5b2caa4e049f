from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.consultation import (
    OUTCOMES,
    consents,
    is_late,
    missing,
    needs_reply,
    phan_bien_submission,
    round_is_complete,
    silence_is_consent,
)

BODIES = st.sets(st.integers(1, 9))


@given(BODIES, st.integers(0, 5), BODIES)
def test_complete_needs_every_mandatory_body_and_enough_others(
    mandatory: set[int], others: int, answered: set[int]
) -> None:
    complete = round_is_complete(mandatory, others, answered)
    assert complete == (mandatory <= answered and len(answered - mandatory) >= others)
    assert set(missing(sorted(mandatory), answered)) == mandatory - answered


def test_missing_keeps_the_order_and_names_each_once() -> None:
    assert missing([3, 1, 3, 2], [1]) == (3, 2)


def test_silence_is_consent_only_by_a_rule_with_its_basis_and_never_of_the_front() -> None:
    assert silence_is_consent("unit", allowed=True, legal_basis="QĐ 16/2026/QĐ-UBND")
    assert not silence_is_consent("unit", allowed=True, legal_basis=" ")
    assert not silence_is_consent("unit", allowed=False, legal_basis="QĐ 16/2026/QĐ-UBND")
    for kind in ("mat_tran", "dang"):
        assert not silence_is_consent(kind, allowed=True, legal_basis="QĐ 16/2026/QĐ-UBND")


def test_outcomes() -> None:
    yes = [outcome for outcome in OUTCOMES if consents(outcome, "mat_tran", allowed=True, legal_basis="x")]
    assert yes == ["nhat_tri", "nhat_tri_co_y_kien"]
    assert needs_reply(["nhat_tri", "khong_nhat_tri"])
    assert not needs_reply(["nhat_tri", "khong_co_y_kien"])


def test_late_and_fifteen_days() -> None:
    deadline = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    assert not is_late(deadline, deadline)
    assert is_late(deadline + timedelta(seconds=1), deadline)
    assert phan_bien_submission(date(2026, 2, 20)) == date(2026, 3, 7)
