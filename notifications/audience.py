"""Who hears of an occasion: people in the posts of today, those who act for them, and bodies without accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.errors import NotFound, Refused
from workflows.store import accounts, consultation, directory, issuing, links, own_marks, plans, reporting, worklist
from workflows.store.directory import borrowers_of
from workflows.store.directory.groups import PERSON, is_group, parse_group
from workflows.store.passed_links import passed_to
from workflows.store.screens import sight
from workflows.store.telling import Occasion
from workflows.store.worklist import TaskRow

from .addressee import AddressBook, Addressee, Part
from .people_of_plans import (
    clerks,
    clerks_and_focal_unit,
    coordinators,
    drafters,
    focal_unit,
    heads_or_body,
    lead_units,
    plan_of,
    post,
)

# About an open task; once it is closed nobody is told any more.
TASK_KINDS = (
    "task_opened",
    "task_due",
    "task_late",
    "task_returned",
    "new_link",
    "task_asked",
    "task_answered",
    "task_passed",
    "due_moved",
    "due_refused",
)


def audience_of(book: AddressBook, occasion: Occasion) -> list[Addressee]:
    """The addressees of an occasion, each once, from the book of the office that writes; Refused(UNKNOWN_KIND) for a
    kind that nobody knows how to say."""
    rule = _AUDIENCES.get(occasion.kind)
    if rule is None:
        raise Refused("UNKNOWN_KIND", kind=occasion.kind)
    first: dict[tuple[int | None, int | None], Addressee] = {}
    for each in rule(book, occasion):
        first.setdefault((each.person_id, each.body_id), each)
    return list(first.values())


def office_of(connection: Connection, occasion: Occasion) -> int | None:
    """The office in whose name is written."""
    if occasion.office_id is None and occasion.plan_id is not None:
        return plans.plan(connection, occasion.plan_id).office_id
    return occasion.office_id


def task_of(connection: Connection, occasion: Occasion) -> TaskRow:
    """The task that the occasion is about, or NotFound."""
    task = worklist.task(connection, occasion.task_id) if occasion.task_id else None
    if task is None:
        raise NotFound("task", id=occasion.task_id)
    return task


def holding(book: AddressBook, task: TaskRow) -> tuple[Addressee, ...]:
    """Who has the task: its assignee, else everybody in its groups, and for a group without people the body itself."""
    if task.id not in book.having:
        book.having[task.id] = tuple(_holding(book, task))
    return book.having[task.id]


def _holding(book: AddressBook, task: TaskRow) -> Iterator[Addressee]:
    if task.assignee is not None and task.assignee.isdecimal():
        found = book.person(int(task.assignee), "holder")
        yield from [found] if found is not None else []
        yield from _borrowers(book, int(task.assignee), task, "holder")
        return
    empty: dict[int, bool] = {}
    for key in filter(is_group, task.groups):
        role, body_id = parse_group(key)
        holders = book.holders(key)
        if role != PERSON:
            empty[body_id] = empty.get(body_id, True) and not holders
        for holder in holders:
            part = _part_of(book, holder.body_id)
            if str(holder.person_id) not in task.excluded:
                yield book.holder(holder, part)
            yield from _borrowers(book, holder.person_id, task, part)
    for body_id in (body_id for body_id, is_empty in empty.items() if is_empty):
        yield book.body(body_id, _part_of(book, body_id))


def _borrowers(book: AddressBook, lender: int, task: TaskRow, part: Part) -> Iterator[Addressee]:
    """Who may do the task in this person's place; nobody where either of the two is excluded."""
    for lent in borrowers_of(book.connection, lender, book.now):
        if lent.reaches(task) and not {str(lender), str(lent.to_person_id)} & set(task.excluded):
            yield book.borrower(lent, part)


def _part_of(book: AddressBook, body_id: int) -> Part:
    return "courtesy" if book.is_outside(body_id) else "holder"


def _task_holders(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    task = task_of(book.connection, occasion)
    if task.status == "open" and task.kind == "user":
        yield from holding(book, task)


def _had(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Whoever had the task, or was offered it, before it was taken back."""
    yield from holding(book, task_of(book.connection, occasion))


def _rung(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """A level of escalation: its target in the organisation; whoever has the task hears as its holder."""
    task, target = task_of(book.connection, occasion), occasion.data["target"]
    if task.status != "open":
        return
    holders = list(holding(book, task))
    if target == "nguoi_giu" or book.office_id is None:
        yield from holders
        return
    having = {each.person_id: each for each in holders if each.person_id is not None}
    above = directory.escalation_target(
        book.connection, target, task.groups, book.office_id, book.today, assignee=task.assignee
    )
    for holder in above:
        part: Part = "courtesy" if book.is_outside(holder.body_id) else "above"
        yield having.get(holder.person_id) or book.holder(holder, part)
    if not above:
        yield from (each for each in holders if each.person_id is None)


def _who_asked(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Whoever asked, while the task that the answer is for is still open."""
    if task_of(book.connection, occasion).status == "open":
        person = str(occasion.data["person"] or "")
        yield from _named(book, int(person) if person.isdecimal() else None, None)


def _watchers(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """They read it in the house, if they may still look at the plan: a watched plan sends nobody a letter."""
    plan_id = occasion.plan_id or 0
    for person_id in own_marks.watchers_of(book.connection, plan_id):
        found = book.person(person_id, "drafter")
        if found is not None and _sees(book, person_id, plan_id, occasion.at):
            yield replace(found, address="")


def _sees(book: AddressBook, person_id: int, plan_id: int, at: datetime) -> bool:
    held = directory.posts_held(book.connection, person_id, book.today)
    groups = directory.groups_held(book.connection, held, book.today) | {directory.group(PERSON, person_id)}
    return sight.sees(book.connection, sight.sight_with_lent(book.connection, groups, person_id, at), plan_id)


def _approvers(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    for person_id in occasion.data["people"]:
        found = book.person(int(person_id), "approver")
        yield from [found] if found is not None else []


def _of_issued_plan(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    plan = plan_of(book, occasion)
    yield from drafters(book, plan)
    yield from clerks(book, plan.office_id)
    yield from lead_units(book, plan)


def _of_stopped_plan(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The drafter, the clerks, those who carry the plan out, those who were being asked about a draft, and whoever had
    a step of it before them."""
    plan = plan_of(book, occasion)
    yield from drafters(book, plan)
    yield from clerks(book, plan.office_id)
    asked = consultation.latest_round(book.connection, plan.id)
    if plan.number is not None:
        yield from lead_units(book, plan)
    elif asked is not None:
        for opinion in consultation.opinions_of(book.connection, asked.id):
            yield from heads_or_body(book, opinion.body_id, "courtesy")
    for task_id in occasion.data.get("tasks", ()):
        task = worklist.task(book.connection, task_id)
        yield from holding(book, task) if task is not None else ()


def _recipient(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The body's own address; without one its clerks, then its head."""
    recipient = issuing.recipient(book.connection, occasion.data["recipient_id"])
    if recipient.body_id is None:
        return
    found = book.body(recipient.body_id, "recipient")
    if not found.address:
        people = post(book, "van_thu", recipient.body_id) or post(book, "thu_truong", recipient.body_id)
        yield from (book.holder(holder, "recipient") for holder in people)
        if people:
            return
    yield found


def _of_report(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    cycle = reporting.cycle(book.connection, occasion.data["cycle_id"])
    parent = reporting.rule(book.connection, cycle.rule_id).parent_body_id
    yield from clerks(book, cycle.office_id)
    if parent is not None:
        above = post(book, "van_thu", parent)
        yield from (book.holder(holder, "parent") for holder in above)
        if not above:
            yield book.body(parent, "parent")


def _asker(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The person or body that asked for a new link; an opinion may be given after its task is closed, too."""
    task = task_of(book.connection, occasion)
    if task.status == "open" or task.form == "gop_y":
        yield from _named(book, occasion.data.get("person_id"), occasion.data.get("body_id"))


def _of_code(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Whom the link was made for, so that the code goes where the link went."""
    link = links.find_link(book.connection, occasion.data["token_hash"])
    if link is None or link.state(book.now) != "usable":
        return
    passed = passed_to(book.connection, link.token_hash)
    for each in _named(book, link.person_id, link.body_id):
        yield replace(each, name=passed.name, address=passed.address) if passed is not None else each


def _prover(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The person who is to prove that it is they."""
    yield from _named(book, int(occasion.data["person_id"]), None)


def _office_clerks(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    del occasion
    if book.office_id is not None:
        yield from clerks(book, book.office_id)


def _asked_body(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The body itself, or whoever heads it."""
    yield from heads_or_body(book, int(occasion.data["body_id"]), "courtesy")


def _drafters_of_plan(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    yield from drafters(book, plan_of(book, occasion))


def _deciders(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The nearest of those who may decide: the first group that somebody holds."""
    for key in occasion.data["groups"]:
        holders = book.holders(key)
        if holders:
            yield from (book.holder(holder, "head") for holder in holders)
            return


def _office_administrators(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    del occasion
    if book.office_id is not None:
        yield from (book.holder(holder, "clerk") for holder in post(book, "quan_tri", book.office_id))


def _both_sides(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Lender and borrower, but for the one whose deed it was."""
    lent = directory.delegation(book.connection, int(occasion.data["delegation"]))
    for person_id in (lent.to_person_id, lent.from_person_id):
        found = book.person(person_id, "holder")
        if found is not None and str(person_id) != occasion.data["by"]:
            yield found


def _invited(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Whoever cannot sign in yet, and has not left meanwhile."""
    person_id = int(occasion.data["person_id"])
    if accounts.account_of(book.connection, person_id) is None:
        yield from _named(book, person_id, None)


def _of_digest(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    found = book.person(int(occasion.data["person_id"]), "holder")
    yield from [found] if found is not None else []


def _named(book: AddressBook, person_id: int | None, body_id: int | None) -> Iterator[Addressee]:
    found = book.person(person_id, "asker") if person_id is not None else None
    if found is not None:
        yield found
    elif body_id is not None:
        yield book.body(body_id, "asker")


_AUDIENCES: dict[str, Callable[[AddressBook, Occasion], Iterator[Addressee]]] = {
    "duty_opened": coordinators,
    "duty_changed": coordinators,
    "duty_ended": coordinators,
    "duties_unclear": focal_unit,
    "successor_drafted": focal_unit,
    "retention_due": _office_clerks,
    "duties_missed": clerks_and_focal_unit,
    "duties_failed": clerks_and_focal_unit,
    "task_opened": _task_holders,
    "task_due": _rung,
    "task_late": _rung,
    "report_reminded": _rung,
    "task_returned": _task_holders,
    "task_asked": _task_holders,
    "task_answered": _who_asked,
    "task_passed": _task_holders,
    "task_withdrawn": _had,
    "security_changed": _prover,
    "mentioned": _approvers,
    "plan_moved": _watchers,
    "approval_voided": _approvers,
    "plan_issued": _of_issued_plan,
    "document_sent": _recipient,
    "document_changed": _recipient,
    "receipt_reminder": _recipient,
    "document_arrived": _office_clerks,
    "report_sent": _of_report,
    "plan_stopped": _of_stopped_plan,
    "asked_no_more": _asked_body,
    "late_opinion_came": _drafters_of_plan,
    "due_requested": _deciders,
    "due_moved": _task_holders,
    "due_refused": _task_holders,
    "new_link": _asker,
    "link_code": _of_code,
    "sign_code": _prover,
    "no_address": _office_clerks,
    "undelivered": _office_clerks,
    "cycle_failed": _office_clerks,
    "authority_moved": _both_sides,
    "report_gap": _office_clerks,
    "webhook_disabled": _office_administrators,
    "digest": _of_digest,
    "account_invited": _invited,
}
