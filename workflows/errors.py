"""Every expected failure: a code and its facts, never a sentence for people (those are written at the edge)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """One reason why something was refused: a stable code, and the facts a sentence about it needs."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class KehoachError(Exception):
    """Root of the failures that this program expects."""


class Refused(KehoachError):
    """A command was judged and refused and nothing was written; `code` and `facts` are those of the first reason."""

    def __init__(self, code: str, *, also: Sequence[Reason] = (), **facts: Any) -> None:  # noqa: ANN401 - facts are JSON
        self.reasons: tuple[Reason, ...] = (Reason(code, facts), *also)
        super().__init__("; ".join(f"{reason.code} {dict(reason.facts)}" for reason in self.reasons))

    @classmethod
    def because(cls, reasons: Sequence[Reason]) -> Refused:
        """A refusal for all of these reasons; there must be at least one."""
        first, *rest = reasons
        return cls(first.code, also=rest, **first.facts)

    @property
    def code(self) -> str:
        """The code of the first reason."""
        return self.reasons[0].code

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts of the first reason."""
        return self.reasons[0].facts


class Stale(Refused):
    """Somebody else changed the same thing first; `facts` says who and when where that is known."""

    def __init__(self, **facts: Any) -> None:  # noqa: ANN401 - facts are JSON
        super().__init__("STALE", **facts)


class NotFound(Refused):
    """There is no such thing, or the asker may not know of it."""

    def __init__(self, what: str, **facts: Any) -> None:  # noqa: ANN401 - facts are JSON
        super().__init__("NOT_FOUND", what=what, **facts)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in a process definition: where it stands and what to do about it, in Vietnamese."""

    code: str
    element: str | None
    line: int | None
    message: str
    warning: bool = False


class BadDefinition(KehoachError):
    """A process definition was refused at deployment, with every finding at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{finding.code} {finding.element or '-'}" for finding in self.findings))

    @property
    def code(self) -> str:
        """The code of the first error."""
        return self.findings[0].code
