"""How a report rule is written by hand: a last day as people type it, and a form a line of text each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from workflows.errors import Reason

from .document_parts import Due
from .normalise import low, plain, squeeze
from .report_ends import due_from_end, words_from_end
from .report_form import APART, FIGURE, JOINS, MEAN, SUM, WORDS, Line, number_in, written

_DUE = re.compile(
    r"(?P<rel>truoc|cham nhat|muon nhat|den|vao)?\s*(?:ngay\s+)?(?P<day>\d{1,2})"
    r"(?:\s*(?:[/-]|thang)\s*(?P<month>\d{1,2}))?(?:\s+hang (?:thang|quy|nam))?"
)
_LONGEST_DAY = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# What may stand in the columns of a line behind its name, in any order: "Hồ sơ | hồ sơ | số nguyên | từ 0 đến 100".
_WHOLE, _OPTIONAL, _TEXT = "số nguyên", "không bắt buộc", "chữ"
_JOINED: Mapping[str, str] = {"cộng": SUM, "trung bình": MEAN, "không cộng": APART}
_RANGE = re.compile(r"(?:từ (?P<least>\S+))?\s*(?:đến (?P<most>\S+))?")
_TARGET = re.compile(r"chỉ tiêu (?P<target>\S+)")
SEPARATOR = "|"
# A share of something is at most all of it, unless the form says otherwise.
PERCENT, WHOLE = ("%", "phần trăm"), Decimal(100)


def due_in(typed: str) -> Mapping[str, Any] | Reason | None:
    """{"month", "day", "rel"} from "trước 16/11", "20/11", "ngày 15"; None for nothing; DUE_UNREADABLE.

    What is counted from the end of the period ("trước ngày 05 tháng sau") is as `Due.to_json` has it.
    """
    folded = squeeze(plain(typed))
    if not folded:
        return None
    from_end = due_from_end(folded)
    if from_end is not None:
        return from_end.to_json()
    hit = _DUE.fullmatch(folded)
    day, month = (int(hit["day"]), int(hit["month"] or 0)) if hit else (0, 0)
    if not hit or month > 12 or not 1 <= day <= (_LONGEST_DAY[month - 1] if month else 31):
        return Reason("DUE_UNREADABLE", {"value": squeeze(typed)[:60]})
    return {"month": month or None, "day": day, "rel": "before" if hit["rel"] == "truoc" else "by"}


def due_words(due: Mapping[str, Any] | None) -> str:
    """A due date as `due_in` reads it: "trước 16/11", "chậm nhất ngày 15"; nothing where there is none."""
    from_end = words_from_end(Due.from_json(due)) if due else ""
    if from_end or due is None or not due.get("day"):
        return from_end
    rel = "trước" if due.get("rel") == "before" else "chậm nhất"
    return f"{rel} {due['day']}/{due['month']}" if due.get("month") else f"{rel} ngày {due['day']}"


def form_in(typed: str) -> tuple[list[Line], list[Reason]]:
    """The lines of a form, one a line of text: name | unit | what else; a column that says nothing known is refused.

    Keys go by the order; a line that says "chữ" asks for words. Reasons: FORM_COLUMN with the line and the words.
    """
    lines: list[Line] = []
    reasons: list[Reason] = []
    rows = [row for row in typed.splitlines() if row.strip()]
    for at, row in enumerate(rows, start=1):
        name, *columns = (squeeze(column) for column in row.split(SEPARATOR))
        line, wrong = _line(f"d{at}", name, columns)
        lines.append(line)
        reasons += [Reason("FORM_COLUMN", {"field": "bieu", "line": at, "value": each[:60]}) for each in wrong]
    return lines, reasons


def form_words(form: Sequence[Line]) -> str:
    """A form as `form_in` reads it."""
    return "\n".join(f" {SEPARATOR} ".join(_columns(line)) for line in form)


def _line(key: str, name: str, columns: Sequence[str]) -> tuple[Line, list[str]]:
    facts: dict[str, Any] = {}
    wrong: list[str] = []
    for at, column in enumerate(columns):
        known = _column(column)
        if known is not None:
            facts |= known
        elif at == 0 and column and not column[0].isdecimal():
            facts["unit"] = column
        elif column:
            wrong.append(column)
    if facts.get("unit") in PERCENT and not {"least", "most"} & facts.keys():
        facts["most"] = WHOLE  # whoever means more says so: "đến 1.000"
    return Line(key, name, **facts), wrong


def _column(column: str) -> Mapping[str, Any] | None:
    """What a column says besides a unit; None when it is none of the known words."""
    said = low(column)
    fixed: Mapping[str, Mapping[str, Any]] = {
        low(_WHOLE): {"whole": True},
        low(_OPTIONAL): {"required": False},
        low(_TEXT): {"kind": WORDS},
        **{low(word): {"join": join} for word, join in _JOINED.items()},
    }
    if said in fixed:
        return fixed[said]
    target, span = _TARGET.fullmatch(said), _RANGE.fullmatch(said)
    if target:
        number = _number(target["target"])
        return None if number is None else {"target": number}
    if span is None or not (span["least"] or span["most"]):
        return None
    ends = {name: _number(span[name]) for name in ("least", "most") if span[name]}
    return None if None in ends.values() else {"least": None, **ends}


def _number(typed: str) -> Decimal | None:
    found = number_in(typed)
    return found[0] if found and not found[1] else None


def _columns(line: Line) -> list[str]:
    said = [line.label]
    if line.kind != FIGURE:
        return [*said, _TEXT, *([] if line.required else [_OPTIONAL])]
    plainly = Line(line.key, line.label)
    said += [line.unit] if line.unit else []
    said += [_WHOLE] if line.whole else []
    if (line.least, line.most) != (plainly.least, plainly.most):
        least = f"từ {written(line.least)} " if line.least is not None else ""
        said.append(f"{least}{f'đến {written(line.most)}' if line.most is not None else ''}".strip())
    said += [word for word, join in _JOINED.items() if join == line.join and join != JOINS[0]]
    said += [f"chỉ tiêu {written(line.target)}"] if line.target is not None else []
    return said + ([] if line.required else [_OPTIONAL])
