"""Words: each refusal has its sentence, each date one look, and no Vietnamese hides outside the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.words import dates, vi
from service.words.refusal_sentences import SENTENCES
from service.words.refusals import sentence_of
from workflows.errors import Reason
from workflows.plans.word_diff import compare

ROOT = Path(__file__).parents[2]
RAISERS = {"Refused", "Reason"}
# Failures of running the program that no page can show: they have words at the command line.
OF_THE_COMMAND_LINE = {"service/cli", "service/demo", "service/simulation"}
VIETNAMESE = re.compile(r"[À-ỹĐđ]")
# The words of the demo and of the command line belong to others; the catalogue is where words live.
OUTSIDE_THE_CATALOGUE = (
    "service/words/", "service/cli/", "service/demo/", "service/simulation/", "service/process_tests/",
)  # fmt: skip


def _python(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def codes_raised() -> dict[str, str]:
    """Every code that is raised anywhere with a literal, and where."""
    found: dict[str, str] = {}
    for path in _python("workflows", "notifications", "service"):
        where = str(path.relative_to(ROOT))
        if where.startswith(tuple(OF_THE_COMMAND_LINE)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            first = node.args[0]
            if name in RAISERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.setdefault(first.value, f"{where}:{node.lineno}")
    return found


def test_every_code_has_a_sentence() -> None:
    missing = {code: where for code, where in codes_raised().items() if code not in SENTENCES}
    assert not missing


@pytest.mark.parametrize("code", ["STALE", "NOT_FOUND", "LINK_EXPIRED", "LINK_USED", "LINK_REVOKED", "LINK_UNKNOWN"])
def test_codes_that_are_put_together_have_one_too(code: str) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_whole_and_says_what_to_do(code: str) -> None:
    said = sentence_of(Reason(code))
    assert "{" not in said
    assert said.endswith((".", "…"))
    assert len(re.findall(r"[.;:]", said)) >= 2 or len(said.split()) > 8, "what happened, and what to do"


def test_facts_are_said_as_people_say_them() -> None:
    at = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    assert "20/11/2026 08:05" in sentence_of(Reason("ALREADY_DONE", {"by": "Đinh Văn Bé", "at": at}))
    assert "20/11/2026" in sentence_of(Reason("DATE_AHEAD", {"value": "2026-11-20"}))
    assert "Lý do" in sentence_of(Reason("FIELD_REQUIRED", {"field": "ly_do"}))


def test_lateness_always_names_the_day() -> None:
    due = dates.end_of_day(date(2026, 11, 20))
    now = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
    assert dates.lateness(due, now).words == "Quá hạn 2 ngày – 20/11/2026"
    assert dates.lateness(due, due).words == "Hạn hôm nay – 20/11/2026"
    assert dates.lateness(due, due - timedelta(days=3)).words == "Còn 3 ngày – 20/11/2026"
    assert dates.lateness(None, now).words == "Không có hạn"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/2/2024", date(2024, 2, 5)),
        ("05-02-2024", date(2024, 2, 5)),
        ("ngày 5 tháng 2 năm 2024", date(2024, 2, 5)),
        ("20241231", date(2024, 12, 31)),
        ("30/02/2024", None),
        ("2/2024", None),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert dates.read_day(typed) == day


def test_numbers_below_ten_have_a_zero() -> None:
    assert vi.numbered(5, "KH-UBND") == "05/KH-UBND"
    assert vi.numbered(None, None) == "chưa có số"


def test_no_vietnamese_outside_the_catalogue() -> None:
    found = []
    for path in _python("service"):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(OUTSIDE_THE_CATALOGUE):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            node.body[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
            if is_text and VIETNAMESE.search(node.value):
                found.append(f"{where}:{node.lineno} {node.value[:40]}")
    assert not found


def test_a_moved_tone_mark_composed_otherwise_is_no_change() -> None:
    assert compare("Kế hoạch hoà", "Kế hoạch hoà").added == 0


def test_words_that_came_and_went() -> None:
    compared = compare("Điều một\nHạn là 20/11 năm nay", "Điều một\nHạn là 25/11 năm nay\nThêm")
    assert (compared.added, compared.removed) == (2, 1)
