"""The inbox: what a person may do, by what is in hand, what is offered to their groups and what was lent to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Select, Text, and_, cast, or_, select, union

from workflows.plans.authority import by_name

from .directory.lending import Delegation
from .keyset import behind
from .tables.plans import plans
from .tables.work_items import follow_ups
from .tables.worklist import task_groups, tasks
from .worklist import TaskRow, task_rows, tasks_called, urgency

# A list says how many there are up to here; beyond it says that there are more, and counts no further.
COUNTED = 200
_ASKED = tasks.alias("asked")
# The tasks inside which an answer is waited for.
_HOLDING_UP = select(_ASKED.c.asked_in).where(
    _ASKED.c.status == "open", _ASKED.c.blocking.is_(True), _ASKED.c.asked_in.is_not(None)
)


@dataclass(frozen=True)
class Inbox:
    """One page of a person's open tasks, and whether another follows; how many there are in all, up to `COUNTED`, and
    whether there are more than that. `first` is the place of its first task among all, from 0 (None where that is not
    counted), `before` the task behind which the page before it begins ("" for the very beginning)."""

    tasks: tuple[TaskRow, ...]
    more: bool
    total: int
    uncounted: bool
    first: int | None = 0
    before: str = ""


def inbox(
    connection: Connection,
    person_id: int | str,
    groups: Iterable[str],
    now: datetime,
    *,
    lent: Iterable[Delegation] = (),
    office_id: int | None = None,
    waiting: bool | None = None,
    form: str = "",
    words: str = "",
    until: datetime | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Inbox:
    """The open tasks that this person may do: their own, and those of their groups that nobody took; most urgent first.

    What was `lent` adds the tasks that each delegation reaches, the lender's own among them. Left out is what the
    person is excluded from (four eyes), and of what was lent also what the lender is excluded from. `waiting` chooses
    what waits for a day or an answer (True) or what does not (False); `form`, `words` (folded, of the plan's title
    or number) and `until` (due before this instant) narrow the inbox itself. With `after` the page begins behind this
    task, wherever it is now.
    """
    narrowed = narrowed_to(office_id=office_id, form=form, words=words, until=until)
    mine = _mine(str(person_id), groups, now, lent=lent, waiting=waiting, narrowed=narrowed)
    first = select(mine.c.id).order_by(*urgency(mine)).limit(max(COUNTED, limit) + 1)
    ids = connection.scalars(first).all()
    page = ids if after is None else _behind(connection, mine, ids, after, limit)
    total = min(len(ids), COUNTED)
    at = 0 if after is None else ids.index(after) + 1 if after in ids else None
    before = ids[at - limit - 1] if at is not None and at > limit else ""
    shown = tuple(tasks_called(connection, page[:limit]))
    return Inbox(shown, len(page) > limit, total, len(ids) > COUNTED, at, before)


def ids_of_inbox(
    connection: Connection,
    person_id: int,
    groups: Iterable[str],
    now: datetime,
    *,
    lent: Iterable[Delegation] = (),
    form: str = "",
    words: str = "",
    until: datetime | None = None,
) -> list[str]:
    """The ids of the first tasks of the inbox that is shown, at most `COUNTED`, most urgent first: what a page that is
    open asks for from time to time."""
    narrowed = narrowed_to(form=form, words=words, until=until)
    mine = _mine(str(person_id), groups, now, lent=lent, waiting=False, narrowed=narrowed)
    return list(connection.scalars(select(mine.c.id).order_by(*urgency(mine)).limit(COUNTED)))


def reached_by(connection: Connection, lent: Delegation) -> list[TaskRow]:
    """The open tasks that the borrower may do by this delegation, most urgent first."""
    ways = union(*(select(way.subquery().c.id) for way in _lent(str(lent.to_person_id), lent)))
    return task_rows(connection, select(tasks).where(tasks.c.id.in_(ways)).order_by(*urgency()))


def _behind(connection: Connection, mine: CTE, known: Sequence[str], after: str, limit: int) -> Sequence[str]:
    """The tasks that follow this one: among those that are known, or by its place where they do not reach so far."""
    at = known.index(after) + 1 if after in known else None
    if at is not None and (len(known) <= COUNTED or len(known) - at > limit):
        return known[at:]
    place = connection.execute(select(*urgency()).where(tasks.c.id == after)).one_or_none()
    if place is None:
        return known
    wanted = select(mine.c.id).where(behind(urgency(mine), place)).order_by(*urgency(mine)).limit(limit + 1)
    return connection.scalars(wanted).all()


def _mine(
    person: str,
    groups: Iterable[str],
    now: datetime,
    *,
    lent: Iterable[Delegation],
    waiting: bool | None,
    narrowed: Sequence[ColumnElement[bool]],
) -> CTE:
    """What orders the tasks that this person may do. Those in hand, those offered and those that each delegation
    reaches are found apart, each by its own index; what is offered by that index alone."""
    ways = [
        _in_hand(person, [person]),
        _offered({*groups, by_name(person)}, [person]),
        *(way for each in lent for way in _lent(person, each)),
    ]
    return union(*(way.where(*_chosen(way, person, now, waiting=waiting, narrowed=narrowed)) for way in ways)).cte(
        "mine"
    )


def _chosen(
    way: Select[Any], person: str, now: datetime, *, waiting: bool | None, narrowed: Sequence[ColumnElement[bool]]
) -> list[ColumnElement[bool]]:
    """What of a way is shown: what waits or what does not, and what the person narrowed the list to."""
    task_id, follow_up = way.selected_columns["id"], way.selected_columns["follow_up"]
    chosen: list[ColumnElement[bool]] = []
    if waiting is not None:
        waits = _waits(task_id, follow_up, person, now)
        chosen.append(waits if waiting else ~waits)
    if narrowed:
        chosen.append(task_id.in_(select(tasks.c.id).where(*narrowed)))
    return chosen


def _in_hand(holder: str, excluded: Iterable[str]) -> Select[Any]:
    """What orders the open tasks that the holder took, but for those that one of these people may not do."""
    columns = (tasks.c.id, tasks.c.due, tasks.c.priority, tasks.c.opened_at, tasks.c.follow_up)
    allowed = [~_excludes(each) for each in excluded]
    return select(*columns).where(
        tasks.c.assignee == holder, tasks.c.status == "open", tasks.c.kind == "user", *allowed
    )


def _offered(groups: Iterable[str], excluded: Iterable[str]) -> Select[Any]:
    """What orders the open tasks that these groups may take, but for those that one of these people may not do."""
    table = task_groups
    columns = (table.c.task_id.label("id"), table.c.due, table.c.priority, table.c.opened_at, table.c.follow_up)
    barred = select(tasks.c.id).where(tasks.c.id == table.c.task_id, or_(*(_excludes(each) for each in excluded)))
    mine = (table.c.group_key.in_(sorted(groups)), table.c.offered.is_(True))
    return select(*columns).where(*mine, ~and_(table.c.excludes.is_(True), barred.exists()))


def narrowed_to(
    *, form: str = "", words: str = "", until: datetime | None = None, office_id: int | None = None
) -> list[ColumnElement[bool]]:
    """The conditions on tasks by which a list of them is narrowed: a step, folded words of the plan, due before."""
    found: list[ColumnElement[bool]] = []
    if office_id is not None:
        found.append(tasks.c.office_id == office_id)
    if form:
        found.append(tasks.c.form == form)
    if until is not None:
        found.append(tasks.c.due < until)
    if words:
        named = select(plans.c.id).where(plans.c.fold.like(f"%{words.replace('%', '').replace('_', '')}%"))
        found.append(tasks.c.plan_id.in_(named))
    return found


def _lent(person: str, lent: Delegation) -> list[Select[Any]]:
    """What `authority.reaches` and the policy function say, as conditions on rows: what is offered, what is in hand."""
    lender = str(lent.from_person_id)
    offered, in_hand = _offered(lent.groups, [person, lender]), _in_hand(lender, [person, lender])
    if by_name(lender) not in lent.groups:
        named = select(task_groups.c.task_id).where(task_groups.c.group_key.in_(lent.groups))
        in_hand = in_hand.where(tasks.c.id.in_(named))
    limits = [
        column.in_(sorted(wanted))
        for column, wanted in (
            (tasks.c.plan_id, lent.scope.plans),
            (tasks.c.process, lent.scope.kinds),
            (tasks.c.form, lent.scope.steps),
        )
        if wanted
    ]
    if limits:
        offered = offered.where(task_groups.c.task_id.in_(select(tasks.c.id).where(*limits)))
    return [offered, in_hand.where(*limits)]


def _waits(
    task_id: ColumnElement[str], follow_up: ColumnElement[Any], person: str, now: datetime
) -> ColumnElement[bool]:
    """Put off until a later day, by the person or by the process, or waiting for what somebody was asked inside it."""
    off = select(follow_ups.c.task_id).where(follow_ups.c.person == person, follow_ups.c.until > now)
    later = and_(follow_up.is_not(None), follow_up > now)
    return or_(task_id.in_(off), later, task_id.in_(_HOLDING_UP))


def _excludes(person: str) -> ColumnElement[bool]:
    # A list of JSON strings: the quotes make 7 differ from 17, in both dialects.
    return cast(tasks.c.excluded, Text).contains(f'"{person}"', autoescape=True)
