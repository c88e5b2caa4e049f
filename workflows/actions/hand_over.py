"""Bàn giao: somebody leaves, and each thing they have goes to a receiver or back to the group, in one transaction.

A person is never deleted: what they did keeps their name, and from this day on they hold nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from workflows.engine.commands import ReassignTask
from workflows.engine.coverage import stuck
from workflows.errors import Refused
from workflows.store import accounts, api_tokens, directory, links, organisation, own_marks, plans, worklist
from workflows.store.directory import Holding, Person
from workflows.store.inbox import inbox
from workflows.store.organisation import note_change
from workflows.store.worklist import TaskRow

from .absence import MOST_TASKS
from .administration import require_administrator
from .desk import Desk, Work
from .handle import handle
from .who_is_there import crew

BACK = "nhom"


@dataclass(frozen=True)
class Item:
    """One thing that somebody leaves behind; `key` names it in the form.

    `kind` is task, post, watch, lent, borrowed or token. A task, a post or the watch over a plan may go to somebody
    else. Everything may go `BACK`: a task to its group, a post to be empty, all else to its end; but a task that is
    offered to nobody else must get a receiver.
    """

    key: str
    kind: str
    name: str
    task: TaskRow | None = None
    holding: Holding | None = None
    to_receiver: bool = False
    to_group: bool = True


@dataclass(frozen=True)
class Estate:
    """Everything that has to be handed over, and who may receive something."""

    person: Person
    office_id: int
    items: tuple[Item, ...]
    receivers: tuple[Person, ...]


def estate_of(connection: Connection, person_id: int, on: date) -> Estate:
    """What this person would leave behind today; ALREADY_LEFT, NOT_HELD for somebody who is in no office."""
    someone = directory.person(connection, person_id)
    if directory.is_gone(connection, person_id, on):
        raise Refused("ALREADY_LEFT", person=someone.name, left_on=someone.left_on)
    held = directory.holdings_of_person(connection, person_id, on)
    own = directory.office_of_person(connection, person_id, on)
    office_id = own or (_office_of_first(connection, held) if held else None)
    if office_id is None:
        raise Refused("NOT_HELD", groups=[])
    tokens = api_tokens.good_tokens_of(connection, someone.name, office_id)
    items = (
        *(_task_item(task, person_id) for task in worklist.in_hands_of(connection, person_id)),
        *(Item(f"chuc_danh_{each.id}", "post", each.title, holding=each, to_receiver=True) for each in held),
        *(
            Item(f"theo_doi_{each}", "watch", plans.plan(connection, each).title, to_receiver=True)
            for each in own_marks.watched_by(connection, person_id)
        ),
        *_delegations(connection, person_id, on),
        *(Item(f"ma_{each.id}", "token", each.name) for each in tokens),
    )
    receivers = [each for each in directory.people_of_office(connection, office_id, on) if each.id != person_id]
    return Estate(someone, office_id, items, tuple(receivers))


def hand_over(desk: Desk, person_id: int, decisions: Mapping[str, str]) -> None:
    """Carry the hand-over out: `decisions` gives for each item a receiver's id or `BACK`.

    By an administrator of the person's office (NOT_YOURS), never for oneself (LEAVES_ONESELF). STILL_HELD names what
    has no receiver yet or what nobody could do afterwards; HAND_OVER_CHANGED when the list is another one by now;
    RECEIVER_NOT_FIT; EXCLUDED for a task that the receiver may not do.
    """
    if desk.by.person == str(person_id):
        raise Refused("LEAVES_ONESELF")
    with desk.open() as work:
        estate = estate_of(work.connection, person_id, work.today)
        require_administrator(work.by, estate.office_id)
        _require_decided(estate, decisions)
        groups = directory.groups_of(work.connection, person_id, work.now)
        doable = inbox(work.connection, person_id, groups, work.now, limit=MOST_TASKS).tasks
        for item in estate.items:
            _pass_on(work, estate, item, decisions[item.key])
        _shut_out(work, person_id)
        directory.leave(work.connection, person_id, work.today)
        _require_nothing_in_limbo(work, person_id, [task.id for task in doable])
        told = {"items": [{"key": item.key, "name": item.name, "to": decisions[item.key]} for item in estate.items]}
        note_change(work.connection, estate.office_id, "left", work.now, work.by.name, told, person_id=person_id)


def _office_of_first(connection: Connection, held: list[Holding]) -> int | None:
    return directory.body(connection, held[0].body_id).office_id


def _task_item(task: TaskRow, person_id: int) -> Item:
    others = [key for key in task.groups if key != directory.group(directory.PERSON, person_id)]
    return Item(f"viec_{task.id}", "task", task.name, task=task, to_receiver=True, to_group=bool(others))


def _delegations(connection: Connection, person_id: int, on: date) -> list[Item]:
    found = []
    for each in directory.delegations_of(connection, [person_id]):
        if each.revoked_at is None and each.valid_to.date() >= on:
            lent = each.from_person_id == person_id
            name = f"{each.capacity} {each.to_name if lent else each.from_name}"
            found.append(Item(f"uy_quyen_{each.id}", "lent" if lent else "borrowed", name))
    return found


def _require_decided(estate: Estate, decisions: Mapping[str, str]) -> None:
    known = {item.key: item for item in estate.items}
    if set(decisions) - set(known):
        raise Refused("HAND_OVER_CHANGED")
    open_items = [item.name for item in estate.items if not decisions.get(item.key)]
    if open_items:
        raise Refused("STILL_HELD", names=open_items)
    receivers = {str(each.id): each.name for each in estate.receivers}
    for key, decision in decisions.items():
        item = known[key]
        fits = item.to_group if decision == BACK else item.to_receiver and decision in receivers
        if not fits:
            raise Refused("RECEIVER_NOT_FIT", field=key, person=receivers.get(decision, decision[:20]), name=item.name)


def _pass_on(work: Work, estate: Estate, item: Item, decision: str) -> None:
    receiver = None if decision == BACK else decision
    number = int(item.key.rpartition("_")[2]) if item.kind != "task" else 0
    if item.task is not None:
        handle(work, item.task.case_id, ReassignTask(item.task.task_id, receiver))
        links.revoke_links(work.connection, work.now, task_id=item.task.id)
    elif item.holding is not None:
        _end(work, item.holding)
        if receiver is not None:
            _succeed(work, item.holding, int(receiver))
    elif item.kind == "watch":
        own_marks.unwatch(work.connection, number, estate.person.id)
        if receiver is not None:
            own_marks.watch(work.connection, number, int(receiver), work.now)
    elif item.kind == "token":
        api_tokens.revoke_token(work.connection, item.name, work.now)
    else:
        directory.revoke_delegation(work.connection, number, work.now, work.by.name)


def _end(work: Work, held: Holding) -> None:
    """The last day is yesterday, for today the person holds nothing any more."""
    yesterday = work.today - timedelta(days=1)
    last = max(yesterday, held.valid_from) if held.valid_from else yesterday
    directory.end_holding(work.connection, held.id, last)


def _succeed(work: Work, held: Holding, receiver: int) -> None:
    known = directory.holdings_of_person(work.connection, receiver, work.today)
    if not any(each.post_id == held.post_id for each in known):
        begins = max(work.today, held.valid_from) if held.valid_from else work.today
        directory.hold(
            work.connection, held.post_id, receiver, valid_from=begins, valid_to=held.valid_to, acting=held.acting
        )


def _shut_out(work: Work, person_id: int) -> None:
    """No session, device or link of the person opens anything from now on, and nobody signs in with the account."""
    accounts.shut_out(work.connection, person_id, work.now)
    links.revoke_links_of(work.connection, person_id, work.now)
    for away in organisation.absences_of(work.connection, [person_id], work.today):
        organisation.cancel_absence(work.connection, away.id, work.now, work.by.name)


def _require_nothing_in_limbo(work: Work, person_id: int, task_ids: list[str]) -> None:
    """What the person could do before, somebody can do now; read again, for tasks were passed on."""
    left = [task for each in task_ids if (task := worklist.task(work.connection, each)) is not None]
    keys = {key for task in left for key in task.groups} | {
        directory.group(directory.PERSON, int(task.assignee))
        for task in left
        if task.assignee is not None and task.assignee.isdecimal()
    }
    nobody = stuck(left, list(crew(work.connection, keys, person_id, work.now)))
    if nobody:
        raise Refused("STILL_HELD", names=[task.name for task in nobody])
