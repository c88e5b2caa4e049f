from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.consultation import (
    DISPOSITIONS,
    OUTCOMES,
    PHAN_BIEN_DAYS,
    SILENCE,
    against_submission,
    consents,
    disposition_of,
    is_late,
    is_over,
    missing,
    phan_bien_submission,
    round_is_complete,
    silence_is_consent,
    still_missing,
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


KINDS = ("office", "unit", "front", "party", "council", "association", "agency", "group")  # of tables/directory.py


@given(
    st.sampled_from(["front", "party", "council", "association"])
    | st.text(max_size=9).filter(lambda k: k not in KINDS),
    st.booleans(),
    st.none() | st.text(max_size=40),
    st.sampled_from(OUTCOMES),
)
def test_silence_of_the_front_and_of_the_party_is_never_consent(
    kind: str, allowed: bool, basis: str | None, outcome: str
) -> None:
    """Whatever an office sets: those who act by their own law, and kinds that nobody knows, agree only in words."""
    assert not silence_is_consent(kind, allowed=allowed, legal_basis=basis)
    if outcome == SILENCE:
        assert not consents(outcome, kind, allowed=allowed, legal_basis=basis)


@given(st.sampled_from(KINDS), st.none() | st.text(alphabet=" \t\n", max_size=3))
def test_without_a_legal_basis_silence_is_nobodys_consent(kind: str, basis: str | None) -> None:
    assert not silence_is_consent(kind, allowed=True, legal_basis=basis)


def test_outcomes() -> None:
    yes = [outcome for outcome in OUTCOMES if consents(outcome, "front", allowed=True, legal_basis="x")]
    assert yes == ["nhat_tri", "nhat_tri_co_y_kien"]


def test_late_and_fifteen_days() -> None:
    deadline = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    assert not is_late(deadline, deadline)
    assert is_late(deadline + timedelta(seconds=1), deadline)
    assert phan_bien_submission(date(2026, 2, 20)) == date(2026, 3, 7)


OUTCOME = st.none() | st.sampled_from(OUTCOMES)


@given(BODIES, st.integers(0, 5), st.dictionaries(st.integers(1, 9), OUTCOME))
def test_a_round_is_over_when_nothing_is_missing_or_by_its_policy(
    mandatory: set[int], others: int, outcomes: dict[int, str | None]
) -> None:
    answered = {body for body, outcome in outcomes.items() if outcome not in (None, SILENCE)}
    over = is_over(mandatory, others, outcomes)
    assert over == (still_missing(mandatory, others, answered) == (0, 0))
    objected = "khong_nhat_tri" in outcomes.values()
    assert is_over(mandatory, others, outcomes, "dung_khi_khong_nhat_tri") == (over or objected)


@given(st.lists(st.sampled_from(DISPOSITIONS), min_size=1, max_size=5))
def test_an_opinion_is_taken_wholly_only_when_every_point_is(points: list[str]) -> None:
    whole = disposition_of(points)
    assert (whole == "tiep_thu") == (set(points) == {"tiep_thu"})
    assert (whole == "giai_trinh") == (set(points) == {"giai_trinh"})
    assert whole in DISPOSITIONS


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 40), st.lists(OUTCOME, max_size=3))
def test_phan_bien_waits_for_fifteen_days_and_an_answer(sent: date, later: int, front: list[str | None]) -> None:
    codes = [reason.code for reason in against_submission(sent, sent + timedelta(days=later), front)]
    assert ("PHAN_BIEN_TOO_EARLY" in codes) == (later < PHAN_BIEN_DAYS)
    heard = bool(front) and all(outcome not in (None, SILENCE) for outcome in front)
    assert ("PHAN_BIEN_UNANSWERED" in codes) != heard
