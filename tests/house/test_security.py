"""The table of security requirements names tests that are there."""

from __future__ import annotations

import re

from .source import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_requirement_names_tests_and_every_test_that_is_named_is_there() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "ASVS" not in line]
    assert len(rows) > 20
    assert all(row.count("::") for row in rows)
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)
    texts = {path: (ROOT / "tests" / path).read_text(encoding="utf-8") for path, _ in named}
    assert not [(path, test) for path, test in named if f"def {test}(" not in texts[path]]
