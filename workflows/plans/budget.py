"""Kinh phí as the plan states it: who prepares the estimate (dự toán), who consolidates it, from which source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .bodies import looks_like_body
from .dates import real_date
from .document import PlanDocument
from .document_parts import Due
from .normalise import plain, squeeze
from .report_times import dues_of, rhythm_of
from .subjects import subject_of
from .time_shapes import Deadline, Recurring, TimeShape

Role = Literal["nguon", "lap", "tong_hop", "bo_tri"]
SOURCE: Role = "nguon"
PREPARES: Role = "lap"
CONSOLIDATES: Role = "tong_hop"
ARRANGES: Role = "bo_tri"
_LABEL = re.compile(r"^\s*(?:[-+*•–]|\d{1,2}[.)]|[a-zđ][.)])\s*")
_PREPARES = re.compile(r"\b(?:xay dung|lap|du tru)\b[^.;]{0,40}\bdu toan\b")
_TO_SUM_UP = re.compile(r"\b(?:gui|ve)\s+([^.;]{3,120}?)\s+(?:de\s+)?(?:tham dinh,?\s+)?tong hop\b")
_SUMS_UP = re.compile(r"\btong hop\b[^.;]{0,60}\b(?:du toan|kinh phi)\b")
_ARRANGES = re.compile(r"\b(?:tham muu|can doi|bo tri)\b[^.;]{0,120}\bkinh phi\b")
_TALKS_OF_IT = re.compile(r"\bkinh phi\b[^.;]{0,60}\b(?:bo tri|can doi|bao dam|dam bao|trich|su dung|huy dong|lay)\b")
_RHYTHM = re.compile(r"(?:hang|moi|dinh ky) (?:nam|quy|thang),?\s+")
_MONEY = re.compile(r"\b(?:kinh phi|ngan sach|nguon|quy)\b")
_ALL_LEADS = re.compile(r"chu tri|duoc (?:phan cong|giao)|co quan, don vi|cac (?:don vi|nganh|phong)")
LONGEST = 700


@dataclass(frozen=True)
class BudgetLine:
    """One statement: its part, who acts (None for a source), to whom it goes, by when, the words and their line."""

    role: Role
    who: str | None
    to: str | None
    due: Due | None
    every: str | None
    text: str
    line: int

    @property
    def by_all_leads(self) -> bool:
        """Whether everybody prepares it who leads a duty of the plan."""
        return self.who is not None and _ALL_LEADS.search(plain(self.who)) is not None

    @property
    def time(self) -> tuple[TimeShape, ...]:
        """When it is due as the time of a duty; () where the plan names no day."""
        due = self.due
        if due is None or due.day is None or due.month is None:
            return ()
        rel = due.rel or "by"
        if self.every == "year":
            return (Recurring("year", due=(due.month, due.day), rel=rel),)
        on = real_date(due.year, due.month, due.day) if due.year else None
        return (Deadline(on, rel) if on else Deadline(None, rel, None, (due.month, due.day)),)


def budget_of(document: PlanDocument) -> tuple[BudgetLine, ...]:
    """The statements in the order of the text: those of the part on funding, and deeds about money anywhere else."""
    funding = _funding(document)
    found = [
        line
        for number, words in _paragraphs(document, funding)
        for line in _statements(words, number, document, funding)
    ]
    return tuple(dict.fromkeys(found))


def _paragraphs(document: PlanDocument, funding: range) -> Iterator[tuple[int, str]]:
    """Each line that speaks of money, outside tables and annexes, with the heading above it where it names nobody."""
    last = document.appendix.line if document.appendix else len(document.lines) + 1
    heading = ""
    for number, raw in enumerate(document.lines[: last - 1], start=1):
        words = squeeze(_LABEL.sub("", raw))
        if not words or "\t" in raw or "|" in raw:
            continue
        folded = plain(words)
        if len(words) < 80 and not folded.endswith("."):
            heading = words if looks_like_body(words) else ""
        if number in funding or re.search(r"\b(?:kinh phi|du toan)\b", folded):
            named = _actor(words, folded) is not None
            acts = _PREPARES.search(folded) or _ARRANGES.search(folded) or _SUMS_UP.search(folded)
            yield number, words if named or not acts or not heading else f"{heading}: {words}"


def _statements(words: str, number: int, document: PlanDocument, funding: range) -> Iterator[BudgetLine]:
    folded = plain(words)
    who = _actor(words, folded)
    text = words[:LONGEST]
    due = next(iter(dues_of(words, document.period)), None)
    every = rhythm_of(folded)
    if _PREPARES.search(folded):
        yield BudgetLine(PREPARES, who, None, due, every, text, number)
        gathers = _TO_SUM_UP.search(folded)
        if gathers:
            name = squeeze(words[gathers.start(1) : gathers.end(1)])
            yield BudgetLine(CONSOLIDATES, name, None, None, every, text, number)
    elif _ARRANGES.search(folded) and who is not None:
        yield BudgetLine(ARRANGES, who, None, due, every, text, number)
    elif _SUMS_UP.search(folded) and who is not None:
        yield BudgetLine(CONSOLIDATES, who, None, due, every, text, number)
    elif _TALKS_OF_IT.search(folded) or (number in funding and _MONEY.search(folded)):
        yield BudgetLine(SOURCE, None, None, None, None, text, number)


def _actor(words: str, folded: str) -> str | None:
    """Who acts: the subject of the sentence, behind "Hằng năm,"; of an estimate else whoever stands before the verb."""
    start = _RHYTHM.match(folded)
    subject = subject_of(words[start.end() :] if start else words)
    if subject is not None and not subject.alone:
        return subject.words
    prepared = _PREPARES.search(folded)
    before = squeeze(words[: prepared.start()]).rpartition(",")[2].strip() if prepared else ""
    return before if looks_like_body(before) else None


def _funding(document: PlanDocument) -> range:
    """The lines of the part on funding."""
    for place, section in enumerate(document.sections):
        if re.search(r"\b(?:kinh phi|du toan)\b", plain(section.title)):
            following = document.sections[place + 1 :]
            return range(section.line + 1, following[0].line if following else len(document.lines) + 1)
    return range(0)
