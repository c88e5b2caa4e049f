"""Die at every point of every step of an office's life, once each; afterwards all is as if nobody had died.

`python -m tests.crash.every_point --database sqlite` prints what was tried and found as JSON; exit code 1 for a
violation. `--steps K --points N --seed S` tries N points of each of K steps, all if not given; `--step` and `--point`
replay one. `--plants` plants three bugs (SQLite), and "found" says by what each was noticed: a search that could find
nothing proves nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import event

from workflows.store.database import Database

from .effects import difference, effects, tells
from .forking import Ended, in_child
from .ground import Ground, PostgresGround, ground, url_of
from .invariants import violations
from .life import COPY, Scene, Step, found, keys, steps
from .plants import LOOKED_FOR, PLANTS
from .points import Points
from .sink import Sink, sink
from .wire import Wire

AFTER = "after the step"


@dataclass
class Outcome:
    """What stands there when everything has come to rest."""

    effects: Counter[str]
    violations: list[str]
    tells: dict[str, list[str]] = field(default_factory=dict)  # what each letter tells
    letters: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> set[str]:
        """What the letters that came have told."""
        return {each for letter in self.letters for each in self.tells.get(letter, [letter])}


class Range:
    """Where the steps are played: the database, the mail server, and, on PostgreSQL, the wire between.

    Whoever may die does it in a fork of this process, which has done the same once: everything is loaded and prepared.
    """

    def __init__(self, place: Ground, folder: Path, letters: Sink) -> None:
        self.place, self.letters = place, letters
        self.plant: Callable[[], None] = lambda: None
        self.wire: Wire | None = None
        url = place.url
        if isinstance(place, PostgresGround):
            self.wire = Wire(folder, place.cluster.directory)
            url = url_of(place.cluster.url.set(query={"host": str(folder)}), "work")
        self.scene = Scene(_hurried(url), folder, letters.port)

    def here(self, deed: Callable[[Scene], None]) -> None:
        """Do it in this process, which remembers nothing of it afterwards but how it is done."""
        database = self.scene.database
        if self.wire is not None:
            self.wire.lead_past()
        deed(self.scene)
        database.close()
        database._remembered.__init__()  # type: ignore[misc]
        if database._numbers is not None:
            database._numbers.__init__(database.engine)  # type: ignore[misc]

    def play(self, step: Step, dies_at: int | None) -> tuple[list[str], Ended]:
        """Do the step from where it was kept, and die at this point of it; the points that were passed inside."""
        self.place.lay(step.name)
        self.letters.forget()
        (self.scene.folder / COPY).unlink(missing_ok=True)
        # On PostgreSQL the points on the wire have the positive numbers, those inside the process the negative ones.
        inside = dies_at
        if self.wire is not None:
            self.wire.dies_at = dies_at if dies_at is not None and dies_at > 0 else None
            inside = -dies_at if dies_at is not None and dies_at < 0 else None
        sqlite = self.wire is None

        def watched() -> list[str]:
            points = Points(inside)
            points.watch(sqlite=sqlite)
            self.plant()
            step.deed(self.scene)
            return points.names

        ended = in_child(watched, self.wire.carry if self.wire else None)
        return ended.result or [], ended

    def recover(self, step: Step) -> Outcome:
        """Whoever got no answer does it again; time passes; what stands there then."""
        scene, exact = self.scene, self.wire is None

        def recovered() -> Outcome:
            self.plant()
            step.deed(scene)
            scene.drain()
            with scene.database.read() as connection:
                found_ = effects(connection, exact=exact)
                return Outcome(found_, list(violations(connection, scene.now)), tells(connection))

        if self.wire is not None:
            self.wire.lead_past()
        ended = in_child(recovered)
        outcome = ended.result if ended.code == 0 else Outcome(Counter(), [f"nobody could go on: {ended.result}"])
        outcome.letters = self.letters.copies()
        outcome.violations += self.letters.violations()
        return outcome


def _hurried(url: str) -> Database:
    """The database without waiting for the disk: what a process has written outlives the process."""
    database = Database(url)
    if database.is_sqlite:
        event.listen(database.engine, "connect", lambda driver, _: driver.execute("PRAGMA synchronous = OFF").close())
    return database


def points_of(field_: Range, step: Step) -> dict[int, str]:
    """Every point of the step by its number."""
    inside, ended = field_.play(step, None)
    ended.checked()
    if field_.wire is None:
        return dict(enumerate(inside, 1))
    own = {-number: name for number, name in enumerate(inside, 1)}
    return dict(enumerate(field_.wire.names, 1)) | own


def faults(expected: Outcome, found_: Outcome) -> Iterator[str]:
    """What a death led to that an undisturbed step does not."""
    yield from found_.violations
    yield from difference(expected.effects, found_.effects)
    for each in expected.told ^ found_.told:
        yield f"letter {each} {'never came' if each in expected.told else 'is one too many'}"
    again = found_.letters.total() - len(found_.letters)
    if again > 1:
        yield f"{again} letters came twice after one death"


class Search:
    """Which points are tried, and what was found."""

    def __init__(self, field_: Range, given: argparse.Namespace) -> None:
        self._field, self._given = field_, given
        self._sqlite = given.database == "sqlite"
        self._chance = random.Random(given.seed)
        self.steps = list(steps(sqlite=self._sqlite))
        names = [step.name for step in self.steps]
        self._looked_at = {given.step} if given.step else set(names)
        if given.steps and not given.step:
            self._looked_at = set(self._chance.sample(names, given.steps))
        self.report: dict[str, Any] = {
            "points": 0,
            "deaths": 0,
            "copies": 0,
            "steps": {},
            "violations": [],
            "found": {},
        }

    def run(self) -> None:
        """Every step in turn."""
        field_ = self._field
        field_.here(found)
        in_child(partial(keys, field_.scene)).checked()
        field_.here(Scene.drain)
        for step in self.steps:
            field_.here(step.before)
            field_.place.keep(step.name)
            now = field_.scene.now
            if step.draws:
                in_child(partial(step.deed, field_.scene)).checked()
            else:
                field_.here(step.deed)
            if step.rests:
                field_.here(Scene.drain)
            field_.place.keep(AFTER)
            after, field_.scene.now = field_.scene.now, now
            if step.name in self._looked_at:
                self._explore(step)
            field_.scene.now = after
            field_.place.lay(AFTER)

    def _explore(self, step: Step) -> None:
        points = points_of(self._field, step)
        expected = self._field.recover(step)
        self.report["violations"] += [f"{step.name}, undisturbed: {each}" for each in expected.violations]
        self.report["steps"][step.name] = len(points)
        self.report["points"] += len(points)
        for number in self._chosen(points):
            self.report["violations"] += self._die(step, number, points[number], expected)
        if self._given.plants and self._sqlite and step.name in LOOKED_FOR:
            self._look_for(LOOKED_FOR[step.name], step, expected)

    def _chosen(self, points: dict[int, str]) -> list[int]:
        if self._given.point is not None:
            return [self._given.point]
        some = min(self._given.points or len(points), len(points))
        return sorted(self._chance.sample(list(points), some))

    def _die(self, step: Step, number: int, name: str, expected: Outcome) -> list[str]:
        """Die there, and recover; what is wrong then."""
        _, ended = self._field.play(step, number)
        where = f"{step.name}, point {number} ({name})"
        if not ended.died:
            return [f"{where} was not reached"]
        outcome = self._field.recover(step)
        self.report["deaths"] += 1
        self.report["copies"] += outcome.letters.total() - len(outcome.letters)
        return [f"{where}: {each}" for each in faults(expected, outcome)]

    def _look_for(self, plant: str, step: Step, expected: Outcome) -> None:
        """Plant a bug, and die after each commit until it is noticed."""
        self._field.plant = PLANTS[plant]
        self.report["found"][plant] = None
        for number, name in points_of(self._field, step).items():
            if name == "after COMMIT" and (noticed := self._die(step, number, name, expected)):
                self.report["found"][plant] = noticed[0]
                break
        self._field.plant = lambda: None


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--steps", type=int, default=0, help="how many steps; 0: every one")
    asked.add_argument("--points", type=int, default=0, help="how many points of each step; 0: every one")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--step", help="only this step")
    asked.add_argument("--point", type=int, help="only this point")
    asked.add_argument("--plants", action="store_true", help="plant bugs as well (SQLite)")
    given = asked.parse_args()
    began = monotonic()
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="kh-")))
        letters = open_.enter_context(sink(folder))
        place = open_.enter_context(ground(given.database, folder))
        search = Search(Range(place, folder, letters), given)
        search.run()
    told = {"database": given.database, "seed": given.seed, "seconds": round(monotonic() - began, 1)}
    sys.stdout.write(json.dumps(search.report | told, ensure_ascii=False, indent=1) + "\n")
    return 1 if search.report["violations"] or None in search.report["found"].values() else 0


if __name__ == "__main__":
    sys.exit(main())
