"""The books as rows of words: the ten columns of NĐ 30/2020 Phụ lục IV, for print and for a worksheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from service.words import books as words
from service.words.dates import day_words, local_day, time_words
from service.words.vi import NO_DUE, numbered
from workflows.plans.document_kinds import kind_name
from workflows.store.screens.incoming_book import IncomingRow
from workflows.store.screens.register import RegisterLine


def out_row(line: RegisterLine) -> tuple[str, ...]:
    """One line of the outgoing book."""
    row = line.row
    return (
        numbered(row.number, row.symbol),
        day_words(row.document_on),
        f"{kind_name(row.symbol)}: {row.title}",
        row.signer or "",
        line.addressees or row.recipients or "",
        row.archive or words.OFFICE_KEEPS,
        str(line.addressed or row.copies),
        day_words(local_day(line.first_sent)) if line.first_sent else "",
        f"{line.received}/{line.addressed}" if line.addressed else "",
        out_note(line),
    )


def out_note(line: RegisterLine) -> str:
    """Ghi chú: what the number or the document came to."""
    said = []
    if line.row.status == "given_up":
        said.append(words.GIVEN_UP.format(line.row.given_up_reason))
    elif line.row.status == "reserved":
        said.append(words.RESERVED)
    for each in line.relations:
        name = words.RELATION[each.relation]
        if each.number is not None:
            name = words.BY_DOCUMENT.format(name, numbered(each.number, each.symbol))
        said.append(f"{name}: {each.reason}")
    if line.row.note:
        said.append(line.row.note)
    return "; ".join(said)


def in_row(row: IncomingRow) -> tuple[str, ...]:
    """One line of the incoming book."""
    line = row.line
    return (
        day_words(line.arrived_on),
        f"{line.number:02d}",
        line.issuer,
        line.cited,
        day_words(line.document_on),
        line.title,
        "; ".join(filter(None, (row.lead, row.coop))),
        day_words(local_day(line.entered_at)),
        "",
        in_note(row),
    )


def in_note(row: IncomingRow) -> str:
    """Ghi chú: recalled, confirmed late, until when it is to be handled."""
    line, said = row.line, []
    if line.status == "da_thu_hoi":
        said.append(words.RECALLED)
    if line.days_late:
        said.append(words.CONFIRMED_LATE.format(line.days_late))
    if line.due_on:
        said.append(words.DUE_BY.format(day_words(line.due_on)))
    if line.note:
        said.append(line.note)
    return "; ".join(said)


def cover_of(year: int, days: Sequence[date], numbers: Sequence[int], now: datetime) -> list[str]:
    """The lines of the cover: year, first and last day, first and last number, when and how many."""
    first, last = (day_words(min(days)), day_words(max(days))) if days else (NO_DUE, NO_DUE)
    least, most = (f"{min(numbers):02d}", f"{max(numbers):02d}") if numbers else ("–", "–")
    return [
        words.YEAR.format(year),
        words.DAYS.format(first, last) if days else "",
        words.NUMBERS.format(least, most),
        words.PRINTED.format(time_words(now), len(numbers)),
    ]
