"""The tables of what the screens promise name tests that are there, and say plainly what has none."""

from __future__ import annotations

import re

from .source import ROOT

DESK = (ROOT / "docs" / "ux.md").read_text(encoding="utf-8")
OTHERS = "\n".join(page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs" / "ux").glob("*.md")))
ROWS = re.findall(r"^\| ([A-Z0-9]+-\d\d) \| (.*) \| (.*) \|$", DESK, re.MULTILINE)


def test_every_statement_of_the_desk_has_one_row_and_no_section_a_gap() -> None:
    ids = [name for name, _, _ in ROWS]
    assert len(ids) == len(set(ids)) and len(ids) > 50
    for section in {each.partition("-")[0] for each in ids}:
        numbers = sorted(int(each.partition("-")[2]) for each in ids if each.startswith(f"{section}-"))
        assert numbers == list(range(1, len(numbers) + 1)), section


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", DESK + OTHERS)
    named += re.findall(r"`tests/([\w/]+\.py): (test_\w+)`", OTHERS)
    texts = {path: (ROOT / "tests" / path).read_text(encoding="utf-8") for path, _ in named}
    assert not [(path, test) for path, test in named if f"def {test}(" not in texts[path]]


def test_every_file_of_tests_that_is_named_is_there() -> None:
    assert not [path for path in re.findall(r"`(tests/[\w/]+\.py)", OTHERS) if not (ROOT / path).is_file()]


def test_what_is_met_names_its_test() -> None:
    assert not [name for name, met, tests in ROWS if ("::" not in tests) != met.startswith("not yet")]
