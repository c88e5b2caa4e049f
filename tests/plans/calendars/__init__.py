"""Calendars of the five real plans, made by hand: the files, and how they are read."""

from __future__ import annotations

from dataclasses import dataclass
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


def calendar_of(plan: str) -> tuple[list[Entry], list[Cycle]]:
    """What the file of this plan says."""
    entries: list[Entry] = []
    cycles: list[Cycle] = []
    for line in (HERE / f"{plan}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        first, key, third, fourth, *count = (part.strip() for part in line.split("|"))
        if first == "báo cáo":
            cycles.append(Cycle(key, date.fromisoformat(third), date.fromisoformat(fourth)))
        else:
            due = None if fourth == "thường xuyên" else date.fromisoformat(fourth)
            entries.append(Entry(first, key, date.fromisoformat(third), due, int(count[0])))
    return entries, cycles
