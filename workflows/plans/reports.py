"""Duties to report: who reports to whom, through whom, how often and by which day; periodic, on issues, information."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from .bodies import commas_inside, looks_like_body
from .document_parts import Due, Issuer, Period, Report
from .normalise import low, plain, squeeze
from .paragraphs import Paragraph
from .report_periods import goes_on, named_periods
from .report_times import dues_of, pairs_of, rhythm_of
from .sections import Part, part_at
from .sentences import ends_with_report, only_reports
from .subjects import Subject, subject_of

_REPORTS = re.compile(r"\bbao cao\b(?! vien| chinh tri)")
_TROUBLE = re.compile(r"kho khan|vuong mac|phat sinh|van de (?:gi |moi )?(?:vuong|chua|can)|bat cap")
_TELLS = re.compile(r"\b(?:phan anh|bao cao|bao (?=ve |cho |ngay )|kien nghi|thong bao|trao doi)\b(?! vien)")
_INFORMS = re.compile(
    r"(?:hang|hằng|dinh ky hang) (thang|quy|tuan|nam)\b[^.;]{0,60}\bcung cap\b[^.;]{0,120}?\b(?:cho|de|gui|ve)\s+"
)
_CHAINED = re.compile(r"\b(?:de|hoac) tong hop,? (?:trinh|bao cao(?: de xuat)?|tham muu)\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
_CLAUSE_END = re.compile(r"[.;]|\bde\b|(?<!ket )(?<!hieu )\bqua\b")
_VIA = re.compile(
    r"\(\s*(?:thong )?qua\s+(?P<inside>[^()]{2,120})\)|,?(?<!ket)(?<!hieu)\s(?:thong "
    r")?qua\s+(?P<open>[^.;,()]{2,80}?)(?=\s+(?:de|truoc|tong hop|xem xet)\b|\s*[.;,(]|$)"
)
_WHO_NEAR = re.compile(r"[,\s](?=(?:cac |don vi|co quan|thu truong|bo phan|so |phong |dia phuong|ubnd ))")
_HEADED = re.compile(r"(?:che do |cong tac )?(?:thong tin,? )?bao cao[^:.;]{0,30}:\s*")
_ORDERS = re.compile(r"(?:yeu cau|de nghi)\s+")
_PREPOSITION = re.compile(r"\b(?:ve|cho|gui|voi|toi|len|den|trinh)\s+(?=\S)")
_FILLERS = re.compile(
    r"(?:[\s,]+(?:bang van ban|kip thoi|nhanh|ngay(?! \d)|de xuat|phan anh|gui|ve|cho|voi|toi|len|den|trinh|dinh ky"
    r"|day du|truc tiep|lanh dao(?= (?:ubnd|uy ban|hdnd|dang uy)))\b)*\s*"
)
_RESULT = re.compile(r"ket qua (?:thuc hien|trien khai|tuyen truyen)|tinh hinh|theo quy dinh|cong tac")
_CLAUSE = re.compile(
    r";\s+|\.\s+(?=\S)|,?\s+và\s+(?=báo cáo\b)|,?\s+(?=để (?:tổng hợp,?\s+)?báo cáo\b)|(?<=để "
    r"tổng hợp)[,\s]+(?=báo cáo)|,\s+(?=tổng hợp,? báo cáo)"
)
_SENDS = re.compile(r"\bgui (?=ve |cho |toi |len |den )")
_AD_HOC = re.compile(
    r"\bdot xuat\b|\bkhi (?:co (?!yeu cau)|xay ra|phat sinh)|\btruong hop (?:co|phat hien|xay ra)"
    r"|\btrong vong \d+ (?:gio|phut)"
    r"|(?<!\d )\bngay (?:sau )?khi\b"
)
_ACTS = re.compile(r"(?:chu tri|phoi hop|tham muu|thuc hien|trien khai|xay dung|chiu trach nhiem|huong dan)\b")
# "UBND xã (qua Phòng Kinh tế) và Ủy ban MTTQ xã": the bracket says through whom, and the name goes on.
_THROUGH = re.compile(r"\s*\((?:thong )?qua [^()]*\)\s+va\s+(?=\S)")
_STOP = re.compile(
    r"\s*(?:\(|,|;|\.|\bde\b|\btruoc\b|\bket qua\b|(?<!ket )(?<!hieu )\bqua\b|\bthong qua\b|\bxem "
    r"xet\b|\btheo\b|\bcac kho khan\b|\btong hop\b|\bvao\b|\bhang\b|\bdinh ky\b|\bkip thoi\b"
    r"|\btinh hinh\b|\b(?:sau |ngay )?khi\b|\b\d+ thang\b|\bngay\b|\bduoc giam sat\b|\bcham nhat\b|\bchi dao\b"
    r"|\bbang van ban\b|\bgiai quyet\b|\bve\b|\btai\b|$)"
)


def read_reports(
    paragraphs: Sequence[Paragraph],
    parts: Sequence[Part],
    period: Period | None,
    issuer: Issuer,
    taken: Collection[int],
    *,
    known: Collection[str] = (),
) -> tuple[Report, ...]:
    """The reporting duties in the organisation and reporting sections, or anywhere when there is no such section."""
    roles = {part.role for part in parts}
    limited = bool(roles & {"organisation", "reporting"})
    reports: list[Report] = []
    above: str | None = None
    last_start = paragraphs[-4].first if len(paragraphs) > 4 else 0
    for paragraph in paragraphs:
        part = part_at(parts, paragraph.first)
        closing = paragraph.kind == "none" and paragraph.first >= last_start and _TROUBLE.search(paragraph.plain)
        inside = part is not None and part.role in ("organisation", "reporting", "time")
        among_tasks = part is not None and part.role == "tasks"
        beside = among_tasks and paragraph.kind != "roman" and ends_with_report(paragraph.plain)
        if (paragraph.first in taken and not beside) or (limited and not inside and not closing and not among_tasks):
            continue
        subject = subject_of(paragraph.text, known)
        if subject is not None and subject.alone:
            above = subject.words
            continue
        if paragraph.kind == "number" or (paragraph.kind == "none" and _addressed(paragraph.text)):
            above = None
        subject = subject or _behind_heading(paragraph.text)
        actor = subject.words if subject is not None else above
        told = only_reports(paragraph.plain) or ends_with_report(paragraph.plain)
        if limited and among_tasks and not (inside or closing or told):
            continue
        reports.extend(_reports_in(paragraph, actor, period, issuer))
    return tuple(reports)


def _behind_heading(text: str) -> Subject | None:
    """ "3. Chế độ báo cáo: Các đơn vị báo cáo …"."""
    headed = _HEADED.match(plain(text))
    named = subject_of(text[headed.end() :]) if headed else None
    return named if named is not None and not named.alone else None


def _addressed(text: str) -> bool:
    """A closing paragraph to everyone ("Yêu cầu các ngành …", "Trong quá trình thực hiện …")."""
    return (
        re.match(r"(?:yeu cau|de nghi|can cu|ubnd|uy ban|trong qua trinh|qua trinh|tren day|nhan duoc)", plain(text))
        is not None
    )


def _reports_in(paragraph: Paragraph, actor: str | None, period: Period | None, issuer: Issuer) -> list[Report]:
    folded = paragraph.plain
    trouble = _TROUBLE.search(folded)
    if trouble and _TELLS.search(folded, trouble.start()):
        before = _sentence_start(folded, trouble.start())
        earlier = Paragraph(paragraph.first, paragraph.last, paragraph.text[:before], paragraph.kind, paragraph.label)
        issue = _on_issue(paragraph, actor, trouble, issuer)
        return [*_periodic(earlier, actor, period), *([issue] if issue else [])]
    informs = _INFORMS.search(folded)
    if informs and looks_like_body(paragraph.text[informs.end() :]):
        addressee = _body_at(paragraph.text, informs.end())
        every = {"thang": "month", "quy": "quarter", "tuan": "week", "nam": "year"}[informs[1]]
        return [
            *_periodic(paragraph, actor, period),
            Report(actor, addressee, None, None, every, "information", paragraph.first),
        ]
    return _periodic(paragraph, actor, period)


def _sentence_start(folded: str, at: int) -> int:
    starts = [hit.end() for hit in re.finditer(r"[.;]\s+", folded[:at])]
    return starts[-1] if starts else 0


def _on_issue(paragraph: Paragraph, actor: str | None, trouble: re.Match[str], issuer: Issuer) -> Report | None:
    text, folded = paragraph.text, paragraph.plain
    tells = _TELLS.search(folded, trouble.start())
    assert tells is not None
    sender = _asked(text, folded, trouble.start(), tells.start()) or actor
    addressee = _addressee(text, tells.end())
    chained = _CHAINED.search(folded, tells.end())
    via = _via(text, tells.end())
    if chained and looks_like_body(text[chained.end() :]):
        addressee, via = _body_at(text, chained.end()), addressee or via
    return Report(sender, addressee or (issuer.name if not via else None), via, None, None, "issue", paragraph.first)


def _asked(text: str, folded: str, trouble: int, tells: int) -> str | None:
    """Who meets the trouble: named right before the verb, else by "Yêu cầu …" at the start of the paragraph."""
    near = _WHO_NEAR.search(folded, trouble, tells)
    if near:
        words = squeeze(text[near.end() : tells]).strip(" ,")
        return re.sub(r"\s*,?\s*(?:kịp thời|cần|phải|chủ động|báo cáo|,)*$", "", words) or None
    orders = _ORDERS.search(folded[:trouble])
    subject = subject_of(text[orders.start() :]) if orders else None
    return subject.words if subject else None


def _periodic(paragraph: Paragraph, actor: str | None, period: Period | None) -> list[Report]:
    found: list[Report] = []
    sender, every = actor, None
    sent: tuple[str | None, str | None] = (None, None)
    # "Các sở, ngành; UBND các xã báo cáo …": the mark inside the name of who reports parts nothing.
    whole = actor is not None and ";" in actor and paragraph.text.startswith(actor)
    listed = "nhu sau:" in paragraph.plain
    for number, (mark, clause) in enumerate(_clauses(paragraph.text[len(actor or "") if whole else 0 :])):
        folded = plain(clause)
        here = _REPORTS.search(folded)
        every_here, dues_here = rhythm_of(folded), dues_of(clause, period)
        if here is None or not _is_duty(clause, folded, here, every_here, dues_here):
            every = every_here or every
            sends = _SENDS.search(folded)
            sent = (_addressee(clause, sends.start()), _via(clause, 0)) if sends else sent
            continue
        rhythm = every_here or (every if not dues_here or mark != ";" else None)
        before = found[-1] if found else None
        named = subject_of(clause) if number else None
        if named is not None and not named.alone:
            sender = named.words
        addressee, via = _addressee(clause, here.end()), _via(clause, 0)
        if before is not None and before.addressee and mark != ";" and addressee and (named is None or named.alone):
            sender = before.addressee
        if addressee is None and before is not None and sender == before.sender:
            addressee, via = before.addressee, via or (before.via if mark != ";" or listed else None)
        if addressee is None and via is None:
            addressee, via = sent
        kind = (
            "ad-hoc"
            if _AD_HOC.search(folded) and rhythm is None and not any(due.names_day for due in dues_here)
            else "periodic"
        )
        inherited = before.due if before and before.due and before.due.text and not dues_here else None
        every = rhythm
        periods = named_periods(clause)
        for one_due, one_every in pairs_of(clause, dues_here, every, inherited):
            found.append(Report(sender, addressee, via, one_due, one_every, kind, paragraph.first, periods))
    return _told_at_the_end(found)


def _told_at_the_end(reports: list[Report]) -> list[Report]:
    """ "Báo cáo tháng trước ngày 12; báo cáo năm trước 01/11 về UBND xã": to whom is said once, behind the last."""
    told: list[Report] = []
    for report in reversed(reports):
        behind = told[-1] if told else None
        open_end = report.addressee is None and report.via is None and report.due is not None
        if open_end and behind is not None and behind.sender == report.sender and behind.addressee:
            told.append(replace(report, addressee=behind.addressee, via=behind.via))
        else:
            told.append(report)
    return told[::-1]


def _clauses(text: str) -> list[tuple[str, str]]:
    """The clauses of a paragraph, each with the mark before it: ";" and "." begin anew, "và" and "để" go on."""
    clauses, start, mark = [], 0, "."
    for found in _CLAUSE.finditer(text[:6000]):
        if goes_on(text[start : found.start()], text[found.end() :]):
            continue
        clauses.append((mark, text[start : found.start()]))
        mark, start = (found.group().strip()[:1] if found.group().strip()[:1] in (";", ".") else "&"), found.end()
    clauses.append((mark, text[start:6000]))
    return [(";" if mark == "." else mark, clause) for mark, clause in clauses if clause.strip()]


def _is_duty(clause: str, folded: str, here: re.Match[str], every: str | None, dues: Sequence[Due]) -> bool:
    """A verb with somebody who receives it, a time, or "kết quả thực hiện …"; "xây dựng báo cáo" or a title is none."""
    to = _addressee(clause, here.end())
    before = folded[: here.start()].rstrip()
    if low(clause[: here.start()]).rstrip().endswith(" nghe"):
        return False
    if before.endswith(("xay dung", "cac", "hoi nghi", "mau", "so lieu", "noi dung", "che do", "bieu mau")) and not (
        dues or to
    ):
        return False
    rest = folded[here.end() :]
    named = every is not None or bool(named_periods(clause))
    return bool(to) or bool(dues) or named or _RESULT.match(rest.strip()) is not None


def _addressee(text: str, at: int) -> str | None:
    """The body right behind the verb, or behind a "về", "cho", "gửi" of the same clause."""
    folded = _BRACKETS.sub(lambda found: " " * len(found.group()), plain(text))
    start = _FILLERS.match(folded, at)
    if start and looks_like_body(text[start.end() :]):
        return _body_at(text, start.end())
    stop = _CLAUSE_END.search(folded, at)
    for found in _PREPOSITION.finditer(folded, at, stop.start() if stop else min(len(folded), at + 200)):
        if looks_like_body(text[found.end() :]):
            return _body_at(text, found.end())
    return None


def _body_at(text: str, start: int) -> str | None:
    """The body whose name begins at `start`, up to what cannot be part of it."""
    if not looks_like_body(text[start:]):
        return None
    folded = plain(text)
    inside = commas_inside(folded)
    for stop in _STOP.finditer(folded, start + 2):
        word = text[stop.start() : stop.end()].strip()
        part_of_name = word[:1].isupper() or word == "tài"
        if part_of_name or any(first <= stop.start() < last for first, last in inside):
            continue
        words = squeeze(text[start : stop.start()])
        through = _THROUGH.match(folded, stop.start())
        if through and looks_like_body(text[through.end() :]):
            return f"{words} và {_body_at(text, through.end())}"
        if stop.group().strip() == "," and _another_body(text[stop.end() :].lstrip()):
            continue
        if stop.group().strip() == "," and re.match(
            r",\s*(?:thanh pho|thi xa|phuong|thi tran|xa|ban|nganh)\b", folded[stop.start() :].strip()
        ):
            continue
        return words.strip(" ./") or None
    return None


def _another_body(rest: str) -> bool:
    """Whether a comma stands between two bodies that are reported to, not before a body that acts."""
    if not rest[:1].isupper() or not looks_like_body(rest):
        return False
    stop = _STOP.search(plain(rest), 2)
    subject = subject_of(rest[: stop.start()] if stop else rest)
    return subject is None or subject.alone or not _ACTS.match(plain(subject.rest))


def _via(text: str, at: int) -> str | None:
    found = _VIA.search(plain(text), at)
    if not found:
        return None
    group = "inside" if found["inside"] else "open"
    words = text[found.start(group) : found.end(group)]
    words = re.split(r"\s[-–]\s(?=(?:là )?(?:cơ quan|đơn vị|bộ phận) (?:thường trực|đầu mối))", words)[0]
    return squeeze(words).strip(" .,;") if looks_like_body(words) or group == "inside" else None
