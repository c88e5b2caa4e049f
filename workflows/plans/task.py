"""A task of a plan: what, who leads, who helps, when, with what result; a row a product where a table has several."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .time_shapes import Json, TimeShape, times_from_json, times_to_json

_NEXT_PRODUCT = re.compile(r"\s*;\s*(?=[^\W\d_]|\d)")


def split_products(words: str) -> tuple[str, ...]:
    """ "Đề án; Danh mục đầu tư" are two products; one that goes on in small letters behind a semicolon is one."""
    pieces = [piece.strip(" .;-") for piece in _NEXT_PRODUCT.split(words)]
    whole = any(piece[:1].islower() for piece in pieces[1:])
    return (words.strip(" ;"),) if whole else tuple(piece for piece in pieces if piece)


@dataclass(frozen=True)
class TaskRow:
    """One row of a task in a table: its products, its own bodies and time."""

    text: tuple[str, ...]
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    time_raw: str | None = None
    time: tuple[TimeShape, ...] = ()
    line: int = 0
    budget_raw: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """As plan.schema.md has `rows`."""
        return {
            "text": list(self.text),
            "lead": list(self.lead),
            "coop": list(self.coop),
            "time_raw": self.time_raw,
            "time": times_to_json(self.time),
            "line": self.line,
            "budget_raw": list(self.budget_raw),
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> TaskRow:
        """The inverse of `to_json`."""
        return cls(
            tuple(shape.get("text", ())),
            tuple(shape.get("lead", ())),
            tuple(shape.get("coop", ())),
            shape.get("time_raw"),
            times_from_json(shape.get("time")),
            shape.get("line", 0),
            tuple(shape.get("budget_raw") or ()),
        )


@dataclass(frozen=True)
class Task:
    """One task; `kind` is explicit (its own lead line or table row) or narrative (running text that names who acts)."""

    no: str
    title: str
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()
    lead_raw: str | None = None
    coop_raw: str | None = None
    time_raw: str | None = None
    time: tuple[TimeShape, ...] = ()
    products: tuple[str, ...] = ()
    budget_raw: str | None = None
    first_line: int = 0
    last_line: int = 0
    kind: Literal["explicit", "narrative"] = "explicit"
    section: str | None = None
    criterion: str | None = None
    group: str | None = None
    solutions: tuple[str, ...] = ()
    rows: tuple[TaskRow, ...] = ()

    def to_json(self) -> Json:
        """As plan.schema.md has it; criterion, group, solutions and rows only where there are any."""
        shape: Json = {
            "no": self.no,
            "title": self.title,
            "lead": list(self.lead),
            "coop": list(self.coop),
            "lead_raw": self.lead_raw,
            "coop_raw": self.coop_raw,
            "time_raw": self.time_raw,
            "time": times_to_json(self.time),
            "products": list(self.products),
            "budget_raw": self.budget_raw,
            "lines": [self.first_line, self.last_line],
            "kind": self.kind,
            "section": self.section,
        }
        extra = {"criterion": self.criterion, "group": self.group, "solutions": list(self.solutions)}
        shape.update({key: value for key, value in extra.items() if value})
        if self.rows:
            shape["rows"] = [row.to_json() for row in self.rows]
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Task:
        """The inverse of `to_json`."""
        first, last = shape.get("lines", (0, 0))
        return cls(
            shape["no"],
            shape["title"],
            tuple(shape.get("lead", ())),
            tuple(shape.get("coop", ())),
            shape.get("lead_raw"),
            shape.get("coop_raw"),
            shape.get("time_raw"),
            times_from_json(shape.get("time")),
            tuple(shape.get("products", ())),
            shape.get("budget_raw"),
            first,
            last,
            shape.get("kind", "explicit"),
            shape.get("section"),
            shape.get("criterion"),
            shape.get("group"),
            tuple(shape.get("solutions", ())),
            tuple(TaskRow.from_json(row) for row in shape.get("rows", ())),
        )
