"""Vào sổ văn bản đi: a document that was made outside the system takes its number, or the one reserved for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workflows.errors import Reason, Refused
from workflows.store import issuing

from .desk import Desk, Work
from .forms.filing import LONGEST_FIELD
from .outgoing_line import enter_line, require_clerk
from .reserve_number import SYMBOL

MOST_COPIES = 10_000
# What PL VI of NĐ 30/2020 lets a subject and a name be long.
LONGEST_TITLE, LONGEST_NAME = 500, 200


@dataclass(frozen=True)
class OutgoingEntry:
    """The columns of the book that văn thư fills in; `day` counts only where no number was reserved before."""

    symbol: str
    title: str
    signer: str
    day: date
    recipients: str = ""
    archive: str = ""
    copies: int = 1
    note: str = ""


def enter_document(desk: Desk, office_id: int, entry: OutgoingEntry, reserved_id: int | None = None) -> int:
    """Enter the document; the id of its line. With `reserved_id` it takes that number, and its date stays."""
    _check(entry)
    with desk.open() as work:
        require_clerk(work, office_id)
        if reserved_id is not None:
            return _use(work, office_id, entry, reserved_id)
        line, _ = enter_line(work, office_id, entry.symbol, entry.day, _columns(entry))
        return line


def enter_letter(work: Work, office_id: int, entry: OutgoingEntry) -> int:
    """The same inside the transaction of another verb, for a letter that corrects or recalls a document."""
    _check(entry)
    require_clerk(work, office_id)
    line, _ = enter_line(work, office_id, entry.symbol, entry.day, _columns(entry))
    return line


def _use(work: Work, office_id: int, entry: OutgoingEntry, reserved_id: int) -> int:
    line = issuing.register_line(work.connection, reserved_id, lock=True)
    if line.office_id != office_id:
        raise Refused("NOT_YOURS", office=line.office_id)
    if line.status != "reserved":
        raise Refused("NOT_RESERVED", number=line.number)
    issuing.change_register(work.connection, reserved_id, **_columns(entry))
    return reserved_id


def _check(entry: OutgoingEntry) -> None:
    """Everything that is wrong is told at once, in the order of the columns."""
    wrong = list(_wrong(entry))
    if wrong:
        raise Refused.because(wrong)


def _wrong(entry: OutgoingEntry) -> Iterator[Reason]:
    if SYMBOL.fullmatch(entry.symbol) is None:
        yield Reason("BAD_FIELD", {"field": "ky_hieu", "value": entry.symbol[:40]})
    limits = {
        "trich_yeu": (entry.title, LONGEST_TITLE, True),
        "nguoi_ky": (entry.signer, LONGEST_NAME, True),
        "noi_nhan": (entry.recipients, LONGEST_FIELD, False),
        "luu": (entry.archive, LONGEST_NAME, False),
        "ghi_chu": (entry.note, LONGEST_FIELD, False),
    }
    for field, (text, most, required) in limits.items():
        if required and not text.strip():
            yield Reason("FIELD_REQUIRED", {"field": field})
        if len(text) > most:
            yield Reason("TOO_LONG", {"field": field, "most": most})
    if not 1 <= entry.copies <= MOST_COPIES:
        yield Reason("BAD_FIELD", {"field": "so_ban", "value": str(entry.copies)[:40]})


def _columns(entry: OutgoingEntry) -> dict[str, object]:
    return {
        "title": entry.title.strip(),
        "signer": entry.signer.strip(),
        "recipients": entry.recipients.strip() or None,
        "archive": entry.archive.strip() or None,
        "copies": entry.copies,
        "note": entry.note.strip() or None,
        "status": "issued",
    }
