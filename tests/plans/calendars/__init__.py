"""Calendars of the five real plans, made by hand: the files, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PLANS = tuple(sorted(path.stem for path in HERE.glob("*.txt")))


@dataclass(frozen=True)
class Entry:
    """One time of a duty; `due` is None for what goes on all along."""

    no: str
    key: str
    opens: date
    due: date | None
    count: int


@dataclass(frozen=True)
class Cycle:
    """One report: the last days of the units and of the office."""

    key: str
    units: date
    office: date


@dataclass(frozen=True)
class Rung:
    """Who is reminded on which day, so many working days from the due day."""

    level: int
    target: str
    on: date


@dataclass
class ByHand:
    """What the file of a plan says; ladders by step and due day, reviews by year: when they open and are due."""

    duties: list[Entry] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    opens: dict[str, date] = field(default_factory=dict)
    ladders: dict[tuple[str, date], tuple[Rung, ...]] = field(default_factory=dict)
    reviews: dict[int, tuple[date, date]] = field(default_factory=dict)
    over: date | None = None


def calendar_of(plan: str) -> ByHand:
    """What the file of this plan says."""
    found = ByHand()
    for line in (HERE / f"{plan}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            _note(found, [part.strip() for part in line.split("|")])
    return found


def _note(found: ByHand, parts: list[str]) -> None:
    match parts:
        case "báo cáo", key, units, office:
            found.cycles.append(Cycle(key, date.fromisoformat(units), date.fromisoformat(office)))
        case "mở", key, opens:
            found.opens[key] = date.fromisoformat(opens)
        case "nhắc", step, due, ladder:
            rungs = (rung.split() for rung in ladder.split(";"))
            found.ladders[step, date.fromisoformat(due)] = tuple(
                Rung(int(level), target, date.fromisoformat(on)) for level, target, on in rungs
            )
        case "rà soát", year, opens, due:
            found.reviews[int(year)] = (date.fromisoformat(opens), date.fromisoformat(due))
        case "kết thúc", over:
            found.over = date.fromisoformat(over)
        case no, key, opens, due, count:
            last = None if due == "thường xuyên" else date.fromisoformat(due)
            found.duties.append(Entry(no, key, date.fromisoformat(opens), last, int(count)))
        case _:
            raise ValueError(f"not a line of a calendar: {parts}")
