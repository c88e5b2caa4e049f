"""Fields of a reading as a person types them: names parted by ";", times and days in the words of the office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from workflows.errors import Refused

from .bodies import split_bodies
from .dates import real_date
from .document import PlanDocument
from .document_parts import Due, Issuer, Period, Recipient, Report
from .duties import EVERY, number_in_document
from .normalise import plain, squeeze
from .recipients import read_recipients
from .report_ends import due_from_end, words_from_end
from .task import Task, TaskRow
from .time_shapes import TimeShape
from .time_words import read_time

Words: TypeAlias = Mapping[str, str]
_PERIOD = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_DUE = re.compile(
    r"(?P<before>truoc\s+)?(?:cham nhat\s+)?(?:ngay\s+)?(?P<day>\d{1,2})(?:/(?P<month>\d{1,2}))?(?:/(?P<year>\d{4}))?"
    r"(?:\s+hang (?:nam|thang|quy))?"
)
LEAP_YEAR = 2024  # a day without a year may be 29/02
LONGEST_PERIOD = 50  # years


def head_with(document: PlanDocument, words: Words) -> PlanDocument:
    """Title, issuer, period, place and signature block."""
    issuer, signer = document.issuer, document.signer
    if "ban_hanh" in words:
        issuer = replace(issuer, name=_text(words, "ban_hanh", issuer.name), source="person")
    signer = replace(
        signer,
        on_behalf=_text(words, "thay_mat", signer.on_behalf),
        authority=_text(words, "tham_quyen", signer.authority),
        position=_text(words, "chuc_vu", signer.position),
        name=_text(words, "ho_ten", signer.name),
    )
    period = _period(words["thoi_ky"]) if "thoi_ky" in words else document.period
    title = _text(words, "trich_yeu", document.title)
    if not title:
        raise Refused("FIELD_REQUIRED", field="trich_yeu")
    return replace(
        document,
        title=title,
        issuer=issuer,
        period=period,
        place=_text(words, "dia_danh", document.place),
        signer=signer,
    )


def task_with(task: Task, words: Words, period: Period | None) -> Task:
    """Number, title, bodies, time and products of a task."""
    title = _text(words, "ten", task.title)
    if not title:
        raise Refused("FIELD_REQUIRED", field="ten")
    time_raw, time = _time(words, task.time_raw, task.time, period)
    return replace(
        task,
        no=_text(words, "so", task.no) or task.no,
        title=title,
        lead=_bodies(words, "chu_tri", task.lead),
        coop=_bodies(words, "phoi_hop", task.coop),
        lead_raw=_text(words, "chu_tri", task.lead_raw),
        coop_raw=_text(words, "phoi_hop", task.coop_raw),
        time_raw=time_raw,
        time=time,
        products=_listed(words, "san_pham", task.products),
    )


def row_with(row: TaskRow, words: Words, period: Period | None) -> TaskRow:
    """Products, bodies and time of one row of a task."""
    time_raw, time = _time(words, row.time_raw, row.time, period)
    return replace(
        row,
        text=_listed(words, "san_pham", row.text),
        lead=_bodies(words, "chu_tri", row.lead),
        coop=_bodies(words, "phoi_hop", row.coop),
        time_raw=time_raw,
        time=time,
    )


def report_with(report: Report, words: Words) -> Report:
    """Who reports to whom, through whom, by when and how often."""
    every = words.get("chu_ky", report.every or "year")
    if every not in EVERY:
        raise Refused("BAD_FIELD", field="chu_ky", value=every, allowed=list(EVERY))
    return replace(
        report,
        sender=_text(words, "ben_gui", report.sender),
        addressee=_text(words, "ben_nhan", report.addressee),
        via=_text(words, "qua", report.via),
        due=_due(words["han"]) if "han" in words else report.due,
        every=every,
        kind="periodic",
    )


def recipient_with(recipient: Recipient, words: Words, issuer: Issuer) -> Recipient:
    """A line of Nơi nhận, read as the reader reads it."""
    raw = squeeze(words.get("dong", recipient.raw)).lstrip("-–+• ")
    read = read_recipients([(recipient.line, raw)], issuer)
    if not read:
        raise Refused("FIELD_REQUIRED", field="dong")
    return read[0]


def _text(words: Words, name: str, before: str | None) -> str | None:
    return squeeze(words[name]) or None if name in words else before


def _listed(words: Words, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    if name not in words:
        return before
    return tuple(part for part in (squeeze(part) for part in re.split(r"[;\n]", words[name])) if part)


def _bodies(words: Words, name: str, before: tuple[str, ...]) -> tuple[str, ...]:
    return split_bodies(words[name]) if name in words else before


def _time(
    words: Words, raw: str | None, before: tuple[TimeShape, ...], period: Period | None
) -> tuple[str | None, tuple[TimeShape, ...]]:
    """Words about time that the reader understands; TIME_NOT_UNDERSTOOD rather than words without effect."""
    if "thoi_gian" not in words:
        return raw, before
    typed = squeeze(words["thoi_gian"])
    time = read_time(typed, period) if typed else ()
    if typed and not time:
        raise Refused("TIME_NOT_UNDERSTOOD", field="thoi_gian", value=typed)
    return typed or None, time


def _period(typed: str) -> Period:
    found = _PERIOD.fullmatch(typed.strip())
    if found is None:
        raise Refused("PERIOD_NOT_UNDERSTOOD", field="thoi_ky", value=typed)
    first, last = int(found[1]), int(found[2] or found[1])
    if not first <= last < first + LONGEST_PERIOD:
        raise Refused("PERIOD_NOT_UNDERSTOOD", field="thoi_ky", value=typed)
    return Period(first, last)


def _due(typed: str) -> Due | None:
    """ "trước 16/11", "ngày 25", "10/12/2026"; nothing typed means that no day is named."""
    if not typed.strip():
        return None
    folded = plain(squeeze(typed))
    from_end = due_from_end(folded)
    if from_end is not None:
        return from_end
    found = _DUE.fullmatch(folded)
    day, month = (int(found["day"]), int(found["month"] or 1)) if found else (0, 0)
    if found is None or real_date(LEAP_YEAR, month, day) is None:
        raise Refused("DUE_NOT_UNDERSTOOD", field="han", value=typed)
    return Due(
        int(found["month"]) if found["month"] else None,
        day,
        "before" if found["before"] else "by",
        None,
        int(found["year"]) if found["year"] else None,
    )


def shown_head(document: PlanDocument) -> Words:
    """The fields of the head as a form shows them."""
    period, signer = document.period, document.signer
    span = (
        "" if period is None else f"{period.first}-{period.last}" if period.last != period.first else str(period.first)
    )
    return {
        "trich_yeu": document.title or "",
        "ban_hanh": document.issuer.name or "",
        "thoi_ky": span,
        "dia_danh": document.place or "",
        "thay_mat": signer.on_behalf or "",
        "tham_quyen": signer.authority or "",
        "chuc_vu": signer.position or "",
        "ho_ten": signer.name or "",
    }


def shown_task(task: Task) -> Words:
    """The fields of a task as a form shows them."""
    return {
        "so": number_in_document(task.no),
        "ten": task.title,
        "chu_tri": "; ".join(task.lead),
        "phoi_hop": "; ".join(task.coop),
        "thoi_gian": task.time_raw or "",
        "san_pham": "; ".join(task.products),
    }


def shown_row(row: TaskRow) -> Words:
    """The fields of one row of a task as a form shows them."""
    return {
        "san_pham": "; ".join(row.text),
        "chu_tri": "; ".join(row.lead),
        "phoi_hop": "; ".join(row.coop),
        "thoi_gian": row.time_raw or "",
    }


def shown_report(report: Report) -> Words:
    """The fields of a report as a form shows them."""
    due = report.due
    day = "/".join(str(part) for part in (due.day, due.month, due.year) if part is not None) if due and due.day else ""
    return {
        "ben_gui": report.sender or "",
        "ben_nhan": report.addressee or "",
        "qua": report.via or "",
        "han": (words_from_end(due) if due else "") or (f"trước {day}" if due and due.rel == "before" and day else day),
        "chu_ky": report.every or "year",
    }
