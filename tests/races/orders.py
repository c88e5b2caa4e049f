"""Two deeds side by side, one statement at a time, in an order that is chosen; and which orders there are.

Each deed runs in a thread of its own on a database object of its own, as in two processes. At each statement both wait
and one is let go. One that then waits for a lock is no candidate until the lock is free. What was tried is kept as a
tree of choices, so that it is known when nothing is left to try.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from workflows.store.database import Database

from .stops import stop_before_statements

# So long (seconds) without a step is a wait for a lock, where the database cannot be asked.
STILL = 0.04
# In SQLite these wait; anything else that is silent is only slow, unless it is for very long.
WAITED_IN = ("BEGIN", "COMMIT")
LONG_STILL = 2.0
# So long without any step of anybody means that the harness itself is stuck.
STUCK = 30.0
ASK_EVERY = 0.002
Deed = Callable[[Database], object]
# Which of these processes of the server wait for another one.
Waiting = Callable[[Sequence[int]], set[int]]


@dataclass(frozen=True)
class Ended:
    """How a deed ended: its value, or what it raised."""

    value: object = None
    error: BaseException | None = None


class Contestant:
    """One of the two: its database, and where it stands."""

    def __init__(self, name: str, database: Database) -> None:
        self.name, self.database = name, database
        self.state = "over"
        self.armed = False
        self.statement, self.process = "", 0
        self.since = 0.0
        self.ended = Ended()
        self.changed = threading.Condition()
        stop_before_statements(database, self._ask)

    def begin(self, deed: Deed) -> threading.Thread:
        """Let the deed run to its first statement."""
        self.state, self.armed, self.process, self.since = "running", True, 0, time.monotonic()
        thread = threading.Thread(target=self._run, args=(deed,), daemon=True)
        thread.start()
        return thread

    def let_go(self) -> None:
        """Let it run its statement."""
        with self.changed:
            self.state, self.since = "running", time.monotonic()
            self.changed.notify_all()

    def settled(self, timeout: float) -> bool:
        """Whether it waits to be let go, or is over, at the latest after this time."""
        with self.changed:
            return self.changed.wait_for(lambda: self.state != "running", timeout)

    def is_held(self, locked: set[int]) -> bool:
        """Whether it waits for a lock: PostgreSQL says so, with SQLite it is silent for a while."""
        if not self.database.is_sqlite:
            return self.process in locked
        still = time.monotonic() - self.since
        return still > (STILL if self.statement.startswith(WAITED_IN) else LONG_STILL)

    def _run(self, deed: Deed) -> None:
        try:
            ended = Ended(deed(self.database))
        except BaseException as error:  # whatever it is, the checks judge it
            ended = Ended(error=error)
        with self.changed:
            self.ended, self.state, self.armed = ended, "over", False
            self.changed.notify_all()

    def _ask(self, statement: str, process: int) -> None:
        if not self.armed:
            return
        with self.changed:
            self.state, self.statement, self.process = "waits", statement, process
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.state == "running")


@dataclass
class Choices:
    """What was tried: who was let go where, as a tree; `open` are the ends of branches that nobody took yet."""

    tried: set[tuple[str, ...]] = field(default_factory=set)
    open: set[tuple[str, ...]] = field(default_factory=set)
    orders: set[tuple[str, ...]] = field(default_factory=set)

    def note(self, path: Sequence[str], forks: Sequence[int]) -> None:
        """This order was run; at the forks the other could have been let go."""
        for at in forks:
            self.tried.add(tuple(path[: at + 1]))
            other = "B" if path[at] == "A" else "A"
            self.open.add((*path[:at], other))
        self.open -= self.tried
        self.orders.add(tuple(path))

    def some_open(self, rng: random.Random) -> tuple[str, ...] | None:
        """An untried branch, None when every order has been run."""
        return rng.choice(sorted(self.open)) if self.open else None


@dataclass(frozen=True)
class Ran:
    """An order that was run: who was let go at each step with which statement, and how both ended."""

    path: tuple[str, ...]
    forks: tuple[int, ...]
    statements: tuple[str, ...]
    ends: tuple[Ended, Ended]
    is_serial: bool = False


Choose = Callable[[int, Sequence[str]], str]


def run_in_order(
    both: tuple[Contestant, Contestant], deeds: tuple[Deed, Deed], choose: Choose, waiting: Waiting
) -> Ran:
    """Run both deeds; before each statement `choose` says who of those that can goes on."""
    threads = [each.begin(deed) for each, deed in zip(both, deeds, strict=True)]
    path: list[str] = []
    forks: list[int] = []
    statements: list[str] = []
    while True:
        _settle(both, waiting)
        able = [each for each in both if each.state == "waits"]
        if not able:
            if all(each.state == "over" for each in both):
                break
            continue
        wanted = choose(len(path), [each.name for each in able])
        chosen = next((each for each in able if each.name == wanted), able[0])
        if len(able) > 1:
            forks.append(len(path))
        path.append(chosen.name)
        statements.append(chosen.statement)
        chosen.let_go()
    for thread in threads:
        thread.join()
    return Ran(tuple(path), tuple(forks), tuple(statements), (both[0].ended, both[1].ended))


def _settle(both: tuple[Contestant, Contestant], waiting: Waiting) -> None:
    """Until each waits to be let go, is over, or waits for a lock that the other holds."""
    started = time.monotonic()
    while True:
        running = [each for each in both if not each.settled(ASK_EVERY)]
        if not running:
            return
        locked = waiting([each.process for each in running])
        if len(running) < len(both) and all(each.is_held(locked) for each in running):
            return
        if time.monotonic() - started > STUCK:
            raise RuntimeError(f"nobody moves: {[(each.name, each.state, each.statement) for each in both]}")


def run_one_after_the_other(both: tuple[Contestant, Contestant], deeds: tuple[Deed, Deed], first: str) -> Ran:
    """Run the deed of `first` to its end, then the other."""
    path: list[str] = []
    statements: list[str] = []
    for at in (0, 1) if first == "A" else (1, 0):
        thread = both[at].begin(deeds[at])
        while both[at].settled(STUCK) and both[at].state != "over":
            path.append(both[at].name)
            statements.append(both[at].statement)
            both[at].let_go()
        thread.join(STUCK)
    return Ran(tuple(path), (), tuple(statements), (both[0].ended, both[1].ended), is_serial=True)


def one_inside_the_other(first: int, second: int) -> Iterator[Choose]:
    """The orders in which one runs to its end while the other stands before one of its statements."""
    for outer, inner, steps in (("A", "B", first), ("B", "A", second)):
        for at in range(steps + 1):
            yield _after(outer, inner, at)


def _after(outer: str, inner: str, steps: int) -> Choose:
    taken = 0

    def choose(at: int, able: Sequence[str]) -> str:
        nonlocal taken
        if taken < steps and outer in able:
            taken += 1
            return outer
        return inner if inner in able else outer

    return choose


def along(path: Sequence[str], rng: random.Random) -> Choose:
    """This way as far as it leads, then by chance."""

    def choose(at: int, able: Sequence[str]) -> str:
        return path[at] if at < len(path) else rng.choice(list(able))

    return choose


def explore(run: Callable[[Choose], Ran], counts: tuple[int, int], most: int, seed: int) -> tuple[list[Ran], bool]:
    """Run orders until none is left or `most` were; and whether none is left.

    First one inside the other, of deeds with so many statements, then branches that nobody took, by chance.
    """
    rng, choices, ran = random.Random(seed), Choices(), []

    def take(choose: Choose) -> None:
        done = run(choose)
        choices.note(done.path, done.forks)
        ran.append(done)

    nested = list(one_inside_the_other(*counts))
    rng.shuffle(nested)
    for choose in nested[: max(1, most * 2 // 3)]:
        if not ran or choices.open:
            take(choose)
    while len(ran) < most and (branch := choices.some_open(rng)) is not None:
        take(along(branch, rng))
    return ran, not choices.open


def told(ran: Ran) -> str:
    """An order as people read it: who ran which statement."""
    lines = [f"{name} {' '.join(words.split())[:110]}" for name, words in zip(ran.path, ran.statements, strict=True)]
    ends = [
        f"{name}: {end.error!r}" if end.error else f"{name}: {end.value!r}"
        for name, end in zip("AB", ran.ends, strict=True)
    ]
    return "\n".join([*lines, *ends])
