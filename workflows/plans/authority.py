"""What of somebody's work was lent: a scope, and whether it reaches a task (NĐ 30/2020 Điều 13: limited in content)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

# Capacities that one person lends to another; "Q." is a post that is held, not lent.
LENT_CAPACITIES = ("KT.", "TL.", "TUQ.")
BY_DOCUMENT = "TUQ."
# What stands before the number of a person in the key of work that is given to the person by name.
_BY_NAME = "nguoi@"


class Entrusted(Protocol):
    """What has to be known of a task to say whether a delegation reaches it."""

    @property
    def plan_id(self) -> int | None:
        """The plan that it belongs to."""

    @property
    def process(self) -> str:
        """The process that it is a step of: what kind of document it is about."""

    @property
    def form(self) -> str | None:
        """The form by which it is done: the kind of step."""

    @property
    def groups(self) -> Collection[str]:
        """The keys of those who may take it."""

    @property
    def assignee(self) -> str | None:
        """The person who has it in hand."""


@dataclass(frozen=True)
class Matter:
    """Something to be done that is no open task: whose it is, and of which plan, process and form."""

    groups: tuple[str, ...]
    plan_id: int | None = None
    process: str = "ke_hoach"
    form: str | None = None
    assignee: str | None = None
    excluded: tuple[str, ...] = ()
    candidate_users: tuple[str, ...] = ()

    @property
    def candidate_groups(self) -> tuple[str, ...]:
        """Whose it is, as the policy function asks for it."""
        return self.groups


@dataclass(frozen=True)
class Scope:
    """Limits of a delegation; an empty one limits nothing. Plans by id, kinds by process, steps by form."""

    plans: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Scope:
        """The scope as it was kept; None is one without limits."""
        known = kept or {}
        return cls(*(frozenset(known.get(name, ())) for name in ("plans", "kinds", "steps")))

    def to_json(self) -> dict[str, list[Any]] | None:
        """The scope as it is kept."""
        kept: dict[str, list[Any]] = {
            "plans": sorted(self.plans),
            "kinds": sorted(self.kinds),
            "steps": sorted(self.steps),
        }
        return {name: listed for name, listed in kept.items() if listed} or None

    @property
    def is_limited(self) -> bool:
        """Whether it leaves anything out."""
        return self.to_json() is not None

    def covers(self, task: Entrusted) -> bool:
        """Whether the task is within every limit."""
        return (
            (not self.plans or task.plan_id in self.plans)
            and (not self.kinds or task.process in self.kinds)
            and (not self.steps or task.form in self.steps)
        )

    def meets(self, other: Scope) -> bool:
        """Whether some task could be within both."""
        pairs = ((self.plans, other.plans), (self.kinds, other.kinds), (self.steps, other.steps))
        return all(not one or not two or one & two for one, two in pairs)


EVERYTHING = Scope()


def by_name(person: int | str) -> str:
    """The key of work that is given to this person by name."""
    return f"{_BY_NAME}{person}"


def reaches(lender: int | str, groups: Collection[str], scope: Scope, task: Entrusted) -> bool:
    """Whether what this person lent includes the task.

    A task is reached by a group of it that was lent, or, where the lender has it in hand, by what is given to the
    lender by name. Who holds it and who is excluded is for the policy function to say.
    """
    lent = frozenset(groups)
    in_hand = task.assignee == str(lender) and by_name(lender) in lent
    return scope.covers(task) and (in_hand or bool(lent & frozenset(task.groups)))
