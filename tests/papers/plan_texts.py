"""The plans of tests/plans/texts: the five real ones and the project's own."""

from __future__ import annotations

from pathlib import Path

TEXTS = sorted((Path(__file__).parent.parent / "plans" / "texts").glob("*.txt"))
NAMES = [path.name[:3] for path in TEXTS]


def plan_text(name: str) -> str:
    """The text of the plan whose file begins with these digits."""
    return TEXTS[NAMES.index(name)].read_text(encoding="utf-8")
