"""The parts of a plan document other than its tasks: issuer, references, reports, recipients, signer, doubts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

Json = dict[str, Any]


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD, or None."""
    return None if day is None else day.isoformat()


def iso_date(words: str | None) -> date | None:
    """The inverse of `iso`."""
    return None if words is None else date.fromisoformat(words)


@dataclass(frozen=True)
class Doubt:
    """What the reader could not settle: the line, a stable code, and a sentence in Vietnamese for whoever confirms."""

    line: int | None
    code: str
    message: str

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        return {"line": self.line, "code": self.code, "message": self.message}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Doubt:
        """The inverse of `to_json`."""
        return cls(shape.get("line"), shape["code"], shape["message"])


@dataclass(frozen=True)
class Issuer:
    """The body that issues the plan, its level and place, and where in the text that was found."""

    name: str | None = None
    level: str | None = None
    district: str | None = None
    province: str | None = None
    source: str | None = None

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        return {
            "name": self.name,
            "level": self.level,
            "district": self.district,
            "province": self.province,
            "from": self.source,
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Issuer:
        """The inverse of `to_json`."""
        return cls(
            shape.get("name"), shape.get("level"), shape.get("district"), shape.get("province"), shape.get("from")
        )


@dataclass(frozen=True)
class Period:
    """The years a plan runs, both included."""

    first: int
    last: int

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        return {"from": self.first, "to": self.last}

    @property
    def years(self) -> range:
        """Each year of the period."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True)
class Reference:
    """A document the plan rests on, carries out, or cites."""

    type: str | None
    number: str | None
    date: date | None
    issuer: str | None
    role: str
    line: int
    text: str | None = None

    def to_json(self) -> Json:
        """As plan.schema.md has it, with the words where no number was given."""
        shape: Json = {
            "type": self.type,
            "number": self.number,
            "date": iso(self.date),
            "issuer": self.issuer,
            "role": self.role,
            "line": self.line,
        }
        if self.text is not None:
            shape["text"] = self.text
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Reference:
        """The inverse of `to_json`."""
        return cls(
            shape.get("type"),
            shape.get("number"),
            iso_date(shape.get("date")),
            shape.get("issuer"),
            shape["role"],
            shape["line"],
            shape.get("text"),
        )


@dataclass(frozen=True)
class Section:
    """A main part of the plan (I, II, … or PHỤ LỤC); `found` is False for a heading that had to be inferred."""

    label: str
    title: str
    line: int
    found: bool = True

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        shape: Json = {"label": self.label, "title": self.title, "line": self.line}
        if not self.found:
            shape["uncertain"] = True
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Section:
        """The inverse of `to_json`."""
        return cls(shape["label"], shape["title"], shape["line"], not shape.get("uncertain", False))


@dataclass(frozen=True)
class Target:
    """A numeric goal and the line that sets it."""

    line: int
    text: str

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        return {"line": self.line, "text": self.text}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Target:
        """The inverse of `to_json`."""
        return cls(shape["line"], shape.get("text", ""))


@dataclass(frozen=True)
class Due:
    """When a report is due: a month and day of the year or a day of the month (`before` or `by`), words, a year.

    Counted from the end of the period (`report_ends.py`): `after` says by how many months the month of the day comes
    after the last one of the period; or the report is due so many days (`within`, `working` ones or all) after the
    period ends or, with `cutoff`, after its figures are closed.
    """

    month: int | None = None
    day: int | None = None
    rel: Literal["before", "by"] | None = None
    text: str | None = None
    year: int | None = None
    after: int | None = None
    within: int | None = None
    working: bool = False
    cutoff: bool = False

    @property
    def names_day(self) -> bool:
        """Whether it says a day of each period, and not words alone."""
        return self.day is not None or self.within is not None

    def to_json(self) -> Json:
        """Only the keys that are known."""
        known = {"month": self.month, "day": self.day, "rel": self.rel, "text": self.text, "year": self.year}
        from_end = {"after": self.after, "within": self.within}
        kept = {key: value for key, value in (known | from_end).items() if value is not None}
        return kept | {key: True for key in ("working", "cutoff") if getattr(self, key)}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Due:
        """The inverse of `to_json`."""
        given: dict[str, Any] = {each.name: shape[each.name] for each in fields(cls) if each.name in shape}
        return cls(**given)


@dataclass(frozen=True)
class Report:
    """A duty to report: who, to whom, through whom, when and how often."""

    sender: str | None
    addressee: str | None
    via: str | None
    due: Due | None
    every: str | None
    kind: str
    line: int
    periods: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        shape: Json = {
            "from": self.sender,
            "to": self.addressee,
            "via": self.via,
            "due": self.due.to_json() if self.due else None,
            "every": self.every,
            "kind": self.kind,
            "line": self.line,
        }
        if self.periods:
            shape["periods"] = list(self.periods)
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Report:
        """The inverse of `to_json`."""
        due = shape.get("due")
        return cls(
            shape.get("from"),
            shape.get("to"),
            shape.get("via"),
            Due.from_json(due) if due else None,
            shape.get("every"),
            shape["kind"],
            shape["line"],
            tuple(shape.get("periods", ())),
        )


@dataclass(frozen=True)
class Recipient:
    """One line of Nơi nhận: its words, the bodies it names, a qualifier such as "báo cáo" or "lưu"."""

    raw: str
    names: tuple[str, ...]
    qualifier: str | None
    is_group: bool
    line: int
    copies: int | None = None

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        shape: Json = {
            "raw": self.raw,
            "names": list(self.names),
            "qualifier": self.qualifier,
            "is_group": self.is_group,
            "line": self.line,
        }
        if self.copies is not None:
            shape["copies"] = self.copies
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Recipient:
        """The inverse of `to_json`."""
        return cls(
            shape["raw"],
            tuple(shape["names"]),
            shape.get("qualifier"),
            shape.get("is_group", False),
            shape["line"],
            shape.get("copies"),
        )


@dataclass(frozen=True)
class Signer:
    """The signature block: TM. whom, KT./TL./TUQ. whom, position, name, and the lines it stands on."""

    on_behalf: str | None = None
    authority: str | None = None
    position: str | None = None
    name: str | None = None
    first_line: int | None = None
    last_line: int | None = None

    def to_json(self) -> Json:
        """As plan.schema.md has it."""
        shape: Json = {
            "on_behalf": self.on_behalf,
            "authority": self.authority,
            "position": self.position,
            "name": self.name,
        }
        if self.first_line is not None:
            shape["lines"] = [self.first_line, self.last_line]
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Signer:
        """The inverse of `to_json`."""
        first, last = shape.get("lines") or (None, None)
        return cls(
            shape.get("on_behalf"), shape.get("authority"), shape.get("position"), shape.get("name"), first, last
        )


@dataclass(frozen=True)
class Appendix:
    """The appendix in the same text: where it starts, its title, and the number of the plan it says it belongs to."""

    line: int
    title: str | None = None
    linked_number: int | None = None

    def to_json(self) -> Json:
        """Line, title and number."""
        return {"line": self.line, "title": self.title, "linked_number": self.linked_number}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Appendix:
        """The inverse of `to_json`."""
        return cls(shape["line"], shape.get("title"), shape.get("linked_number"))
