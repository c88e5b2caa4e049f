"""What is said about duties as the rows have it at the moment of writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from workflows.actions.duties.tell_of_duties import CHANGED, ENDED, is_missed
from workflows.engine.calendar import Calendar
from workflows.errors import NotFound
from workflows.plans.cycles import period_words
from workflows.plans.duties import NO_LEAD, number_in_document
from workflows.store import duties, plans
from workflows.store.duties import Occurrence
from workflows.store.local_days import local_day
from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .due_words import day_of, full, in_words, short
from .duty_messages import DutiesFailed, DutiesMissed, DutiesUnclear, DutyNews
from .facts import plan_facts, some
from .letterhead import Writer, letterhead
from .messages import Message
from .one_line import trimmed

MOST_LINES = 15
LONGEST_LINE = 140
ALL_ALONG = "thường xuyên, không có hạn"
NONE_NAMED = "kế hoạch không nêu"


def news(book: AddressBook, occasion: Occasion) -> Writer:
    """What became of one time of the duty, and by when it is due."""
    occurrence = duties.occurrence(book.connection, int(occasion.data["occurrence_id"]))
    duty = duties.duty(book.connection, occurrence.duty_id)
    title = plan_facts(book.connection, duty.plan_id).title
    lead = some([book.known(each["body"]).name for each in duty.leads if each["body"]])
    day = occurrence.due_on
    due = ALL_ALONG if day is None else in_words(Calendar().end_of(day), book.now)
    if day is not None and occasion.kind == ENDED:
        due = full(day)
    mark, what = _deed(occasion.kind, occurrence)
    products, period = "; ".join(duty.products) or NONE_NAMED, period_words(occurrence.key)

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        return DutyNews(*head, title, duty.title, mark, what, lead, period, products, due)

    return write


def unclear(book: AddressBook, occasion: Occasion) -> Writer:
    """Each duty with the words that were not understood."""
    found = duties.unclear_duties(book.connection, _plan_id(occasion))
    lines = [_line(duty, _why(duty)) for duty in found]
    title = plan_facts(book.connection, _plan_id(occasion)).title

    def write(to: Addressee, url: str) -> Message:
        return DutiesUnclear(*letterhead(book, to, url), title, len(lines), *_some(lines))

    return write


def missed(book: AddressBook, occasion: Occasion) -> Writer:
    """Which opened that day, and when they should have."""
    day = date.fromisoformat(str(occasion.data["day"]))
    lines = [
        _line(duty, f"{period_words(each.key)} phải mở {each.opens_on:%d/%m/%Y}")
        for duty, each in _occurrences(book, occasion)
        if each.opened_at is not None and local_day(each.opened_at) == day and is_missed(each, day)
    ]
    title = plan_facts(book.connection, _plan_id(occasion)).title

    def write(to: Addressee, url: str) -> Message:
        return DutiesMissed(*letterhead(book, to, url), title, f"{day:%d/%m/%Y}", len(lines), *_some(lines))

    return write


def failed(book: AddressBook, occasion: Occasion) -> Writer:
    """Which should be open and are not."""
    lines = [
        _line(duty, f"{period_words(each.key)} phải mở {each.opens_on:%d/%m/%Y}")
        for duty, each in _occurrences(book, occasion)
        if each.opened_at is None and each.passed_over is None and each.opens_on <= day_of(book.now)
    ]
    title = plan_facts(book.connection, _plan_id(occasion)).title

    def write(to: Addressee, url: str) -> Message:
        return DutiesFailed(*letterhead(book, to, url), title, len(lines), *_some(lines))

    return write


def _deed(kind: str, occurrence: Occurrence) -> tuple[str, str]:
    due = occurrence.due_on
    if kind == ENDED:
        return ("Đã xong", "đã hoàn thành") if occurrence.done_at else ("Kết thúc", "kết thúc cùng kế hoạch")
    if kind == CHANGED:
        return (f"Đổi hạn {short(due)}" if due else "Đổi hạn", "được đổi hạn")
    return (f"Phối hợp, hạn {short(due)}" if due else "Phối hợp", "được mở")


def _why(duty: plans.Duty) -> str:
    if duty.unclear == NO_LEAD:
        return "chưa rõ đơn vị chủ trì"
    return f"chưa rõ thời hạn: “{duty.time_raw}”" if duty.time_raw else "kế hoạch không nêu thời hạn"


def _occurrences(book: AddressBook, occasion: Occasion) -> list[tuple[plans.Duty, Occurrence]]:
    known = {duty.id: duty for duty in plans.duties_of(book.connection, _plan_id(occasion))}
    return [(known[each.duty_id], each) for each in duties.occurrences_of(book.connection, known)]


def _line(duty: plans.Duty, words: str) -> str:
    return f"{number_in_document(duty.no)}. {trimmed(duty.title, LONGEST_LINE)} ({words.strip()})"


def _some(lines: Sequence[str]) -> tuple[Any, int]:
    return tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES)


def _plan_id(occasion: Occasion) -> int:
    if occasion.plan_id is None:
        raise NotFound("plan", id=None)
    return occasion.plan_id
