"""Who belongs to a plan: its drafters, the clerks of its office, the units that lead and help."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.errors import NotFound
from workflows.store import directory, duties, plans, worklist
from workflows.store.directory import Holder, group
from workflows.store.plans import Plan
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee, Part


def coordinators(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The heads of the bodies that help with the duty, or the bodies themselves; never one that leads it."""
    duty = duties.duty(book.connection, duties.occurrence(book.connection, occasion.data["occurrence_id"]).duty_id)
    leads = {each["body"] for each in duty.leads}
    helping = list(dict.fromkeys(each["body"] for each in duty.coop if each["body"] not in {*leads, None}))
    book.know(helping)
    for body_id in helping:
        yield from heads_or_body(book, body_id, "courtesy" if book.is_outside(body_id) else "head")


def focal_unit(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """The head of the unit that drafted the plan, and whoever drafted it."""
    plan = plan_of(book, occasion)
    yield from (book.holder(holder, "head") for holder in post(book, "thu_truong", plan.drafting_unit_id))
    yield from drafters(book, plan)


def clerks_and_focal_unit(book: AddressBook, occasion: Occasion) -> Iterator[Addressee]:
    """Both."""
    yield from clerks(book, plan_of(book, occasion).office_id)
    yield from focal_unit(book, occasion)


def drafters(book: AddressBook, plan: Plan) -> Iterator[Addressee]:
    """Who drafted it last, else the head of the drafting unit."""
    tasks = worklist.tasks_of_case(book.connection, plan.case_id) if plan.case_id is not None else []
    drafted = [task.closed_by for task in tasks if task.form == "soan_thao" and task.closed_by]
    found = book.person(int(drafted[-1]), "drafter") if drafted and drafted[-1].isdecimal() else None
    if found is not None:
        yield found
    else:
        yield from (book.holder(holder, "drafter") for holder in post(book, "thu_truong", plan.drafting_unit_id))


def clerks(book: AddressBook, office_id: int) -> Iterator[Addressee]:
    """Văn thư, or whoever is head where the office has none."""
    people = post(book, "van_thu", office_id) or post(book, "thu_truong", office_id)
    yield from (book.holder(holder, "clerk") for holder in people)


def lead_units(book: AddressBook, plan: Plan) -> Iterator[Addressee]:
    """The heads of the units of this office that lead a duty; other bodies receive the document itself."""
    leads = [lead.get("body") for duty in plans.duties_of(book.connection, plan.id) for lead in duty.leads]
    for body_id in dict.fromkeys(body_id for body_id in leads if body_id is not None):
        for body in directory.expand_group(book.connection, body_id, book.today):
            if not book.is_outside(body.id):
                yield from heads_or_body(book, body.id, "head")


def heads_or_body(book: AddressBook, body_id: int, part: Part) -> Iterator[Addressee]:
    """Who heads the body today, else the body itself."""
    heads = post(book, "thu_truong", body_id)
    yield from (book.holder(holder, part) for holder in heads)
    if not heads:
        yield book.body(body_id, part)


def post(book: AddressBook, role: str, body_id: int) -> list[Holder]:
    """Whoever holds this role in the body today."""
    return book.holders(group(role, body_id))


def plan_of(book: AddressBook, occasion: Occasion) -> Plan:
    """The plan that the occasion is about, or NotFound."""
    if occasion.plan_id is None:
        raise NotFound("plan", id=None)
    return plans.plan(book.connection, occasion.plan_id)
