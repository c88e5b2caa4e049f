"""What the search page calls the kinds of things, where words were found, and the words set off in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from workflows.letters import composed
from workflows.plans.written_words import countable, spans_of

from . import books, file_words, vi

KIND: Mapping[str, str] = {
    "plan": "Kế hoạch",
    "duty": "Nhiệm vụ",
    "opinion": "Ý kiến",
    "report": "Báo cáo",
    "document": "Văn bản đi",
    "incoming": "Văn bản đến",
    "file": "Tệp kèm",
    "person": "Người",
    "unit": "Đơn vị",
}
WHERE: Mapping[str, str] = {
    "plan": "ở tên hoặc số kế hoạch",
    "duty": "ở nhiệm vụ",
    "opinion": "ở ý kiến",
    "report": "ở kỳ báo cáo",
    "document": "ở sổ văn bản đi",
    "incoming": "ở sổ văn bản đến",
    "file": "ở tên tệp",
    "person": "ở họ tên",
    "unit": "ở tên đơn vị",
}
IN_TEXT: Mapping[str, str] = {"plan": "trong văn bản kế hoạch", "file": "trong tệp"}
STATE: Mapping[str, Mapping[str, str]] = {
    "plan": vi.PLAN_STATUS,
    "duty": vi.PLAN_STATUS,
    "opinion": vi.OUTCOME,
    "report": {"sent": "đã gửi", "closed": "đã chốt", "open": "đang làm"},
    "document": {"issued": "đã cấp số", "reserved": "đã lấy số", "given_up": "số đã bỏ"},
    "incoming": books.INCOMING_STATUS,
    "file": file_words.OF,
    "unit": {},
    "person": {},
}
MORE_THAN = "trên {}"
AROUND = 90


def flat(text: str) -> str:
    """Text without case and marks, each sign in its place, so that what is found here is found in the text."""
    return "".join(_flat(sign) for sign in text)


def set_off(text: str, parts: Sequence[str]) -> Markup:
    """The stretch of the text around the first of these folded words, each of them marked; everything is escaped."""
    whole = composed(" ".join(text.split()))
    return _stretch(whole, list(_spans(flat(whole), parts)))


def passage_set_off(text: str, parts: Sequence[str]) -> Markup:
    """The same of a passage of a plan's text, in which words are found whole."""
    whole = countable(" ".join(text.split()))
    return _stretch(whole, spans_of(whole, parts))


def drawn_with(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """A text with these stretches of it marked; everything is escaped."""
    drawn, at = Markup(""), 0
    for begin, end in spans:
        drawn += Markup("{}<mark>{}</mark>").format(text[at:begin], text[begin:end])
        at = end
    return drawn + text[at:]


def _stretch(whole: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """The text around the first place."""
    first = max(0, (spans[0][0] if spans else 0) - AROUND)
    last = min(len(whole), (spans[0][1] if spans else 0) + 2 * AROUND)
    if last - first < 2 * AROUND:
        last = min(len(whole), first + 3 * AROUND)
    drawn, at = Markup("{}").format("… " if first else ""), first
    for begin, end in spans:
        if begin < at or end > last:
            continue
        drawn += Markup("{}<mark>{}</mark>").format(whole[at:begin], whole[begin:end])
        at = end
    return drawn + whole[at:last] + (" …" if last < len(whole) else "")


def _spans(folded: str, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for part in parts:
        at = folded.find(part)
        while at >= 0 and len(found) < 200:
            found.append((at, at + len(part)))
            at = folded.find(part, at + len(part))
    yield from sorted(found)


def _flat(sign: str) -> str:
    plain = unicodedata.normalize("NFD", sign.lower().replace("đ", "d").replace("ð", "d"))[:1]
    return plain if plain.isalnum() else " "
