"""What nobody could do: the tasks for which the policy function allows none of the people who are there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .actor import Actor
from .rights import TaskFacts, may_act

Job = TypeVar("Job", bound=TaskFacts)


@dataclass(frozen=True)
class Present:
    """Somebody who is there, in one capacity; what was lent with limits reaches only some tasks."""

    actor: Actor
    reaches: Callable[[Any], bool] = lambda _job: True

    def can_do(self, job: TaskFacts) -> bool:
        """Whether nothing stands in the way."""
        return self.reaches(job) and not may_act(job, self.actor)


def stuck(jobs: Iterable[Job], crew: Collection[Present]) -> list[Job]:
    """Those of the jobs that nobody of the crew may do, in their order; exclusions such as four eyes count.

    The crew is everybody who is there, each once for every capacity: in the own right, and in place of each lender.
    """
    return [job for job in jobs if not any(each.can_do(job) for each in crew)]


def ever_stuck(jobs: Sequence[Job], crews: Iterable[Collection[Present]]) -> list[Job]:
    """Those of the jobs that are stuck with at least one of these crews, which follow each other in time."""
    left = list(jobs)
    found: list[Job] = []
    for crew in crews:
        fresh = stuck(left, crew)
        found += fresh
        left = [job for job in left if job not in fresh]
    return [job for job in jobs if job in found]
