"""The oracle: what was accepted, as facts about rows that must hold from then on; it knows nothing of how they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from workflows.errors import Refused

from .database_faults import Died
from .world import Violation, World

# Everything that a deed may leave behind, in a few numbers: what is refused leaves them as they were.
FINGERPRINT = """
SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM outbox), (SELECT count(*) FROM register),
 (SELECT count(*) FROM plans), (SELECT coalesce(sum(version), 0) FROM plans), (SELECT count(*) FROM approvals),
 (SELECT count(*) FROM comments), (SELECT count(*) FROM occurrence_notes), (SELECT count(*) FROM submission_events),
 (SELECT count(*) FROM due_requests WHERE status <> 'cho'), (SELECT count(*) FROM due_requests),
 (SELECT count(*) FROM recipients WHERE received_at IS NOT NULL), (SELECT coalesce(sum(last), 0) FROM counters),
 (SELECT count(*) FROM opinions WHERE outcome IS NOT NULL)
"""


@dataclass(frozen=True)
class Fact:
    """The rows of a query are these; `forever` says that nothing later may change it."""

    invariant: str
    sql: str
    parameters: tuple[Any, ...]
    expected: tuple[Any, ...]
    forever: bool = True

    def holds(self, world: World) -> bool:
        """Whether the database says so."""
        return world.look(self.sql, *self.parameters) == [self.expected]


@dataclass
class Report:
    """What was tried in which state and how it ended, and which fault came in which state."""

    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    ended: Counter[tuple[str, str]] = field(default_factory=Counter)
    struck: Counter[tuple[str, str]] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    steps: int = 0
    checks: int = 0

    def add(self, other: Report) -> None:
        """Count another world's with these."""
        for name in ("tried", "ended", "struck", "codes"):
            getattr(self, name).update(getattr(other, name))
        self.steps += other.steps
        self.checks += other.checks


def nothing(_: Any) -> list[Fact]:
    """Nothing is claimed."""
    return []


class Oracle:
    """Carries out deeds, keeps what was accepted, and judges how each ended."""

    def __init__(self, world: World, report: Report) -> None:
        self.world, self.report = world, report
        self.facts: list[Fact] = []
        self.trace: list[str] = []
        self.quiet = False

    def attempt(
        self,
        name: str,
        state: str,
        deed: Callable[[], Any],
        facts: Callable[[Any], Sequence[Fact]] = nothing,
        must: str = "either",
        *,
        codes: Sequence[str] = (),
    ) -> tuple[str, Any]:
        """Try it: done, refused (nothing changed) or unknown (all of it or nothing). `must` is done, refused, either.

        `codes` are those that a refusal may have; any, where none is named.
        """
        world, before = self.world, self.world.as_it_stands(FINGERPRINT)
        ended, value, said = "done", None, ""
        with self._struck(name, state) as struck:
            try:
                value = deed()
            except Refused as refusal:
                ended, said = "refused", refusal.code
            except Died:
                ended, said = "unknown", "died"
                world.restart()
            except Violation:
                raise
            except Exception as failure:
                ended, said = "unknown", f"{type(failure).__name__}: {str(failure).splitlines()[0][:200]}"
        self._note(name, state, ended, said, struck)
        if world.broken is not None:
            raise world.broken
        if ended == "unknown" and not struck:
            raise Violation("I0", f"{name} in {state} failed without any fault: {said}")
        self._judge(name, ended, value, facts, before, must, said, codes, bool(struck))
        return ended, value

    @contextmanager
    def _struck(self, name: str, state: str) -> Iterator[list[str]]:
        """The faults that came while this was tried; none comes afterwards."""
        del name
        faults, server, found = self.world.faults, self.world.server, []
        if not self.quiet:
            faults.struck = server.struck = None
        try:
            yield found
        finally:
            found.extend(kind for kind in (faults.struck, server.struck) if kind)
            for kind in found:
                self.report.struck[kind, state] += 1
            faults.disarm()

    def _note(self, name: str, state: str, ended: str, said: str, struck: list[str]) -> None:
        self.report.tried[state, name] += 1
        self.report.ended[name, ended] += 1
        if said:
            self.report.codes[name, said.partition(":")[0]] += 1
        self.report.steps += 1
        told = (
            f"{self.world.now:%d/%m/%Y %H:%M} [{self.world.at_work}] {state}: {name} -> {ended} {said} {struck or ''}"
        )
        self.trace.append(told)

    def _judge(  # noqa: PLR0917 - how it ended
        self,
        name: str,
        ended: str,
        value: Any,
        facts: Callable[[Any], Sequence[Fact]],
        before: list[tuple[Any, ...]],
        must: str,
        said: str,
        codes: Sequence[str],
        struck: bool,
    ) -> None:
        changed = self.world.as_it_stands(FINGERPRINT) != before
        if ended == "done":
            if must == "refused":
                raise Violation("I10", f"{name} was accepted and should have been refused")
            claimed = list(facts(value))
            for fact in claimed:
                self._require(fact, name)
            self.facts += [fact for fact in claimed if fact.forever]
            return
        if ended == "refused" and not struck:
            if must == "done":
                raise Violation("I8", f"{name} was refused with {said} and should have been accepted")
            if codes and said not in codes:
                raise Violation("I10", f"{name} was refused with {said} rather than {sorted(codes)}")
        if changed:
            self._require_whole(name, ended, facts)

    def _require_whole(self, name: str, ended: str, facts: Callable[[Any], Sequence[Fact]]) -> None:
        """Something was written although nobody was told so: only after a fault, and then all of it."""
        if ended == "refused":
            raise Violation("I15", f"{name} was refused and has changed something")
        if facts is nothing:
            return
        claimed = list(facts(None))
        for fact in claimed:
            if not fact.holds(self.world):
                raise Violation("I15", f"{name} failed and left a part of itself; not so: {fact}")
        self.facts += [fact for fact in claimed if fact.forever]

    def _require(self, fact: Fact, name: str) -> None:
        if not fact.holds(self.world):
            found = self.world.look(fact.sql, *fact.parameters)
            raise Violation(fact.invariant, f"after {name}: {found}, not {fact.expected}, for {fact.parameters}")

    def recheck(self) -> None:
        """Everything that was ever accepted still holds."""
        for fact in self.facts:
            self._require(fact, "everything since")
