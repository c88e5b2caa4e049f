"""Tasks told in running text: "Công an xã tham mưu …", "giao Sở A chủ trì, phối hợp với Sở B, hoàn thành trong …"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from .bodies import HEAD, looks_like_body, split_bodies
from .document_parts import Issuer, Period
from .duty_verbs import first_duty
from .normalise import plain, squeeze
from .paragraphs import Paragraph
from .sections import Part, part_at
from .sentences import ends_with_report, only_reports, time_inside
from .subjects import Subject, handed_on, subject_of
from .task import Task
from .time_shapes import Deadline, TimeShape, Window
from .time_words import read_time

_WITH = re.compile(r"phoi hop(?: chat che)?(?: voi| cung)\s+")
_WITH_NAMED = re.compile(
    r"[Pp]hối hợp\s+(?=[A-ZĐ]|các (?:khu phố|thôn|tổ dân phố|phòng|đơn vị|cơ quan|ban|sở|ngành|hội|địa phương"
    r"|trường)\b)"
)
# "Công an phường chủ trì; Đoàn Thanh niên, các khu phố phối hợp."
_HELP_BEHIND = re.compile(r"chu tri[;,]\s+((?!phoi hop)[^.;:()]{3,160}?)\s+(?:cung )?phoi hop\b(?! voi| cung| chat)")
_ENDS_WITH = re.compile(
    rf"\s(?:de|trong|nham|dinh ky|thong tin(?! va)|to chuc(?! chinh))\b|:|;(?!\s*{HEAD})|\.\s|\.$|\)"
)
_LEADS_INSIDE = re.compile(
    r"(?:\bgiao(?: cho)?|\bdo|\bphan cong|\(|;|:|\.)[\s:]*(?:giao (?:cho )?|do "
    r"|phan cong |de nghi |yeu cau )?(?P<lead>[^.;:()]{3,160}?),?\s+(?:lam (?:co "
    r"quan |don vi )?)?chu tri\b|\((?:de nghi |giao )?(?P<paren>[^.;:()]{3,120}?)\s+(?:chu tri|phu trach"
    r"|chiu trach nhiem|dam nhiem|tham muu|thuc hien)\b"
)
# "3. Quản trị môi trường: giao công chức Địa chính tham mưu …".
_GIVEN = re.compile(r"[:;.,]\s+(?:giao|phan cong)(?: cho)?\s+(?=\S)")
_AFTER_LEVEL = re.compile(
    r"\b(?:tinh|huyen|thanh pho|dac khu|(?<!co )so|phuong|(?<!hop tac )xa|lien quan)\s+(?!(?:va|tinh|thuoc|tren|co|lien"
    r"|truc|cung"
    r"|cac|o|hoi|uy|phuong"
    r"|dac khu)\b)(?=[a-z])"
)
_GROUP_WORDS = re.compile(
    r"(?:cac|toan the|nhung)(?:[\s,-]+(?:va\s+)?(?:so|ban|nganh|doan the|hoi|co quan|don vi|dia phuong|to chuc"
    r"(?= chinh tri| xa hoi| doan the| dang| hoi\b|,|$)|chinh tri|xa hoi|nghe nghiep|phong|chuyen mon"
    r"|to dan pho|khu pho"
    r"|thon|ap|ban|xa|phuong|thi tran|thi xa|thanh pho|tinh|huyen|quan|dac khu|cap|truong hoc|doanh nghiep|hop tac xa"
    r"|cong chuc|vien chuc|can bo|nguoi lao dong|lien quan|co|truc thuoc|thuoc|tren dia ban|chu dau tu|trung uong"
    r"|quan chung|vien thong|giao duc|y te|cap xa|cap tinh|cong an|quan su|bien phong|chi bo|dang bo"
    r"|tram y te|to|khoi))+"
)
# "Giai đoạn 1 (từ 01/10 đến 15/10): …" gives its time to what stands below it.
_STAGE = re.compile(r"(?:giai doan|dot|buoc)\s+(?:\d|[ivx]+\b|mot|hai|ba)")
# So does a heading that is nothing but a time: "1. Tháng 3", "Quý II/2024:".
_ONLY_TIME = re.compile(r"(?:trong )?(?:thang \d{1,2}|quy (?:iv|i{1,3}|[1-4]))(?:\s*(?:/|nam )\s*20\d\d)?\s*:?$")
# "Là cơ quan thường trực …; hướng dẫn …" below a body says what that body is.
_IS_OFFICE = re.compile(r"(?:la )?(?:co quan|don vi|bo phan) (?:thuong truc|dau moi|chu tri|tham muu)\b")
_QUOTED = re.compile(r"^[“\"](?:\d{1,2}[a-zđ]?[.)]\s*)(?=\S)")
_REPORTS = re.compile(r"\bbao cao\b")
_CLAUSE = re.compile(r"(?<=[;.])\s+")
# "Không tham mưu bố trí …", "Nghiêm cấm …": what nobody may do is no task of anybody.
_FORBIDS = re.compile(r"(?:khong|nghiem cam|tuyet doi khong)\b")
# "Trong quá trình thực hiện, nếu có vướng mắc, …" is the duty to report trouble, which is read as a report.
_IN_COURSE = re.compile(
    r"(?:trong )?qua trinh (?:trien khai|to chuc)?[ ,]*(?:thuc hien|trien khai)?\b"
    r"[^.;]{0,60}\b(?:kho khan|vuong mac|phat sinh)"
)
# "Yêu cầu các phòng, đơn vị nghiêm túc thực hiện Kế hoạch này./." at the end gives nobody a duty of his own.
_CLOSES = re.compile(r"(?:ubnd \w+ |tren day la [^.]{5,300}[.;,] ?)?(?:yeu cau|de nghi)\b")


def read_narrative(
    paragraphs: Sequence[Paragraph],
    parts: Sequence[Part],
    period: Period | None,
    issuer: Issuer,
    taken: Collection[int],
    *,
    anything_else: bool,
    known: Collection[str] = (),
) -> list[Task]:
    """Obligations in task sections; in the organisation section only dated ones, or all when there is no other task."""
    tasks: list[Task] = []
    path: list[tuple[str, str]] = []
    counts: dict[str, int] = {}
    above: str | None = None
    above_label, stage = "", None
    closing = {p.first for p in paragraphs[-2:] if p.kind == "none" and _CLOSES.match(p.plain)}
    for paragraph in paragraphs:
        part = part_at(parts, paragraph.first)
        if part is None or part.role not in ("tasks", "organisation") or paragraph.first in closing:
            continue
        if paragraph.kind == "none" and _IN_COURSE.match(paragraph.plain):
            continue
        if paragraph.first in taken:
            path = _path(path, paragraph)
            continue
        if paragraph.kind == "roman":
            path, above, stage = [], None, None
            continue
        stage = time_inside(paragraph.text) if _STAGE.match(paragraph.plain) else stage
        stage = paragraph.text.strip(" :") if _ONLY_TIME.match(paragraph.plain) else stage
        path = _path(path, paragraph)
        subject = subject_of(paragraph.text, known)
        if subject is not None and subject.alone and paragraph.kind in ("number", "letter", "none"):
            above, above_label = subject.words, paragraph.label
            continue
        deeper = bool(above_label) and paragraph.label.startswith(f"{above_label}.")
        above = None if paragraph.kind == "number" and not deeper else above
        said = replace(paragraph, text=_QUOTED.sub("", paragraph.text))
        mixed = anything_else if part.role == "organisation" else ends_with_report(said.plain)
        told = _without_reports(said) if mixed else said
        task = _task(told, _lead(said.text, above, known), period, issuer)
        if task is not None and stage and not task.time_raw and not task.time:
            task = replace(task, time_raw=stage, time=read_time(stage, period))
        if task is None or (part.role == "organisation" and not _counts(told, task, anything_else=anything_else)):
            continue
        no = ".".join(label for _, label in path)
        counts[no] = counts.get(no, 0) + 1
        numbered = no if counts[no] == 1 and no else f"{no}#{counts[no]}" if no else str(counts[no])
        tasks.append(_placed(task, numbered, part.section.label))
    return tasks


def _without_reports(paragraph: Paragraph) -> Paragraph:
    """The clauses that give a duty; the days by which the others want a report are those of the report alone."""
    first, *others = _CLAUSE.split(paragraph.text)
    kept = [first, *(clause for clause in others if not _REPORTS.search(plain(clause)))]
    return replace(paragraph, text=" ".join(kept)) if len(kept) <= len(others) else paragraph


def _path(path: list[tuple[str, str]], paragraph: Paragraph) -> list[tuple[str, str]]:
    if paragraph.kind == "number":
        return [("number", paragraph.label)]
    if paragraph.kind == "letter":
        return [step for step in path if step[0] == "number"] + [("letter", paragraph.label)]
    return path


def _task(paragraph: Paragraph, lead: str | None, period: Period | None, issuer: Issuer) -> Task | None:
    text = paragraph.text
    if (
        lead is None
        or (text.endswith(":") and len(text) < 250)
        or _FORBIDS.match(paragraph.plain)
        or only_reports(paragraph.plain)
    ):
        return None
    time_raw, time = _times(text, period)
    names = tuple(_own(name, issuer) for name in split_bodies(lead))
    return Task(
        no="",
        title=_short(text),
        lead=names,
        coop=tuple(name for name in coop_inside(text) if name not in names),
        time_raw=time_raw,
        time=time,
        first_line=paragraph.first,
        last_line=paragraph.last,
        kind="narrative",
    )


def _times(text: str, period: Period | None) -> tuple[str | None, tuple[TimeShape, ...]]:
    """When a sentence says it is to be done; where several clauses name days of their own, all of them."""
    told = [(raw, read_time(raw, period)) for raw in map(time_inside, re.split(r";\s+", text)) if raw]
    dated = [(raw, shapes) for raw, shapes in told if _is_dated(shapes)]
    if len(dated) >= 2:
        return "; ".join(raw for raw, _ in dated), tuple(dict.fromkeys(one for _, shapes in dated for one in shapes))
    time_raw = time_inside(text)
    return time_raw, read_time(time_raw, period) if time_raw else ()


def _is_dated(shapes: Sequence[TimeShape]) -> bool:
    return any(isinstance(one, Deadline | Window) for one in shapes)


def _lead(text: str, above: str | None, known: Collection[str]) -> str | None:
    if above and _IS_OFFICE.match(plain(text)):
        return above
    subject = subject_of(text, known)
    if subject is not None and not subject.alone:
        own = above is not None and text.startswith("Phân công") and subject.words.islower()
        return above if own else handed_on(subject) or subject.words
    inside = _LEADS_INSIDE.search(plain(text[:4000]))
    if inside:
        group = "lead" if inside["lead"] else "paren"
        words = text[inside.start(group) : inside.end(group)]
        if looks_like_body(words):
            return words
    given = next((hit for hit in _GIVEN.finditer(plain(text[:4000])) if looks_like_body(text[hit.end() :])), None)
    named = subject_of(text[given.end() :]) if given else _behind_colon(text)
    if named is not None and not named.alone:
        return named.words
    return above if above and subject is None and len(text) > 25 else None


def _behind_colon(text: str) -> Subject | None:
    """ "3. Chuyển đổi vị trí công tác: Văn phòng tham mưu …": who acts comes behind what it is about."""
    before, colon, rest = text.partition(": ")
    return subject_of(rest) if colon and len(before) < 160 and not looks_like_body(before) else None


def coop_inside(text: str) -> tuple[str, ...]:
    """The bodies behind "phối hợp với" in a sentence."""
    folded = plain(text[:4000])
    helping = _HELP_BEHIND.search(folded)
    if helping:
        return split_bodies(text[helping.start(1) : helping.end(1)])
    found = _WITH.search(folded) or _WITH_NAMED.search(text[:4000])
    if not found:
        return ()
    ends = [hit.start() for hit in [_ENDS_WITH.search(folded, found.end())] if hit]
    ends += [at for at in [first_duty(text[:4000], found.end())] if at >= 0]
    ends += [hit.end() for hit in _AFTER_LEVEL.finditer(folded, found.end()) if text[hit.end()].islower()][:1]
    phrase = text[found.end() : min([*ends, len(text), found.end() + 200])]
    return tuple(name for name in map(_group_only, split_bodies(phrase)) if looks_like_body(name) or name[:1].isupper())


def _group_only(name: str) -> str:
    """ "các tổ dân phố" of "các tổ dân phố giải tỏa": a group without a proper name ends where its own words end."""
    folded = plain(name)
    group = None if folded.startswith("cac co so") else _GROUP_WORDS.match(folded)
    named = any(character.isupper() for character in name[3:])
    return name[: group.end()].strip() if group and not named and group.end() > len("cac xa") else name


def _counts(paragraph: Paragraph, task: Task, *, anything_else: bool) -> bool:
    """Beside other tasks only dated duties count; where there are none, all but the duties to report by a day."""
    if anything_else:
        return _dated_duty(paragraph, task)
    return not (task.time and _REPORTS.search(paragraph.plain) and "chu tri" not in paragraph.plain)


def _dated_duty(paragraph: Paragraph, task: Task) -> bool:
    """In the organisation section a duty counts as a task when somebody leads it by a day or within a span."""
    return _is_dated(task.time) and not _REPORTS.search(paragraph.plain)


def _own(name: str, issuer: Issuer) -> str:
    """ "UBND" alone is the issuing body."""
    bare = plain(name) in ("ubnd", "uy ban nhan dan")
    return f"{name} {issuer.level}" if bare and issuer.level and "dân" in (issuer.name or "") else name


def _short(text: str) -> str:
    """The first clause, at most 160 characters, cut between words."""
    words = squeeze(text)
    if len(words) <= 160:
        return words.rstrip(" .;:,")
    return words[:160].rsplit(" ", 1)[0].rstrip(" .;:,")


def _placed(task: Task, no: str, section: str) -> Task:
    return Task(
        no=no,
        title=task.title,
        lead=task.lead,
        coop=task.coop,
        time_raw=task.time_raw,
        time=task.time,
        first_line=task.first_line,
        last_line=task.last_line,
        kind="narrative",
        section=section,
    )
