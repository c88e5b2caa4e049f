"""The tables of what the screens promise name tests that are there, and say plainly what has none."""

from __future__ import annotations

import re

from .source import ROOT

PAGES = [ROOT / "docs" / "ux.md", *sorted((ROOT / "docs" / "ux").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
ROWS = re.findall(r"^\| ([A-Z0-9]+-\d\d) \| (.*) \| (.*) \|$", TEXT, re.MULTILINE)


def test_every_statement_has_one_row_and_sections_have_no_gaps() -> None:
    ids = [name for name, _, _ in ROWS]
    assert len(ids) == len(set(ids)) and len(ids) > 50
    for section in {each.partition("-")[0] for each in ids}:
        numbers = sorted(int(each.partition("-")[2]) for each in ids if each.startswith(f"{section}-"))
        assert numbers == list(range(1, len(numbers) + 1)), section


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)
    texts = {path: (ROOT / "tests" / path).read_text(encoding="utf-8") for path, _ in named}
    assert not [(path, test) for path, test in named if f"def {test}(" not in texts[path]]


def test_what_is_met_names_its_test() -> None:
    assert not [name for name, met, tests in ROWS if ("::" not in tests) != met.startswith("not yet")]
