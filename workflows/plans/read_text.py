"""Reading a plan: its text in, what the program understands out, doubts included; never raises on any text."""

from __future__ import annotations

from .document import PlanDocument


def read_text(text: str) -> PlanDocument:
    """What can be understood of `text` as a plan; every text has an answer, an empty one an empty document."""
    return PlanDocument(lines=tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
