"""What the reader could not settle, as questions to the person who confirms; sentences in Vietnamese.

A doubt is about the reading: the words may mean something else, or stand where the reader did not see them. What the
plan itself says wrongly or leaves out is a finding of `checks`. Nothing is both, so that the page says each thing once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from .dates import find_dates, format_short
from .document import PlanDocument
from .document_parts import Doubt, Due
from .duties import number_in_document
from .normalise import clean_line
from .stated_kind import is_letter, is_mail
from .task import Task
from .time_shapes import Deadline
from .times import last_day

# "K? HO?CH": what a program that could not write a letter put in its place.
_LOST_LETTER = re.compile(r"(?<=[^\W\d_])[?\ufffd\u25a1](?=[^\W\d_])|\ufffd")
_SLIPS = re.compile(r"\bCông (?:thông tin điện tử|TTĐT)|\bUBNDTTQ|\bTănp\b|\bphần đầu\b|\bthông kê\b")


def find_doubts(
    document: PlanDocument, *, period_sure: bool, type_sure: bool = True, two_sign: bool = False
) -> tuple[Doubt, ...]:
    """All doubts about a reading, in the order of the text; those without a line come first."""
    doubts = [
        *_about_type(document, type_sure=type_sure),
        *_about_head(document, period_sure=period_sure),
        *_about_tasks(document),
        *_about_reports(document),
        *_about_tail(document, two_sign=two_sign),
        *_about_words(document.lines),
    ]
    return tuple(sorted(dict.fromkeys(doubts), key=lambda doubt: (doubt.line or 0, doubt.code)))


def _about_type(document: PlanDocument, *, type_sure: bool) -> Iterator[Doubt]:
    if not any(line.strip() for line in document.lines):
        return
    if is_mail(document.lines):
        yield Doubt(None, "IS_MAIL", "Đây là thư điện tử; kế hoạch có thể ở tệp đính kèm. Hãy tải tệp đó về rồi nhập.")
    if document.doc_type is None and is_letter(document.lines):
        yield Doubt(None, "NOT_A_PLAN", "Văn bản có “Kính gửi”: có vẻ là công văn, không phải kế hoạch.")
    elif document.doc_type is None:
        yield Doubt(None, "NO_DOC_TYPE", "Không thấy tên loại văn bản (KẾ HOẠCH); đây có thể không phải là kế hoạch.")
    elif document.doc_type != "KẾ HOẠCH":
        yield Doubt(None, "NOT_A_PLAN", f"Văn bản này là {document.doc_type}, không phải kế hoạch.")
    elif not type_sure:
        yield Doubt(None, "DOC_TYPE_GUESSED", "Không thấy tên loại văn bản; theo câu ban hành thì đây là kế hoạch.")


def _about_head(document: PlanDocument, *, period_sure: bool) -> Iterator[Doubt]:
    if not any(line.strip() for line in document.lines):
        yield Doubt(None, "EMPTY", "Văn bản không có chữ nào.")
        return
    if document.title is None:
        yield Doubt(None, "NO_TITLE", "Không tìm thấy trích yếu của kế hoạch.")
    if document.issuer.name is None:
        yield Doubt(None, "NO_ISSUER", "Không rõ cơ quan ban hành; hãy chọn cơ quan.")
    elif document.issuer.source not in ("header", "person"):
        yield Doubt(None, "ISSUER_FROM_TEXT", f"Không có tên cơ quan ở đầu văn bản; hiểu là {document.issuer.name}.")
    if document.number_raw is None:
        yield Doubt(None, "NO_NUMBER_LINE", "Không có dòng số, ký hiệu; số sẽ được cấp khi phát hành.")
    if document.date_raw is not None and document.date is None and document.date_partial is None:
        yield Doubt(None, "BAD_DATE", f"Ngày ban hành không có thật hoặc còn trống: “{document.date_raw}”.")
    if document.period is None:
        yield Doubt(None, "NO_PERIOD", "Không rõ kế hoạch thực hiện trong năm nào.")
    elif not period_sure:
        yield Doubt(
            None, "PERIOD_GUESSED", f"Trích yếu không ghi năm; hiểu là {document.period.first}–{document.period.last}."
        )
    if any(not section.found for section in document.sections):
        yield Doubt(None, "SECTIONS_LOST", "Các đề mục chính đã mất; các phần được suy ra từ nội dung.")


def _about_tasks(document: PlanDocument) -> Iterator[Doubt]:
    if not document.tasks:
        yield Doubt(None, "NO_TASKS", "Không tìm thấy nhiệm vụ nào có đơn vị chủ trì.")
    for task in document.tasks:
        if not task.lead and not any(row.lead for row in task.rows):
            yield Doubt(task.first_line, "NO_LEAD", f"Nhiệm vụ {number_in_document(task.no)} không ghi đơn vị chủ trì.")
        yield from _about_time(task)
    yield from _about_before(document.tasks)


def _about_before(tasks: Sequence[Task]) -> Iterator[Doubt]:
    """What "trước ngày 16/11" is taken to mean, said once for each such day."""
    said: set[date] = set()
    for task in tasks:
        rows = [(row.time, row.line) for row in task.rows] or [(task.time, task.first_line)]
        for shape, line in ((shape, line) for time, line in rows for shape in time):
            if isinstance(shape, Deadline) and shape.rel == "before" and shape.day and shape.day not in said:
                said.add(shape.day)
                last = format_short(shape.day - timedelta(days=1))
                words = f"“Trước {format_short(shape.day)}” được hiểu là hạn cuối vào ngày {last}."
                yield Doubt(line, "BEFORE_DAY", words)


def _about_time(task: Task) -> Iterator[Doubt]:
    rows = [(row.time_raw, row.time, row.line) for row in task.rows] or [(task.time_raw, task.time, task.first_line)]
    for raw, time, line in rows:
        if raw and not time:
            yield Doubt(
                line, "TIME_UNCLEAR", f"Không hiểu thời gian “{raw[:120]}” của nhiệm vụ {number_in_document(task.no)}."
            )
        elif not raw and not time and task.kind == "explicit":
            yield Doubt(
                line,
                "NO_TIME",
                f"Nhiệm vụ {number_in_document(task.no)} không ghi thời gian; hiểu là trong thời gian của kế hoạch.",
            )


def _about_reports(document: PlanDocument) -> Iterator[Doubt]:
    periodic = [report for report in document.reports if report.kind == "periodic"]
    if document.tasks and not periodic:
        yield Doubt(
            None,
            "NO_REPORT_RULE",
            "Kế hoạch không quy định báo cáo định kỳ; tạm hiểu là báo cáo năm, số liệu từ 15/12 đến 14/12.",
        )
    for report in periodic:
        if report.addressee is None:
            yield Doubt(report.line, "REPORT_TO_WHOM", "Không ghi báo cáo gửi cho ai.")
        if report.due is None or not report.due.names_day:
            yield Doubt(
                report.line, "REPORT_NO_DAY", "Không ghi ngày hạn của báo cáo; tạm tính theo NĐ 09/2019 (đến 14/12)."
            )
        elif report.due.rel == "before" and report.due.month is not None:
            words = (
                f"“Trước {report.due.day}/{report.due.month}” được hiểu là hạn cuối vào ngày {_day_before(report.due)}."
            )
            yield Doubt(report.line, "BEFORE_DAY", words)


def _day_before(due: Due) -> str:
    """The last day that is allowed ("15/11" for "trước 16/11"), of a common year where none is named."""
    last = last_day(due, due.year or 2023)
    return f"{last.day:02d}/{last.month:02d}" if last else "liền trước"


def _about_tail(document: PlanDocument, *, two_sign: bool) -> Iterator[Doubt]:
    if two_sign:
        words = f"Kế hoạch có chữ ký của hai cơ quan; ở đây chỉ trình ký và in tên {document.signer.name}."
        yield Doubt(document.signer.first_line, "TWO_SIGN", words)
    if not document.recipients:
        yield Doubt(None, "NO_RECIPIENTS", "Không tìm thấy Nơi nhận.")
    if document.signer.name is None:
        yield Doubt(document.signer.first_line, "NO_SIGNER_NAME", "Không thấy họ tên người ký.")
    if document.signer.position is None:
        yield Doubt(document.signer.first_line, "NO_SIGNER_POSITION", "Không thấy chức vụ người ký.")


def _about_words(lines: Sequence[str]) -> Iterator[Doubt]:
    broken = sum(len(_LOST_LETTER.findall(line)) for line in lines[:2000])
    if broken >= 20:
        words = (
            f"Ít nhất {broken} chữ có dấu đã mất (còn “?” hoặc ô vuông); hãy gửi tệp gốc .docx hoặc tệp lưu dạng UTF-8."
        )
        yield Doubt(None, "LETTERS_LOST", words)
    for no, line in enumerate(lines, start=1):
        slip = _SLIPS.search(line)
        if slip:
            yield Doubt(no, "SLIP", f"“{slip.group()}” có thể là lỗi nhận dạng chữ.")
        if any(day is None for _, day in find_dates(clean_line(line)[:5000])):
            yield Doubt(no, "BAD_DATE", "Dòng này có một ngày không có trong lịch.")
