"""The shapes a plan's words about time may take: how often, all along, between, by when, in steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Json = dict[str, Any]
Every = Literal["year", "half", "quarter", "month", "week", "day"]
Rel = Literal["before", "by"]


@dataclass(frozen=True)
class Recurring:
    """So many times a period; `minimum` when more is welcome, `total` over the year or the plan.

    `due` is a month (None: the last of each period) and a day; `last_working_day` the last of each period in the
    office's calendar; `months` the first and the last month of each time of a year ("tháng 6 và tháng 11").
    """

    every: Every
    count: int = 1
    minimum: bool = False
    total: int | None = None
    unit: str | None = None
    due: tuple[int | None, int] | None = None
    rel: Rel | None = None
    last_working_day: bool = False
    months: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> Json:
        """The shape of plan.schema.md; optional keys only where they are known."""
        shape: Json = {"kind": "recurring", "every": self.every, "count": self.count, "min": self.minimum}
        if self.total is not None:
            shape["total"] = self.total
        if self.unit is not None:
            shape["unit"] = self.unit
        if self.due is not None:
            shape["due"] = {"month": self.due[0], "day": self.due[1], "rel": self.rel or "by"}
        if self.last_working_day:
            shape["last_working_day"] = True
        if self.months:
            shape["months"] = [list(span) for span in self.months]
        return shape


@dataclass(frozen=True)
class Continuous:
    """All along, from the first to the last of these days; None where the words leave it to the plan's own period."""

    start: date | None = None
    end: date | None = None

    def to_json(self) -> Json:
        """The shape of plan.schema.md."""
        return {"kind": "continuous", "from": _day(self.start), "to": _day(self.end)}


@dataclass(frozen=True)
class Window:
    """Once, on any day from the first to the last of these days, both included."""

    start: date
    end: date

    def to_json(self) -> Json:
        """The shape of plan.schema.md."""
        return {"kind": "window", "from": _day(self.start), "to": _day(self.end)}


@dataclass(frozen=True)
class Deadline:
    """Once: `before` ends on the day before `day`, `by` on `day` itself; None when the year is not settled."""

    day: date | None
    rel: Rel = "by"
    inherited_from: str | None = None
    month_day: tuple[int, int] | None = None

    def to_json(self) -> Json:
        """The shape of plan.schema.md; month and day apart only where the year is not known."""
        shape: Json = {"kind": "deadline", "date": _day(self.day), "rel": self.rel}
        if self.inherited_from is not None:
            shape["inherited_from"] = self.inherited_from
        if self.month_day is not None:
            shape["month"], shape["day"] = self.month_day
        return shape


@dataclass(frozen=True)
class Milestone:
    """One step of a task with its own words: what, and by when."""

    text: str
    time: SimpleTime

    def to_json(self) -> Json:
        """The words and the shape of this step."""
        return {"text": self.text, "time": self.time.to_json()}


@dataclass(frozen=True)
class Milestones:
    """Several steps in the order of the text."""

    items: tuple[Milestone, ...]

    def to_json(self) -> Json:
        """The shape of plan.schema.md."""
        return {"kind": "milestones", "items": [item.to_json() for item in self.items]}


SimpleTime = Recurring | Continuous | Window | Deadline
TimeShape = Recurring | Continuous | Window | Deadline | Milestones


def shape_from_json(shape: Mapping[str, Any]) -> TimeShape:
    """One shape back from its JSON; ValueError for a kind that is none of the five."""
    if shape["kind"] == "milestones":
        return Milestones(tuple(Milestone(item["text"], _simple(item["time"])) for item in shape["items"]))
    return _simple(shape)


def times_to_json(times: tuple[TimeShape, ...]) -> Json | list[Json] | None:
    """None, one shape, or a list of them, as plan.schema.md wants `time`."""
    if not times:
        return None
    return times[0].to_json() if len(times) == 1 else [time.to_json() for time in times]


def times_from_json(value: Mapping[str, Any] | list[Mapping[str, Any]] | None) -> tuple[TimeShape, ...]:
    """The inverse of `times_to_json`."""
    if value is None:
        return ()
    return tuple(shape_from_json(shape) for shape in value) if isinstance(value, list) else (shape_from_json(value),)


def _simple(shape: Mapping[str, Any]) -> SimpleTime:
    match shape["kind"]:
        case "recurring":
            due = shape.get("due")
            return Recurring(
                shape["every"],
                shape.get("count", 1),
                shape.get("min", False),
                shape.get("total"),
                shape.get("unit"),
                (due["month"], due["day"]) if due else None,
                due["rel"] if due else None,
                shape.get("last_working_day", False),
                tuple((first, last) for first, last in shape.get("months", ())),
            )
        case "continuous":
            return Continuous(_date(shape.get("from")), _date(shape.get("to")))
        case "window":
            return Window(date.fromisoformat(shape["from"]), date.fromisoformat(shape["to"]))
        case "deadline":
            month_day = (shape["month"], shape["day"]) if "month" in shape else None
            return Deadline(_date(shape.get("date")), shape.get("rel", "by"), shape.get("inherited_from"), month_day)
        case kind:
            raise ValueError(f"no such shape of time: {kind}")


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(words: str | None) -> date | None:
    return None if words is None else date.fromisoformat(words)
