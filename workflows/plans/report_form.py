"""The form of a report: lines of figures and words, what each figure may be, and how a typed figure is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from workflows.errors import Reason

from .normalise import low, squeeze

FIGURE, WORDS = "so", "chu"
SUM, MEAN, APART = "cong", "trung_binh", "rieng"  # how figures of several units become one; `rieng`: they do not
KINDS, JOINS = (FIGURE, WORDS), (SUM, MEAN, APART)
MOST_LINES = 60
LONGEST_LABEL, LONGEST_UNIT = 200, 40
_WHOLE_DIGITS, _DECIMALS = 15, 6
# "1.234.567,5", "1234567,5", "-3"; a point groups three digits, a comma begins the decimals (as offices write).
_NUMBER = re.compile(
    r"(?P<number>[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?)(?:\s*(?P<unit>[^\s\d.,-].*))?", re.DOTALL
)


@dataclass(frozen=True)
class Line:
    """One line of a form. `least`, `most` and `target` are figures in `unit`; a line of words has only its label."""

    key: str
    label: str
    kind: str = FIGURE
    unit: str = ""
    whole: bool = False
    least: Decimal | None = Decimal(0)
    most: Decimal | None = None
    required: bool = True
    join: str = SUM
    target: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        """As the store keeps it; figures are text, so that no decimal is lost."""
        shape = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: str(value) if isinstance(value, Decimal) else value for name, value in shape.items()}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Line:
        """The inverse of `to_json`."""
        numbers = {name: None if shape[name] is None else Decimal(shape[name]) for name in ("least", "most", "target")}
        return cls(**{**shape, **numbers})


_COUNT = Line("", "", unit="nhiệm vụ", whole=True)
# What every report says unless its rule has a form of its own.
DEFAULT_FORM: tuple[Line, ...] = (
    replace(_COUNT, key="hoan_thanh", label="Số nhiệm vụ hoàn thành"),
    replace(_COUNT, key="dang_lam", label="Số nhiệm vụ đang làm"),
    replace(_COUNT, key="cham", label="Số nhiệm vụ chậm"),
)


def form_of(shape: Sequence[Mapping[str, Any]] | None) -> tuple[Line, ...]:
    """The lines that the store keeps, or those of every report."""
    return tuple(Line.from_json(each) for each in shape) if shape else DEFAULT_FORM


def figures_in(form: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a form that are figures."""
    return tuple(line for line in form if line.kind == FIGURE)


def number_in(typed: str) -> tuple[Decimal, str] | None:
    """A number as offices write it, and the words behind it; None for what is no such number ("1.5", "mười")."""
    hit = _NUMBER.fullmatch(squeeze(typed))
    if hit is None:
        return None
    whole, _, decimals = hit["number"].replace(".", "").replace("−", "-").partition(",")
    if len(whole.lstrip("-")) > _WHOLE_DIGITS or len(decimals) > _DECIMALS:
        return None
    return Decimal(f"{whole}.{decimals or 0}"), (hit["unit"] or "").strip()


def read_figure(line: Line, typed: str) -> Decimal | Reason:
    """The figure that somebody typed into this line, or why it is none; the unit may be written behind it.

    Reasons: FIGURE_UNREADABLE, FIGURE_IN_OTHER_UNIT, FIGURE_NOT_WHOLE, FIGURE_OUT_OF_RANGE, each with the field.
    """
    facts = {"field": line.key, "label": line.label, "value": squeeze(typed)[:60], "unit": line.unit or "không"}
    found = number_in(typed)
    if found is None:
        return Reason("FIGURE_UNREADABLE", facts)
    number, unit = found
    if unit and low(unit) != low(line.unit):
        return Reason("FIGURE_IN_OTHER_UNIT", {**facts, "given": unit[:LONGEST_UNIT]})
    if line.whole and number != number.to_integral_value():
        return Reason("FIGURE_NOT_WHOLE", facts)
    if (line.least is not None and number < line.least) or (line.most is not None and number > line.most):
        return Reason("FIGURE_OUT_OF_RANGE", {**facts, "range": _range(line)})
    return number


def read_report(
    form: Sequence[Line], typed: Mapping[str, str]
) -> tuple[dict[str, int | str], dict[str, str], list[Reason]]:
    """Figures and words by the key of their line, and every reason against them.

    A figure that nobody typed is absent, never zero; where the line demands one it is a reason (FIELD_REQUIRED).
    """
    figures: dict[str, int | str] = {}
    words: dict[str, str] = {}
    reasons: list[Reason] = []
    for line in form:
        value = typed.get(line.key, "").strip()
        if not value:
            if line.required:
                reasons.append(Reason("LINE_REQUIRED", {"field": line.key, "label": line.label}))
        elif line.kind == WORDS:
            words[line.key] = value
        else:
            figure = read_figure(line, value)
            if isinstance(figure, Reason):
                reasons.append(figure)
            else:
                figures[line.key] = kept(figure)
    return figures, words, reasons


def kept(figure: Decimal) -> int | str:
    """A figure as the store keeps it: a whole number, or a decimal as text."""
    return int(figure) if figure == figure.to_integral_value() else format(figure.normalize(), "f")


def written(figure: Decimal | int | str) -> str:
    """A figure as offices write it: "1.234.567,5"."""
    whole, _, decimals = format(Decimal(str(figure)), "f").partition(".")
    decimals = decimals.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") and int(whole) == 0 and decimals else ""
    return f"{sign}{grouped},{decimals}" if decimals else grouped


def faults_of(form: Sequence[Line]) -> list[Reason]:
    """What is wrong with a form that somebody wrote: FORM_FAULT with the number of the line and what it is."""
    found = [] if len(form) <= MOST_LINES else [Reason("FORM_TOO_LONG", {"field": "bieu", "most": MOST_LINES})]
    labels: set[str] = set()
    for at, line in enumerate(form, start=1):
        folded = low(squeeze(line.label))
        faults = {
            "không có tên": not folded,
            "trùng tên dòng khác": folded in labels,
            "tên dài quá 200 ký tự": len(line.label) > LONGEST_LABEL,
            "đơn vị tính dài quá 40 ký tự": len(line.unit) > LONGEST_UNIT,
            "giá trị nhỏ nhất lớn hơn giá trị lớn nhất": line.least is not None
            and line.most is not None
            and line.least > line.most,
        }
        wrong = [fault for fault, is_so in faults.items() if is_so]
        found += [Reason("FORM_FAULT", {"field": "bieu", "line": at, "fault": fault}) for fault in wrong]
        labels.add(folded)
    return found


def _range(line: Line) -> str:
    if line.least is not None and line.most is not None:
        return f"từ {written(line.least)} đến {written(line.most)}"
    if line.least is not None:
        return f"không nhỏ hơn {written(line.least)}"
    return f"không lớn hơn {written(line.most or 0)}"
