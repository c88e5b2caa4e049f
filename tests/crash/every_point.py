"""Die at every point of every step of an office's life, once each; afterwards all is as if nobody had died.

`python -m tests.crash.every_point --database sqlite` prints what was tried and found as JSON; exit code 1 for a
violation. `--points N --seed S` tries N of them; `--step`, `--point` replay one; `--plant` plants a bug to be found.
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

from .effects import difference, effects
from .forking import Ended, in_child
from .ground import Ground, PostgresGround, ground, url_of
from .invariants import violations
from .life import COPY, Scene, Step, found, keys, steps
from .plants import PLANTS
from .points import Points
from .sink import Sink, sink
from .wire import Wire

AFTER = "after the step"


@dataclass
class Outcome:
    """What stands there when everything has come to rest."""

    effects: Counter[str]
    violations: list[str]
    letters: Counter[str] = field(default_factory=Counter)


class Range:
    """Where the steps are played: the database, the mail server, and, on PostgreSQL, the wire between.

    Whoever may die does it in a fork of this process, which has done the same once: everything is loaded and prepared.
    """

    def __init__(self, place: Ground, folder: Path, letters: Sink, plant: Callable[[], None] | None) -> None:
        self.place, self.letters, self._plant = place, letters, plant
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
            if self._plant is not None:
                self._plant()
            step.deed(self.scene)
            return points.names

        ended = in_child(watched, self.wire.carry if self.wire else None)
        return ended.result or [], ended

    def recover(self, step: Step) -> Outcome:
        """Whoever got no answer does it again; time passes; what stands there then."""
        scene, exact = self.scene, self.wire is None

        def recovered() -> Outcome:
            if self._plant is not None:
                self._plant()
            step.deed(scene)
            scene.drain()
            with scene.database.read() as connection:
                return Outcome(effects(connection, exact=exact), list(violations(connection, scene.now)))

        if self.wire is not None:
            self.wire.lead_past()
        outcome: Outcome = in_child(recovered).checked()
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
    for letter in expected.letters.keys() ^ found_.letters.keys():
        yield f"letter {letter} {'never came' if letter in expected.letters else 'is one too many'}"
    again = found_.letters.total() - len(found_.letters)
    if again > 1:
        yield f"{again} letters came twice after one death"


def explore(field_: Range, *, sqlite: bool, chosen: Callable[[str, dict[int, str]], list[int]]) -> dict[str, Any]:
    """Every step in turn; the report."""
    report: dict[str, Any] = {"points": 0, "deaths": 0, "copies": 0, "steps": {}, "violations": []}
    field_.here(found)
    in_child(partial(keys, field_.scene)).checked()
    field_.here(Scene.drain)
    for step in steps(sqlite=sqlite):
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
        _explore(field_, step, report, chosen)
        field_.scene.now = after
        field_.place.lay(AFTER)
    return report


def _explore(
    field_: Range, step: Step, report: dict[str, Any], chosen: Callable[[str, dict[int, str]], list[int]]
) -> None:
    points = points_of(field_, step)
    expected = field_.recover(step)  # by whoever comes after one who died after the last point
    report["violations"] += [f"{step.name}, undisturbed: {each}" for each in expected.violations]
    report["steps"][step.name] = len(points)
    report["points"] += len(points)
    for number in chosen(step.name, points):
        _, ended = field_.play(step, number)
        where = f"{step.name}, point {number} ({points[number]})"
        if not ended.died:
            report["violations"].append(f"{where} was not reached")
            continue
        outcome = field_.recover(step)
        report["deaths"] += 1
        report["copies"] += outcome.letters.total() - len(outcome.letters)
        report["violations"] += [f"{where}: {each}" for each in faults(expected, outcome)]


def main() -> int:
    """The command."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--points", type=int, default=0, help="how many of all; 0: every one")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--step", help="only this step")
    asked.add_argument("--point", type=int, help="only this point")
    asked.add_argument("--plant", choices=sorted(PLANTS))
    given = asked.parse_args()
    chance, began = random.Random(given.seed), monotonic()

    def chosen(step: str, points: dict[int, str]) -> list[int]:
        if given.step is not None and step != given.step:
            return []
        if given.point is not None:
            return [given.point] if given.point in points else []
        numbers = list(points)
        some = min(len(numbers), -(-given.points // len(list(steps(sqlite=sqlite))))) if given.points else len(numbers)
        return sorted(chance.sample(numbers, some))

    sqlite = given.database == "sqlite"
    with ExitStack() as open_:
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="kh-")))
        letters = open_.enter_context(sink(folder))
        place = open_.enter_context(ground(given.database, folder))
        field_ = Range(place, folder, letters, PLANTS[given.plant] if given.plant else None)
        report = explore(field_, sqlite=sqlite, chosen=chosen)
    report |= {"database": given.database, "seed": given.seed, "seconds": round(monotonic() - began, 1)}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    return 1 if report["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
