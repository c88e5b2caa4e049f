"""What a user task says about rights, in our own namespace (docs/howto/rights.md)."""

from __future__ import annotations

from dataclasses import dataclass

OTHER_PROCESS = "#"  # process#step


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may not do a user task, and what its holder may do besides completing it."""

    exclude: tuple[str, ...] = ()  # steps whose performers may not act here (four eyes); `process#step` elsewhere
    approval: bool = False  # says yes to a draft: not for whoever started the case or did a step marked as draft
    self_approval: bool = False  # ... unless the process says that it may be the same person
    draft: bool = False  # whoever completes it has drafted
    distinct: bool = False  # of a repeated task: each round by another person (any n of a role)
    returns: tuple[str, ...] | None = None  # the steps it may be returned to; None: every earlier one
    withdraw: bool = False  # whoever completed it may take it back until somebody opened what comes next
    rejected: str | None = None  # of a repeated task: the condition that says no
    first_reject_ends: bool = True  # the first no ends the round; else all answers are waited for

    @property
    def excluded_steps(self) -> tuple[str, ...]:
        """The ids of the steps in `exclude`, whatever process they are in."""
        return tuple(step.rpartition(OTHER_PROCESS)[2] for step in self.exclude)
