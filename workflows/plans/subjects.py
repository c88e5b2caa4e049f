"""Who acts in a sentence: the body it begins with, up to the verb of duty, and whether it is ordered or asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from .bodies import looks_like_body
from .duty_verbs import begins_with_duty, first_duty
from .normalise import low, plain, squeeze

# With its marks, for "giáo viên" is not "giao viên".
_LEAD_IN = re.compile(r"(đề nghị|yêu cầu|giao cho|giao trách nhiệm cho|giao|phân công|kính đề nghị)\s+")
# "Trên cơ sở Kế hoạch này, …", "Căn cứ chức năng, nhiệm vụ, …": who acts comes behind.
_PREFACE = re.compile(
    r"(?:tren co so|sau khi|truoc khi|khi|truong hop|neu"
    r"|can cu(?: vao)?|theo|dinh ky|hang nam|hang quy|hang thang|de bao dam"
    r"|nham)\b[^;.:]{3,160}?,\s+(?=\S)"
)
# "3.1. Trách nhiệm của Ủy ban nhân dân xã" heads the duties of that body.
_DUTIES_OF = re.compile(r"(?:trach nhiem|nhiem vu)(?: thuc hien)?(?: cua)?:?\s+(?=\S)")
# "Công an xã đã kiểm tra 12 cơ sở" tells what was done.
_DONE = re.compile(r"\s(?:đã|vừa)(?: và đang)?$")
_HANDS_ON = re.compile(r"\s+(?:giao|phan cong)\s+(?:cho\s+)?")
_OF_BODY = re.compile(r"\bcua (?=\S)")


@dataclass(frozen=True)
class Subject:
    """The words that name who acts, what is said of them, and `request` for bodies that are asked, not ordered."""

    words: str
    rest: str
    mode: Literal["order", "request"] = "order"
    alone: bool = False


def subject_of(text: str, known: Collection[str] = ()) -> Subject | None:
    """The acting body at the start of a sentence; `alone` when the sentence is nothing but the body (a heading).

    `known` are folded names that hold a verb of duty ("Ban Hỗ trợ phụ nữ phát triển kinh tế"): they are read whole.
    """
    folded = plain(text[:600])
    lead_in = _LEAD_IN.match(low(text[:60]))
    start = lead_in.end() if lead_in else 0
    mode: Literal["order", "request"] = "request" if lead_in and "đề nghị" in lead_in[1] else "order"
    headed = _DUTIES_OF.match(folded)
    if headed and looks_like_body(text[headed.end() :]):
        named = subject_of(text[headed.end() :], known)
        return named if named is not None and named.alone else None
    if not looks_like_body(text[start:]):
        return _behind_preface(text, folded) or _after_of(text, folded)
    verb, colon = first_duty(text[:600], start + _whole_name(folded[start:], known)), folded.find(":", start)
    end = min((place for place in (verb, colon) if place >= 0), default=-1)
    if end < 0:
        whole = squeeze(text[start:]).strip(" .;:")
        return Subject(whole, "", mode, alone=True) if len(whole) <= 160 and "." not in whole[:-1] else None
    words = squeeze(text[start:end]).strip(" ,")
    rest = text[end:].lstrip(" :,")
    if not 2 <= len(words) <= 220 or _DONE.search(low(words)):
        return None
    return Subject(words, rest, mode, alone=not rest.strip(" ."))


def handed_on(subject: Subject) -> str | None:
    """In "UBND xã giao các Tổ … tăng cường" the ones who act are "các Tổ …"; None when nothing is handed on."""
    folded = plain(f" {subject.rest}")
    found = _HANDS_ON.match(folded)
    if not found or not looks_like_body(subject.rest[found.end() - 1 :]):
        return None
    inner = subject_of(subject.rest[found.end() - 1 :])
    return inner.words if inner else None


def names_with_duties(names: Iterable[str]) -> frozenset[str]:
    """Of the names that a plan gives plainly those in which a verb of duty would be found, folded."""
    return frozenset(plain(name) for name in names if first_duty(name) >= 0)


def _whole_name(folded: str, known: Collection[str]) -> int:
    return max((len(name) - 2 for name in known if folded.startswith(name)), default=0)


def _behind_preface(text: str, folded: str) -> Subject | None:
    """ "Trên cơ sở Kế hoạch này, các phòng, ban xây dựng …"."""
    if not _PREFACE.match(folded):
        return None
    for comma in re.finditer(r",\s+(?=\S)", folded[:240]):
        if looks_like_body(text[comma.end() :]):
            found = subject_of(text[comma.end() :])
            return found if found is not None and not found.alone else None
    return None


def _after_of(text: str, folded: str) -> Subject | None:
    """ "Đối với chỉ số … của UBND xã: tiếp tục thực hiện …"."""
    colon = folded.find(":")
    if not 0 < colon < 200:
        return None
    places = [found.end() for found in _OF_BODY.finditer(folded, 0, colon)]
    rest = text[colon + 1 :].strip()
    if places and looks_like_body(text[places[-1] :]) and rest and begins_with_duty(rest):
        return Subject(squeeze(text[places[-1] : colon]), rest)
    return None
