"""One box over plans, duties, opinions, reports, documents, people and units, without marks, within one's sight.

What is typed becomes words and phrases that are looked for as they are: it is never handed to a query language of the
database. Every word must occur; a number with a symbol (`16/KH-UBND`, `16 kh ubnd`) is looked for in both columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, func, or_, select, true

from workflows.plans.names import fold
from workflows.store.directory import people_of_office
from workflows.store.tables.consultation import opinions, rounds
from workflows.store.tables.directory import bodies
from workflows.store.tables.issuing import register
from workflows.store.tables.plans import duties, plans
from workflows.store.tables.reporting import cycles

from .book_query import pattern
from .sight import Sight, may_see

KINDS: Final = ("plan", "duty", "opinion", "report", "document", "person", "unit")
MOST_COUNTED: Final = 1000  # a chip that says "hơn 1000" is as good as a number
MOST_WORDS: Final = 12
_PLAN: Final = ("ke", "hoach", "ke hoach")
_REPORT: Final = ("bao", "cao", "bao cao")
_PARTS = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: each part folded, phrases whole, and the words as they were typed, in NFC."""

    parts: tuple[str, ...]
    typed: str

    @property
    def has_marks(self) -> bool:
        """Whether what was typed says more than its folded words."""
        return fold(self.typed) != self.typed.lower()

    def without(self, kind: Collection[str]) -> Wanted:
        """The same without the words that name a kind of things, which a title of that kind need not say again."""
        return Wanted(tuple(part for part in self.parts if part not in kind), self.typed)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.parts


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `text` is where the words stand, with its marks, `state` a code of its kind."""

    kind: str
    id: int
    title: str
    text: str
    number: int | None
    symbol: str | None
    state: str
    on: date | None
    plan_id: int | None
    office_id: int | None


@dataclass(frozen=True)
class Found:
    """A page of hits, how many there are of each kind (at most MOST_COUNTED + 1), and whether more follow."""

    hits: list[Hit]
    counts: Mapping[str, int]
    more: bool


def wanted_of(typed: str) -> Wanted:
    """Words and “phrases” in what was typed; signs between words do not matter."""
    whole = unicodedata.normalize("NFC", typed)[:200]
    parts = []
    for found in _PARTS.finditer(whole):
        phrase = found[1] or found[2]
        parts += [fold(phrase)] if phrase else _words(found[3])
    return Wanted(tuple(dict.fromkeys(filter(None, parts)))[:MOST_WORDS], whole.strip().strip('"“”'))


def search(  # noqa: PLR0917 - what is looked for, by whom, where
    connection: Connection, sight: Sight, wanted: Wanted, kinds: Sequence[str], today: date, page: int, size: int
) -> Found:
    """The hits of these kinds (none named: all), those with the very marks that were typed first, newest first."""
    if wanted.is_empty:
        return Found([], dict.fromkeys(KINDS, 0), more=False)
    counts = {
        kind: sum(_count(connection, ask(sight, wanted, own)) for own in _WAYS[kind])
        for kind, (ask, _) in _ASKED.items()
    }
    counts["person"] = len(_people(connection, sight, wanted, today))
    first, last = (page - 1) * size, page * size
    hits = list(_hits(connection, sight, wanted, kinds or KINDS, today, last + 1))
    return Found(hits[first:last], counts, more=len(hits) > last)


def _hits(  # noqa: PLR0917 - what is looked for, by whom, where
    connection: Connection, sight: Sight, wanted: Wanted, kinds: Sequence[str], today: date, most: int
) -> Iterator[Hit]:
    found: list[tuple[bool, Hit]] = []
    for kind in KINDS:
        if kind not in kinds:
            continue
        if kind == "person":
            found += [(_as_typed(each.title, wanted), each) for each in _people(connection, sight, wanted, today)]
            continue
        ask, title = _ASKED[kind]
        rows: dict[int, Any] = {}
        for own in _WAYS[kind]:
            asked = ask(sight, wanted, own)
            asked = asked.order_by(asked.selected_columns.id.desc()).limit(most)
            ways = [asked.where(_has_marks(title, wanted))] if wanted.has_marks else []
            for way in (*ways, asked):  # those without the very marks come after
                rows |= {row.id: row for row in connection.execute(way)} if len(rows) < most else {}
        for row in list(rows.values())[:most]:
            hit = Hit(kind, **row._mapping)
            found.append((_as_typed(f"{hit.title} {hit.text}", wanted), hit))
    yield from (hit for _, hit in sorted(found, key=lambda pair: not pair[0])[:most])


def _count(connection: Connection, asked: Select[Any]) -> int:
    some = asked.order_by(None).limit(MOST_COUNTED + 1).subquery()
    return int(connection.scalar(select(func.count()).select_from(some)) or 0)


def _plans(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    columns = (plans.c.id, plans.c.title, plans.c.title.label("text"), plans.c.number, plans.c.symbol)
    rest = (plans.c.status.label("state"), plans.c.issued_on.label("on"), plans.c.id.label("plan_id"))
    return select(*columns, *rest, plans.c.office_id).where(
        _seen(sight, own), _all(wanted.without(_PLAN), plans.c.fold, plans.c.number, plans.c.symbol)
    )


def _duties(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    return _of_plan(duties, duties.c.title, plans.c.status).where(_seen(sight, own), _all(wanted, duties.c.fold))


def _opinions(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    columns = (opinions.c.id, opinions.c.body_name.label("title"), opinions.c.text, plans.c.number, plans.c.symbol)
    rest = (opinions.c.outcome.label("state"), plans.c.issued_on.label("on"), plans.c.id.label("plan_id"))
    joined = select(*columns, *rest, plans.c.office_id).join_from(opinions, rounds, rounds.c.id == opinions.c.round_id)
    return joined.join(plans, plans.c.id == rounds.c.plan_id).where(
        _seen(sight, own), opinions.c.text.is_not(None), _all(wanted, opinions.c.fold)
    )


def _reports(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    state = case((cycles.c.sent_at.is_not(None), "sent"), (cycles.c.closed_at.is_not(None), "closed"), else_="open")
    columns = (cycles.c.id, plans.c.title, cycles.c.key.label("text"), cycles.c.number, cycles.c.symbol)
    rest = (state.label("state"), cycles.c.office_due.label("on"), plans.c.id.label("plan_id"), cycles.c.office_id)
    return (
        select(*columns, *rest)
        .join_from(cycles, plans, plans.c.id == cycles.c.plan_id)
        .where(
            cycles.c.opened_at.is_not(None),
            _seen(sight, own),
            _all(wanted.without(_REPORT), plans.c.fold, cycles.c.number, cycles.c.symbol),
        )
    )


def _documents(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    columns = (register.c.id, register.c.title, register.c.title.label("text"), register.c.number, register.c.symbol)
    rest = (register.c.status.label("state"), register.c.document_on.label("on"))
    of_plan = case((register.c.subject == "plan", register.c.subject_id), else_=None).label("plan_id")
    return select(*columns, *rest, of_plan, register.c.office_id).where(
        _of_offices(register.c.office_id, sight) if own else false(),
        _all(wanted, register.c.fold, register.c.number, register.c.symbol),
    )


def _units(sight: Sight, wanted: Wanted, own: bool) -> Select[Any]:
    columns = (bodies.c.id, bodies.c.name.label("title"), bodies.c.name.label("text"))
    none = [_nothing(name) for name in ("number", "symbol")]
    rest = (bodies.c.kind.label("state"), bodies.c.valid_to.label("on"), _nothing("plan_id"), bodies.c.office_id)
    return select(*columns, *none, *rest).where(
        _of_offices(bodies.c.office_id, sight) if own else false(), _all(wanted, bodies.c.fold)
    )


def _people(connection: Connection, sight: Sight, wanted: Wanted, today: date) -> list[Hit]:
    """The people in a post of the own offices; they are few, and their names are folded here."""
    found = {
        each.id: Hit("person", each.id, each.name, each.name, None, None, "", None, None, office)
        for office in sorted(sight.office_ids)
        for each in people_of_office(connection, office, today)
        if all(part in fold(each.name) for part in wanted.parts)
    }
    return list(found.values())


_Ask = Callable[[Sight, Wanted, bool], Select[Any]]
_ASKED: Final[Mapping[str, tuple[_Ask, ColumnElement[Any]]]] = {
    "plan": (_plans, plans.c.title),
    "duty": (_duties, duties.c.title),
    "opinion": (_opinions, opinions.c.text),
    "report": (_reports, plans.c.title),
    "document": (_documents, register.c.title),
    "unit": (_units, bodies.c.name),
}

# What is of the own offices, and what elsewhere concerns the person; the books and the directory are only the own ones.
_WAYS: Final[Mapping[str, tuple[bool, ...]]] = {
    kind: (True,) if kind in ("document", "unit") else (True, False) for kind in KINDS
}


def _seen(sight: Sight, own: bool) -> ColumnElement[bool]:
    """What is seen of the own offices, or elsewhere: each by itself is read from one index in the order of the page."""
    if own:
        return _of_offices(plans.c.office_id, sight)
    elsewhere = replace(sight, office_ids=frozenset())
    return and_(plans.c.office_id.not_in(sight.office_ids), may_see(elsewhere))


def _of_offices(column: ColumnElement[Any], sight: Sight) -> ColumnElement[bool]:
    """Of one office in the ordinary case, which an index answers in order."""
    if len(sight.office_ids) == 1:
        return column == next(iter(sight.office_ids))
    return column.in_(sight.office_ids)


def _of_plan(table: Any, title: ColumnElement[Any], state: ColumnElement[Any]) -> Select[Any]:  # noqa: ANN401 - a table
    columns = (table.c.id, title.label("title"), title.label("text"), plans.c.number, plans.c.symbol)
    rest = (state.label("state"), plans.c.issued_on.label("on"), plans.c.id.label("plan_id"), plans.c.office_id)
    return select(*columns, *rest).join_from(table, plans, plans.c.id == table.c.plan_id)


def _nothing(name: str) -> ColumnElement[Any]:
    return func.nullif(bodies.c.id, bodies.c.id).label(name)


def _all(
    wanted: Wanted,
    folded: ColumnElement[Any],
    number: ColumnElement[Any] | None = None,
    symbol: ColumnElement[Any] | None = None,
) -> ColumnElement[bool]:
    """Every part occurs in the folded words, or is the number, or stands in the symbol (which may have marks)."""

    numbered = any(_NUMBER.fullmatch(part) for part in wanted.parts)

    def one(part: str) -> ColumnElement[bool]:
        places: list[ColumnElement[bool]] = [folded.like(pattern(part), escape="!")]
        if number is not None and _NUMBER.fullmatch(part):
            places.append(number == int(part))
        if symbol is not None and numbered and part.isalpha():
            plain = func.replace(func.replace(symbol, "Đ", "D"), "đ", "d")
            places.append(func.lower(plain).like(pattern(part), escape="!"))
        return or_(*places)

    return and_(true(), *(one(part) for part in wanted.parts))


def _has_marks(title: ColumnElement[Any], wanted: Wanted) -> ColumnElement[bool]:
    """The title has what was typed with its very marks, in one of the three ways in which case is written."""
    ways = {wanted.typed, wanted.typed.lower(), wanted.typed.upper(), wanted.typed[:1].upper() + wanted.typed[1:]}
    return or_(*(title.contains(way, autoescape=True) for way in sorted(ways)))


def _as_typed(text: str, wanted: Wanted) -> bool:
    return wanted.typed.lower() in unicodedata.normalize("NFC", text).lower()


def _words(token: str) -> list[str]:
    """`16/KH-UBND` as 16, kh, ubnd; a word without signs as itself."""
    return fold(re.sub(r"[^\w]+|_", " ", token)).split()
