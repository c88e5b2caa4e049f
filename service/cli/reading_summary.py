"""A reading of a plan as lines for the terminal: head, tasks, reports, recipients, signer, doubts last."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.plans.document import PlanDocument, Report
from workflows.plans.duties import Duty, duties_of, number_in_document
from workflows.plans.report_ends import words_from_end

_UNKNOWN = "(không rõ)"
_EVERY = {"year": "hằng năm", "half": "6 tháng", "quarter": "hằng quý", "month": "hằng tháng", "week": "hằng tuần"}
_KINDS = {"periodic": "định kỳ", "issue": "khi vướng mắc", "information": "cung cấp thông tin"}


def summary(document: PlanDocument) -> Iterator[str]:
    """The lines, in the order in which a person checks a plan."""
    yield f"{document.doc_type or 'VĂN BẢN'}: {document.title or _UNKNOWN}"
    yield f"Cơ quan ban hành: {document.issuer.name or _UNKNOWN}"
    yield f"Số, ký hiệu: {document.number_raw or _UNKNOWN} · Ngày: {document.date_raw or _UNKNOWN}"
    period = document.period
    yield f"Thời kỳ: {f'{period.first}–{period.last}' if period else _UNKNOWN}"
    yield from _headed(
        "Căn cứ", [f"{one.type or ''} {one.number or one.text or ''}".strip() for one in document.legal_bases_block]
    )
    yield from _headed("Nhiệm vụ", [_duty(duty) for duty in duties_of(document)], len(document.tasks))
    yield from _headed("Báo cáo", [_report(report) for report in document.reports])
    recipients = [f"{one.raw} → {'; '.join(one.names)}" for one in document.recipients]
    yield from _headed("Nơi nhận", recipients)
    signer = document.signer
    block = (signer.on_behalf, signer.authority, signer.position, signer.name)
    yield f"Người ký: {' / '.join(part for part in block if part) or _UNKNOWN}"
    yield from _headed(
        "Chưa chắc, cần xem lại",
        [f"{f'dòng {one.line}: ' if one.line else ''}{one.message}" for one in document.doubts],
    )


def _headed(title: str, lines: list[str], count: int | None = None) -> Iterator[str]:
    yield ""
    yield f"{title} ({len(lines) if count is None else count})"
    yield from (f"  - {line}" for line in lines)


def _duty(duty: Duty) -> str:
    helped = f" · phối hợp: {'; '.join(duty.coop)}" if duty.coop else ""
    when = f" · thời gian: {duty.time_raw}" if duty.time_raw else ""
    leads = "; ".join(duty.leads) or _UNKNOWN
    return f"[{number_in_document(duty.no)}] {duty.title[:140]} · chủ trì: {leads}{helped}{when} (dòng {duty.line})"


def _report(report: Report) -> str:
    due = report.due
    day = (
        f", {'trước' if due.rel == 'before' else 'ngày'} {due.day}{f'/{due.month}' if due.month else ''}"
        if due and due.day
        else ""
    )
    from_end = words_from_end(due) if due else ""
    day = f", {from_end}" if from_end else day
    words = f", {due.text}" if due and due.text else ""
    via = f" (qua {report.via})" if report.via else ""
    rhythm = f" {_EVERY[report.every]}" if report.every in _EVERY else ""
    kind = _KINDS.get(report.kind, report.kind)
    sides = f"{report.sender or _UNKNOWN} → {report.addressee or _UNKNOWN}{via}"
    return f"{sides}: {kind}{rhythm}{day}{words} (dòng {report.line})"
