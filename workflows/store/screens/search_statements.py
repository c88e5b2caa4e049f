"""The queries of the search, written once for each kind of things, each place and each form of what is looked for.

A query takes `?1` (an office, or plans of other offices as a JSON array), `?2` (how many rows at most), then the parts
one after another and, where the very marks are asked for, the ways in which case is written (`marked_ways`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Date, Integer, Text
from sqlalchemy.types import TypeEngine

from workflows.store.driver import Reading

_NUMBER = re.compile(r"\d{1,6}")
_TYPES: Final[Sequence[TypeEngine[Any]]] = [
    Integer(), Text(), Text(), Integer(), Text(), Text(), Date(), Integer(), Integer(),
]  # fmt: skip
_STATE_OF_CYCLE = (
    "CASE WHEN c.sent_at IS NOT NULL THEN 'sent' WHEN c.closed_at IS NOT NULL THEN 'closed' ELSE 'open' END"
)
_PLAN_OF_LINE = "CASE WHEN g.subject = 'plan' THEN g.subject_id END"

_IDS_OF_POSTGRES = "SELECT CAST(each AS bigint) FROM json_array_elements_text(CAST(?1 AS json)) AS t(each)"


@dataclass(frozen=True)
class _Things:
    """Where one kind of things lies: `columns` as in Hit after its kind, `folded` without marks, `marked` with them."""

    columns: str
    source: str
    id: str
    folded: str
    marked: str
    office: str = "p.office_id"
    plan: str = "p.id"
    numbered: str = ""  # the table that has a number and a symbol
    also: str = ""


_THINGS: Final[Mapping[str, _Things]] = {
    "plan": _Things(
        "p.id, p.title, p.title, p.number, p.symbol, p.status, p.issued_on, p.id, p.office_id",
        "plans p", "p.id", "p.fold", "p.title", numbered="p",
    ),
    "duty": _Things(
        "d.id, d.title, d.title, p.number, p.symbol, p.status, p.issued_on, p.id, p.office_id",
        "duties d JOIN plans p ON p.id = d.plan_id", "d.id", "d.fold", "d.title",
    ),
    "opinion": _Things(
        "o.id, o.body_name, o.text, p.number, p.symbol, o.outcome, p.issued_on, p.id, p.office_id",
        "opinions o JOIN rounds r ON r.id = o.round_id JOIN plans p ON p.id = r.plan_id", "o.id", "o.fold", "o.text",
        also=" AND o.text IS NOT NULL",
    ),
    "report": _Things(
        f"c.id, p.title, c.key, c.number, c.symbol, {_STATE_OF_CYCLE}, c.office_due, p.id, c.office_id",
        "cycles c JOIN plans p ON p.id = c.plan_id", "c.id", "p.fold", "p.title", numbered="c",
        also=" AND c.opened_at IS NOT NULL",
    ),
    "document": _Things(
        f"g.id, g.title, g.title, g.number, g.symbol, g.status, g.document_on, {_PLAN_OF_LINE}, g.office_id",
        "register g", "g.id", "g.fold", "g.title", office="g.office_id", plan="", numbered="g",
    ),
    "incoming": _Things(
        "i.id, i.title, i.cited || ' – ' || i.issuer, NULL, NULL, i.status, i.document_on, i.plan_id, i.office_id",
        "incoming i", "i.id", "i.fold", "i.title", office="i.office_id", plan="",
    ),
    "unit": _Things(
        "b.id, b.name, b.name, NULL, NULL, b.kind, b.valid_to, NULL, b.office_id",
        "bodies b", "b.id", "b.fold", "b.name", office="b.office_id", plan="",
    ),
}  # fmt: skip


def lies_in_plans(kind: str) -> bool:
    """Whether things of this kind are also seen elsewhere with their plan; the books and the directory are not."""
    return bool(_THINGS[kind].plan)


def shape_of(parts: Sequence[str]) -> str:
    """One letter a part: `n` it may be a number, `s` it may stand in the symbol of a numbered one, `w` a word."""
    numbered = any(_NUMBER.fullmatch(part) for part in parts)
    return "".join(
        "n" if _NUMBER.fullmatch(part) else "s" if numbered and part.isalpha() else "w" for part in parts
    )  # fmt: skip


def marked_ways(typed: str) -> tuple[str, str, str, str]:
    """What was typed, in the ways in which case is written; the parameters of a query that asks for the very marks."""
    return typed, typed.lower(), typed.upper(), typed[:1].upper() + typed[1:]


@lru_cache(maxsize=1024)
def counting(kind: str, shape: str, *, elsewhere: bool, sqlite: bool) -> Reading:
    """A row for each thing, in no order, to be counted."""
    things = _THINGS[kind]
    return Reading(f"SELECT 1 FROM {_of(things, shape, elsewhere, sqlite)} LIMIT ?2", [Integer()])  # noqa: S608 - our own names


@lru_cache(maxsize=1024)
def reading(
    kind: str, shape: str, *, elsewhere: bool, sqlite: bool, marked: bool = False, before: bool = False
) -> Reading:
    """The columns of a Hit, newest first; `marked`: only those with what was typed with its very marks.

    `before`: only those with a smaller id than the parameter behind the parts.
    """
    things = _THINGS[kind]
    where = _of(things, shape, elsewhere, sqlite)
    if before:
        where += f" AND {things.id} < ?{len(shape) + 3}"
    if marked:
        first = len(shape) + 3
        ways = (_contains(things.marked, at, sqlite) for at in range(first, first + 4))
        where += f" AND ({' OR '.join(ways)})"
    return Reading(f"SELECT {things.columns} FROM {where} ORDER BY {things.id} DESC LIMIT ?2", _TYPES)  # noqa: S608 - our own names


def _of(things: _Things, shape: str, elsewhere: bool, sqlite: bool) -> str:
    """The tables and the condition: every part occurs in the folded words, or is the number, or is in the symbol."""
    place = f"{things.office} = ?1"
    if elsewhere:
        ids = "SELECT value FROM json_each(?1)" if sqlite else _IDS_OF_POSTGRES
        place = f"{things.plan} IN ({ids})"
    parts = "".join(f" AND {_part(things, letter, at, sqlite)}" for at, letter in enumerate(shape, start=3))
    return f"{things.source} WHERE {place}{things.also}{parts}"


def _part(things: _Things, letter: str, at: int, sqlite: bool) -> str:
    folded = _contains(things.folded, at, sqlite)
    if letter == "n" and things.numbered:
        return f"({folded} OR {things.numbered}.number = CAST(?{at} AS integer))"
    if letter == "s" and things.numbered:
        plain = f"lower(replace(replace({things.numbered}.symbol, 'Đ', 'D'), 'đ', 'd'))"
        return f"({folded} OR {_contains(plain, at, sqlite)})"
    return folded


def _contains(column: str, at: int, sqlite: bool) -> str:
    return f"{'instr' if sqlite else 'strpos'}({column}, ?{at}) > 0"
