"""What nobody of a crew could do, exclusions included."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.engine.actor import Actor
from workflows.engine.coverage import Present, ever_stuck, stuck


@dataclass(frozen=True)
class Job:
    """A task as the policy function sees it."""

    candidate_groups: tuple[str, ...] = ("chu_tich@1",)
    assignee: str | None = None
    candidate_users: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


HEAD = Present(Actor("1", groups=frozenset({"chu_tich@1"})))
DEPUTY = Present(Actor("2", groups=frozenset({"pho_chu_tich@1"})))
STAND_IN = Present(Actor("2", groups=frozenset({"chu_tich@1"}), on_behalf_of="1", capacity="TUQ."))
SIGN, CHECKED = Job(), Job(excluded=("2",))


def test_a_task_is_stuck_when_nobody_there_may_do_it() -> None:
    assert stuck([SIGN], [HEAD, DEPUTY]) == []
    assert stuck([SIGN], [DEPUTY]) == [SIGN]
    assert stuck([SIGN], []) == [SIGN]


def test_a_stand_in_counts_unless_four_eyes_exclude_one_of_the_two() -> None:
    assert stuck([SIGN], [STAND_IN]) == []
    assert stuck([CHECKED], [STAND_IN]) == [CHECKED]
    assert stuck([Job(excluded=("1",))], [STAND_IN]) == [Job(excluded=("1",))]


def test_one_moment_without_anybody_is_enough_and_each_task_is_named_once() -> None:
    assert ever_stuck([SIGN, CHECKED], [[HEAD], [DEPUTY], [STAND_IN], []]) == [SIGN, CHECKED]
    assert ever_stuck([SIGN, CHECKED], [[HEAD], [STAND_IN]]) == [CHECKED]
    assert ever_stuck([SIGN], []) == []


def test_what_was_lent_with_limits_reaches_only_some() -> None:
    limited = Present(STAND_IN.actor, lambda job: job.assignee is None)
    assert stuck([SIGN, Job(assignee="1")], [limited]) == [Job(assignee="1")]
