"""The text of an issued plan: number, date and signature filled in; these bytes are hashed, signed and sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from workflows.letters import composed

from .broken_lines import whole_head
from .dates import date_line, format_long, format_short, parse_document_date
from .document import PlanDocument
from .normalise import clean_line, plain, split_lines
from .numbering import format_number, number_line, parse_number_line
from .tail import find_heading

_NUMBER_PLACE = re.compile(
    r"(?:Số|SỐ)\s*[:.]?\s*[\d.…_\s]*[/-]\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w&.]*(?:\s?[-/]\s?[A-ZĐ][\w&.]*){0,4}"
)
_DATE_PLACE = re.compile(
    r"ngay[\s.…_/-]*\d{0,2}[\s.…_/-]*(?:thang|/)[\s.…_/-]*\d{0,2}[\s.…_/-]*(?:nam|/)[\s.…_/-]*(?:\d{4})?"
)
_ATTACHED = re.compile(
    r"(?P<before>kem theo ke hoach "
    r"so\s*:?\s*)(?P<number>[\d.…_\s]*/\s?[a-z][\w-]*)?(?P<gap>,?\s*ngay\s*)(?P<day>[\d.…_\s/]*(?:thang[\s\d.…_]*nam[\s\d.…_]*)?)"
)


def final_text(
    text: str,
    document: PlanDocument,
    *,
    number: int,
    symbol: str,
    day: date,
    place: str,
    signature: Sequence[str],
) -> str:
    """The draft with its number and date line filled in, the appendix linked to them, and the signature block in place.

    `signature` is the block as lines (capacity.signature_block). A draft without a number line, a date line or a block
    gets them where NĐ 30 puts them. The result reads again as the same plan.
    """
    lines = [composed(line) for line in split_lines(text)]
    lines = _with_signature(lines, document, signature)
    lines = _with_appendix_link(lines, document, number, symbol, day)
    head = document.sections[0].line if document.sections else 40
    dated = _with_date([*whole_head(lines[:head]), *lines[head:]], head, place, day)
    return "\n".join(_with_number(dated, head, number, symbol))


def _with_number(lines: list[str], head: int, number: int, symbol: str) -> list[str]:
    for at, line in enumerate(lines[:head]):
        found = _NUMBER_PLACE.search(line)
        if found and parse_number_line(found.group()):
            lines[at] = line[: found.start()] + number_line(number, symbol) + line[found.end() :]
            return lines
    return [number_line(number, symbol), "", *lines]


def _with_date(lines: list[str], head: int, place: str, day: date) -> list[str]:
    for at, line in enumerate(lines[:head]):
        folded = plain(line)
        found = _DATE_PLACE.search(folded)
        if found and len(clean_line(line)) < 160 and parse_document_date(clean_line(line).rsplit("|", 1)[0]):
            lines[at] = line[: found.start()] + format_long(day) + line[found.end() :]
            return lines
    return [date_line(place, day) if place else format_long(day), "", *lines]


def _with_signature(lines: list[str], document: PlanDocument, signature: Sequence[str]) -> list[str]:
    """Replaces the block that the draft has, or sets one behind Nơi nhận, above any appendix."""
    signer = document.signer
    if signer.first_line is None or signer.last_line is None:
        last = max((recipient.line for recipient in document.recipients), default=document.end_mark or len(lines))
        return [*lines[:last], "", *signature, *lines[last:]]
    heading = find_heading(lines, document.end_mark or 1)
    beside = heading is not None and signer.first_line <= heading <= signer.last_line and bool(document.recipients)
    if not beside and not _side_by_side(document):
        return [*lines[: signer.first_line - 1], *signature, *lines[signer.last_line :]]
    places = [
        heading or signer.first_line,
        signer.first_line,
        signer.last_line,
        *(recipient.line for recipient in document.recipients),
    ]
    listed = ["Nơi nhận:", *(f"- {recipient.raw}" for recipient in document.recipients)]
    return [*lines[: min(places) - 1], *listed, "", *signature, *lines[max(places) :]]


def _side_by_side(document: PlanDocument) -> bool:
    """Whether Nơi nhận stands on the same lines as the signature: then it is written above it."""
    signer = document.signer
    first, last = signer.first_line or 0, signer.last_line or 0
    return any(first <= recipient.line <= last for recipient in document.recipients)


def _with_appendix_link(lines: list[str], document: PlanDocument, number: int, symbol: str, day: date) -> list[str]:
    """ "(Kèm theo Kế hoạch số /KH-UBND ngày / /2024 …)" gets the plan's number and date."""
    for at, line in enumerate(lines):
        found = _ATTACHED.search(plain(line)) if "èm theo" in line else None
        if found and document.appendix is not None:
            before, gap = line[: found.end("before")], line[found.start("gap") : found.end("gap")]
            tail = line[found.end() :]
            lines[at] = f"{before}{format_number(number, symbol)}{gap}{format_short(day)} {tail}".rstrip()
    return lines
