"""A race on one ground: in many orders, or by chance as two threads meet; every outcome judged."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from .ground import Dump, PostgresGround, SqliteGround, changes
from .orders import Choose, Contestant, Ended, Ran, explore, run_in_order, run_one_after_the_other, told
from .pairs import Meeting, Pair
from .right import ends_wrong, log_wrong, not_one_after_the_other, rows_wrong


@dataclass
class Racing:
    """One pair on one ground, where its office lies; `wrong` holds what was found, each with the order it came of."""

    pair: Pair
    meeting: Meeting
    ground: PostgresGround | SqliteGround
    wrong: list[str] = field(default_factory=list)
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    alone: dict[str, tuple[tuple[bool, bool], Dump]] = field(default_factory=dict)

    def one_after_the_other(self) -> tuple[int, int]:
        """What comes of A before B and of B before A, with which every other outcome is compared; their statements."""
        counts = []
        for first in "AB":
            ran = run_one_after_the_other(self._fresh(), (self.meeting.first, self.meeting.second), first)
            won = (ran.ends[0].error is None, ran.ends[1].error is None)
            self.alone[f"{first} first"] = (won, changes(self.ground.before, self.ground.dump()))
            self._judge(ran)
            counts.append(ran.path.count(first))
        return counts[0], counts[1]

    def in_orders(self, most: int, seed: int) -> tuple[list[Ran], bool]:
        """At most so many orders; and whether these are all there are."""

        def run(choose: Choose) -> Ran:
            ran = run_in_order(self._fresh(), (self.meeting.first, self.meeting.second), choose, self.ground.waiting)
            self._judge(ran)
            return ran

        return explore(run, self.one_after_the_other(), most, seed)

    def by_chance(self, rounds: int) -> None:
        """So many times both at once, as they come; `in_orders` comes before."""
        for _ in range(rounds):
            ends = at_once(self._fresh(), (self.meeting.first, self.meeting.second))
            self._judge(Ran((), (), (), ends))

    def _fresh(self) -> tuple[Contestant, Contestant]:
        both = self.ground.fresh()
        for each in both:
            self.meeting.warm(each.database)
        return both

    def _judge(self, ran: Ran) -> None:
        found = changes(self.ground.before, self.ground.dump())
        wrong = [*ends_wrong(self.pair, ran.ends), *log_wrong(self.ground.reader)]
        unlike = list(not_one_after_the_other(ran, found, self.alone))
        if unlike or ran.is_serial:  # rows like those of an outcome that was looked at need not be looked at again
            wrong += [*unlike, *rows_wrong(self.ground.reader)]
        if wrong:
            self.wrong.append("\n".join([*wrong, told(ran)]))
        self.ends[_said(ran.ends[0]), _said(ran.ends[1])] += 1


def at_once(both: tuple[Contestant, Contestant], deeds: tuple[Callable[..., object], ...]) -> tuple[Ended, Ended]:
    """Two threads, let go together; how both ended."""
    ready, ends = threading.Barrier(2), [Ended(), Ended()]

    def run(at: int) -> None:
        ready.wait()
        try:
            ends[at] = Ended(deeds[at](both[at].database))
        except BaseException as error:  # whatever it is, the checks judge it
            ends[at] = Ended(error=error)

    threads = [threading.Thread(target=run, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends[0], ends[1]


def _said(end: Ended) -> str:
    return "done" if end.error is None else str(getattr(end.error, "code", repr(end.error)))
