"""Nơi nhận against the text: who is given work or is reported to, but does not receive the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.names import body_key
from workflows.plans.normalise import plain
from workflows.plans.recipients import names_an_article

from .finding import PlanFinding

_FRONT = re.compile(r"mat tran|mttq|ubmt\w*")
_ASKED = re.compile(r"de nghi (?:uy ban )?(?:mat tran|ubmttq|mttq|ubmt)")
_UNITS = re.compile(
    r"(?:phong|ban|nganh|bo phan|cong chuc|so|van phong|to|trung tam|dai|cong an|quan su|tram|thanh tra|khoa)\b"
)
_ALL_UNITS = re.compile(
    r"(?:cac|toan the|thu truong)(?: cac)? (?:ban|nganh|phong|so|don vi|co quan|cong chuc|bo phan)\b"
)
_LOCAL = re.compile(r"(?:ubnd|uy ban nhan dan|chu tich)?\s*(?:cac )?(?:xa|phuong|thi tran|huyen|thon|dac khu)\b")
_INSIDE = re.compile(r"(?:ong|ba|dong chi|d/c|chu tich|pho chu tich|can bo|lanh dao)\b|(?:vp|van phong) ubnd")


def check_addressees(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """The Mặt trận, leading bodies and the office above, each against the list; references to an article; no archive.

    A plan without any list is a doubt of the reader (NO_RECIPIENTS) and is not asked here.
    """
    del on
    if not document.recipients:
        return
    for recipient in document.recipients:
        if names_an_article(recipient.raw):
            words = f"“{recipient.raw}”: kế hoạch không có điều khoản để dẫn, phải ghi tên từng nơi nhận."
            yield PlanFinding(recipient.line, "BY_ARTICLE", words, "error")
    if not any(recipient.qualifier == "lưu" for recipient in document.recipients):
        yield PlanFinding(document.recipients[-1].line, "NO_ARCHIVE_LINE", "Nơi nhận thiếu dòng “Lưu: VT”.")
    yield from _front(document)
    yield from _leads(document)
    yield from _above(document)


def _front(document: PlanDocument) -> Iterator[PlanFinding]:
    """The Mặt trận has work in the plan, by a task or by "Đề nghị …"."""
    named = [name for recipient in document.recipients for name in (recipient.raw, *recipient.names)]
    if any(_FRONT.search(plain(name)) for name in named):
        return
    for task in document.tasks:
        tasked = [*task.lead, *task.coop, *(name for row in task.rows for name in (*row.lead, *row.coop))]
        if any(_FRONT.search(plain(name)) for name in tasked):
            words = f"Mặt trận Tổ quốc có việc ở nhiệm vụ {task.no} nhưng không có trong Nơi nhận."
            yield PlanFinding(task.first_line, "FRONT_NOT_ADDRESSED", words, "error")
            return
    for no, line in enumerate(document.lines, 1):
        if _ASKED.search(plain(line)):
            words = "Mặt trận Tổ quốc được đề nghị phối hợp nhưng không có trong Nơi nhận."
            yield PlanFinding(no, "FRONT_NOT_ADDRESSED", words, "error")
            return


def _leads(document: PlanDocument) -> Iterator[PlanFinding]:
    """A body that leads a task is named in the list, or is one of a group that is."""
    named = [name for recipient in document.recipients for name in (recipient.raw, *recipient.names)]
    keys = {body_key(name) for name in named}
    groups = [plain(name) for name in named]
    units = any(_ALL_UNITS.search(group) for group in groups)
    places = any(_LOCAL.match(group) for group in groups)
    seen = {body_key(document.issuer.name or "")}
    for task in document.tasks:
        for name in dict.fromkeys((*task.lead, *(each for row in task.rows for each in row.lead))):
            folded, key = plain(name), body_key(name)
            if key in seen or _INSIDE.match(folded) or _FRONT.search(folded):
                continue
            seen.add(key)
            covered = (units and _UNITS.match(folded)) or (places and _LOCAL.match(folded)) or folded.startswith("cac ")
            if not covered and not any(key in other or other in key for other in keys if other):
                words = f"“{name}” chủ trì nhiệm vụ {task.no} nhưng không thấy trong Nơi nhận."
                yield PlanFinding(task.first_line, "LEAD_NOT_ADDRESSED", words)


def _above(document: PlanDocument) -> Iterator[PlanFinding]:
    """The office that is reported to by rule should have the plan."""
    keys = [body_key(name) for recipient in document.recipients for name in (recipient.raw, *recipient.names)]
    own = body_key(document.issuer.name or "")
    told: set[str] = set()
    for report in document.reports:
        key = body_key(report.addressee or "")
        if report.kind != "periodic" or not key or key in told or key in own or own.startswith(key):
            continue
        told.add(key)
        if not any(key in other or other in key for other in keys if other):
            words = f"Báo cáo gửi “{report.addressee}” nhưng nơi này không có trong Nơi nhận."
            yield PlanFinding(report.line, "REPORTED_TO_NOT_ADDRESSED", words, "note")
