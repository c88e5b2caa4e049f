"""A plan as an official document: the head is the office's, the body the plan's own text (NĐ 30/2020 Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import format_long
from .document import PlanDocument
from .header import read_head
from .letterhead import letterhead_of_issuer
from .normalise import clean_line, plain, squeeze
from .numbering import format_number, plan_symbol
from .official_document import Appendix, Block, Letterhead, OfficialDocument, Table
from .plan_blocks import blocks_between
from .read_text import end_of_body
from .sections import appendix_of
from .title_and_period import read_title

_WIDE = 6  # columns for which an appendix lies on its side


@dataclass(frozen=True)
class Issue:
    """What the register and the signature add to a draft; `signature` is the block by lines (signature_block)."""

    number: int
    symbol: str
    day: date
    place: str
    signature: Sequence[str]


def plan_paper(
    document: PlanDocument,
    letterhead: Letterhead | None = None,
    issue: Issue | None = None,
    added: Sequence[str] = (),
) -> OfficialDocument:
    """The plan as it is printed: with `issue` as it is frozen and signed, without it as a draft.

    The head is the office's (`letterhead`), or the issuer that the text names; `added` are lines of Nơi nhận that the
    text lacks, set above the line of what is kept. Reading the printed plan gives the same
    plan again.
    """
    lines = document.lines
    _, title_line = read_title(lines, read_head(lines))
    _, body_end = end_of_body(lines, title_line)
    year, month = _year_and_month(document)
    signature, signer = _signature(document, issue)
    return OfficialDocument(
        letterhead=letterhead or letterhead_of_issuer(document.issuer),
        symbol=issue.symbol if issue else document.symbol or plan_symbol(document.issuer.name or ""),
        number=issue.number if issue else document.number,
        place=issue.place if issue else document.place or "",
        day=issue.day if issue else document.date,
        type_name=document.doc_type or "KẾ HOẠCH",
        subject=document.title or "",
        body=blocks_between(document, title_line + 1, body_end),
        signature=signature,
        signer=signer,
        recipients=ended_recipients(_listed(document, added)),
        appendices=tuple(_appendices(document, body_end, issue)),
        draft=issue is None,
        year=year,
        month=month,
    )


def _listed(document: PlanDocument, added: Sequence[str]) -> list[str]:
    kept = [each.raw for each in document.recipients if each.qualifier == "lưu"]
    return [*(each.raw for each in document.recipients if each.qualifier != "lưu"), *added, *kept]


def ended_recipients(raw: Sequence[str]) -> tuple[str, ...]:
    """The lines of Nơi nhận: each ends with a semicolon, the last with a full stop (mục II.9)."""
    words = [squeeze(each).lstrip("-+•* ").rstrip(" ;.") for each in raw]
    return tuple(f"{each}{'.' if at == len(words) - 1 else ';'}" for at, each in enumerate(words) if each)


def attached_line(issue: Issue, agency: str, type_name: str = "Kế hoạch") -> str:
    """ "(Kèm theo Kế hoạch số 16/KH-UBND ngày 20 tháng 02 năm 2024 của …)"."""
    of = f" của {agency}" if agency else ""
    return f"(Kèm theo {type_name} số {format_number(issue.number, issue.symbol)} {format_long(issue.day)}{of})"


def _year_and_month(document: PlanDocument) -> tuple[int | None, int | None]:
    """What a draft's date line already says."""
    if document.date_partial is None:
        return (document.period.first if document.period else None), None
    year, _, month = document.date_partial.partition("-")
    return int(year), int(month) if month else None


def _signature(document: PlanDocument, issue: Issue | None) -> tuple[tuple[str, ...], str]:
    if issue is not None:
        lines = [line for line in issue.signature if line]
        return tuple(lines[:-1]), lines[-1] if lines else ""
    signer = document.signer
    lines = [squeeze(line) for line in (signer.on_behalf, signer.authority, signer.position) if line]
    return tuple(lines), signer.name or ""


def _appendices(document: PlanDocument, body_end: int, issue: Issue | None) -> Iterator[Appendix]:
    """Each appendix from its own line to the next; what stands in it stays as it is but for number and date."""
    starts: list[int] = []
    found = appendix_of(document.lines, body_end) if document.appendix else None
    while found:
        starts.append(found.line)
        found = appendix_of(document.lines, found.line)
    for at, start in enumerate(starts):
        last = starts[at + 1] - 1 if at + 1 < len(starts) else len(document.lines)
        yield _appendix(document, start, last, issue)


def _appendix(document: PlanDocument, start: int, last: int, issue: Issue | None) -> Appendix:
    label = squeeze(clean_line(document.lines[start - 1]).strip("| \t#:."))
    titles: list[str] = []
    attached, no = "", start + 1
    while no <= min(last, start + 8):
        words = clean_line(document.lines[no - 1]).strip("| #")
        if "\t" in document.lines[no - 1] or (not words and titles):
            break
        if words.startswith("("):
            attached, no = words, no + 1
            break
        titles += [words] if words else []
        no += 1
    if issue is not None and (attached or titles):
        of = re.search(r"của (.{3,80})\)$", attached)
        attached = attached_line(issue, of[1] if of else document.issuer.name or "")
    body = blocks_between(document, no, last, sections_after=start)
    return Appendix(" ".join(titles), attached, body, _cased(label), landscape=_is_wide(body))


def _cased(label: str) -> str:
    """ "PHỤ LỤC II" as the law writes it: "Phụ lục II"."""
    words = label.split()
    return " ".join([words[0].capitalize(), *(w.lower() if plain(w) == "luc" else w for w in words[1:])])


def _is_wide(body: Sequence[Block]) -> bool:
    return any(isinstance(block, Table) and len(block.header) >= _WIDE for block in body)
