"""The end of the quarantine after a restore: numbers that were given meanwhile are kept, letters held or let go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from workflows.errors import Refused
from workflows.store import directory, quarantine
from workflows.store.quarantine import LastNumber

from .desk import Desk
from .sweep import SWEEPS

# What only moves rows of ours; whatever speaks to somebody outside waits for the end of the quarantine.
INSIDE = (
    "open_duties", "open_cycles", "turn_years", "fire_timers", "escalate", "distribute", "tell_authority",
    "chase_receipts",
)  # fmt: skip
Letters = Literal["hold", "send"]


@dataclass(frozen=True)
class Series:
    """A series of numbers of an office in a year."""

    office_id: int
    series: str
    year: int


@dataclass(frozen=True)
class Ended:
    """What the end did: numbers that are kept as given up, by series, and how many letters are held."""

    kept: Mapping[Series, Sequence[int]]
    held: int


def catch_up(desk: Desk, limit: int) -> None:
    """Do what fell due since the copy, inside the house only; what it has to say is held with the other letters."""
    for kind in INSIDE:
        SWEEPS[kind](desk, limit)


def end_quarantine(desk: Desk, letters: Letters, numbers: Mapping[Series, int], words: tuple[str, str, str]) -> Ended:
    """Let the house go on. `numbers` say which number of each series was really given last.

    `words` are the title and the reason of the lines of lost numbers, and what is said of held letters. NO_QUARANTINE
    when there is none, NUMBERS_UNCHECKED while a series of this year is not among `numbers`, NUMBER_KNOWN for a last
    number below one that the register has, UNKNOWN_OFFICE for an office that does not exist.
    """
    title, reason, held_because = words
    with desk.open() as work:
        if quarantine.quarantine_of(work.connection) is None:
            raise Refused("NO_QUARANTINE")
        known = {
            Series(each.office_id, each.series, each.year): each for each in quarantine.last_numbers(work.connection)
        }
        unsaid = [each for each in known if each.year == work.today.year and each not in numbers]
        if unsaid:
            series = [f"{each.office_id}:{each.series}:{each.year}={known[each].last}" for each in unsaid]
            raise Refused("NUMBERS_UNCHECKED", series=series)
        kept = {}
        for each, last in numbers.items():
            line = known.get(each) or LastNumber(each.office_id, "", each.series, each.year, 0)
            if last < line.last:
                raise Refused("NUMBER_KNOWN", series=each.series, year=each.year, last=line.last)
            if each not in known and each.office_id not in {one.id for one in directory.offices(work.connection)}:
                raise Refused("UNKNOWN_OFFICE", office=each.office_id)
            kept[each] = quarantine.keep_lost_numbers(work.connection, line, last, work.now, (title, reason))
        held = quarantine.hold_unsent(work.connection, held_because) if letters == "hold" else 0
        quarantine.end_quarantine(work.connection)
    return Ended(kept, held)
