"""Words that go with a deed outside a form: checked the same everywhere."""

from __future__ import annotations

from workflows.errors import Refused

from .forms.filing import LONGEST_FIELD


def note(words: str, field: str = "ly_do") -> str:
    """Words that may be left out."""
    said = words.strip()
    if len(said) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field=field, most=LONGEST_FIELD)
    return said


def required_reason(words: str, field: str = "ly_do") -> str:
    """Words without which the deed is not done."""
    said = note(words, field)
    if not said:
        raise Refused("FIELD_REQUIRED", field=field)
    return said
