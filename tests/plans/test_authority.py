"""What a delegation reaches: groups, what is given by name, and limits by plan, kind and step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.authority import EVERYTHING, Matter, Scope, by_name, reaches

SIGN = Matter(("chu_tich@1",), plan_id=7, process="ke_hoach", form="ky")


def test_a_group_that_was_lent_reaches_its_tasks_and_no_others() -> None:
    assert reaches(3, {"chu_tich@1"}, EVERYTHING, SIGN)
    assert not reaches(3, {"van_thu@1"}, EVERYTHING, SIGN)
    assert not reaches(3, set(), EVERYTHING, SIGN)


@pytest.mark.parametrize(
    ("scope", "within"),
    [
        (Scope(plans=frozenset({7})), True),
        (Scope(plans=frozenset({8})), False),
        (Scope(kinds=frozenset({"ke_hoach"})), True),
        (Scope(kinds=frozenset({"bao_cao"})), False),
        (Scope(steps=frozenset({"ky", "cap_so"})), True),
        (Scope(steps=frozenset({"cap_so"})), False),
        (Scope(plans=frozenset({7}), steps=frozenset({"cap_so"})), False),
    ],
)
def test_every_limit_must_hold(scope: Scope, within: bool) -> None:
    assert reaches(3, {"chu_tich@1"}, scope, SIGN) is within


def test_what_the_lender_has_in_hand_is_reached_only_when_work_by_name_was_lent() -> None:
    held = Matter((), form="thuc_hien", assignee="3")
    assert reaches(3, {by_name(3)}, EVERYTHING, held)
    assert not reaches(3, {"chu_tich@1"}, EVERYTHING, held)
    assert not reaches(4, {by_name(4)}, EVERYTHING, held)


NUMBERS = st.frozensets(st.integers(1, 5), max_size=3)
WORDS = st.frozensets(st.sampled_from(["ky", "cap_so", "gop_y"]), max_size=2)
SCOPES = st.builds(Scope, NUMBERS, st.frozensets(st.sampled_from(["ke_hoach", "bao_cao"]), max_size=2), WORDS)


@given(SCOPES)
def test_a_scope_is_kept_whole(scope: Scope) -> None:
    assert Scope.from_json(scope.to_json()) == scope
    assert scope.is_limited == (scope != EVERYTHING)


@given(SCOPES, SCOPES, st.integers(1, 5), st.sampled_from(["ke_hoach", "bao_cao"]), st.sampled_from(["ky", "gop_y"]))
def test_scopes_meet_where_a_task_is_within_both(one: Scope, other: Scope, plan: int, kind: str, step: str) -> None:
    task = Matter(("chu_tich@1",), plan, kind, step)
    if one.covers(task) and other.covers(task):
        assert one.meets(other)
    assert one.meets(other) == other.meets(one)
