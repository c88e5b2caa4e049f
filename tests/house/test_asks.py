"""The table of what users of the peers ask for names tests that are there, and says plainly what has none."""

from __future__ import annotations

import re

from .source import ROOT

ROW = re.compile(r"^\| (\d+) \| .* \| (.*) \|$", re.MULTILINE)
PAGE = (ROOT / "docs" / "asks.md").read_text(encoding="utf-8")


def test_every_ask_has_one_row() -> None:
    assert [int(number) for number, _ in ROW.findall(PAGE)] == list(range(1, 105))


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 100
    texts = {path: (ROOT / "tests" / path).read_text(encoding="utf-8") for path, _ in named}
    assert not [(path, test) for path, test in named if f"def {test}(" not in texts[path]]


def test_what_has_no_test_is_not_answered_yet() -> None:
    without = [line for line in PAGE.splitlines() if line.endswith("| – |")]
    assert all("| not yet: " in line for line in without)
