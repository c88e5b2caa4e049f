"""What is said about due dates that are asked for, moved or kept, and to those who are asked no more."""

from __future__ import annotations

from collections.abc import Callable

from workflows.errors import NotFound
from workflows.store import due_requests
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .audience import task_of
from .deadline_messages import AskedNoMore, DueMoved, DueRefused, DueRequested, LateOpinionCame
from .facts import PlanFacts, plan_facts, task_facts
from .letterhead import Writer, letterhead
from .messages import Message


def asked_no_more(book: AddressBook, occasion: Occasion) -> Writer:
    """The office thanks and says why."""
    plan, reason = _plan(book, occasion), str(occasion.data["reason"])

    def write(to: Addressee, url: str) -> Message:
        return AskedNoMore(*letterhead(book, to, url), plan.title, plan.unit, reason)

    return write


def late_opinion_came(book: AddressBook, occasion: Occasion) -> Writer:
    """Whose words they are."""
    plan, body = _plan(book, occasion), str(occasion.data["body"])

    def write(to: Addressee, url: str) -> Message:
        return LateOpinionCame(*letterhead(book, to, url), plan.title, body)

    return write


def due_requested(book: AddressBook, occasion: Occasion) -> Writer:
    """Who asks until when and why; the button leads to the decision."""
    facts = task_facts(book, task_of(book.connection, occasion))
    asked = due_requests.request(book.connection, int(occasion.data["request_id"]))
    wanted, by = f"{asked.wanted:%d/%m/%Y}", book.mention(asked.asked_name)

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        return DueRequested(*head, facts.title, facts.about, by, wanted, asked.reason, facts.step, facts.due)

    return write


def due_moved(book: AddressBook, occasion: Occasion) -> Writer:
    """The new day first."""
    return _of_due(book, occasion, DueMoved)


def due_refused(book: AddressBook, occasion: Occasion) -> Writer:
    """The day stays, and why."""
    return _of_due(book, occasion, DueRefused)


def _of_due(book: AddressBook, occasion: Occasion, kind: Callable[..., Message]) -> Writer:
    facts, reason = task_facts(book, task_of(book.connection, occasion)), str(occasion.data["reason"])

    def write(to: Addressee, url: str) -> Message:
        return kind(*letterhead(book, to, url), facts.title, facts.about, facts.step, facts.due, reason)

    return write


def _plan(book: AddressBook, occasion: Occasion) -> PlanFacts:
    if occasion.plan_id is None:
        raise NotFound("plan", id=None)
    return plan_facts(book.connection, occasion.plan_id)
