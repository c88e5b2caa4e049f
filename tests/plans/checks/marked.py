"""A plan that is right, changed in one place, and what the checker then says."""

from __future__ import annotations

from datetime import date

from tests.plans.score import TEXTS
from workflows.plans.checks import check_plan
from workflows.plans.read_text import read_text

GOOD = (TEXTS / "100_so_noi_vu.txt").read_text(encoding="utf-8")
COMMUNE = (
    (TEXTS / "105_xa_cchc.txt").read_text(encoding="utf-8").replace("- Lưu: VT", "- Các ban, ngành xã;\n- Lưu: VT.")
)
ON = date(2026, 2, 5)


def found(text: str, on: date = ON) -> dict[str, int | None]:
    """The codes of the findings, each with the first of its lines."""
    return {finding.code: finding.line for finding in reversed(check_plan(read_text(text), on))}


def changed(before: str, after: str, text: str = GOOD) -> dict[str, int | None]:
    """The findings after one change, which must have had a place."""
    assert before in text
    return found(text.replace(before, after, 1))


def line_of(words: str, text: str = GOOD) -> int:
    """The line on which these words stand."""
    return next(no for no, line in enumerate(text.split("\n"), 1) if words in line)
