"""Words that go with a deed outside a form: checked the same everywhere."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.letters import seen

from .forms.filing import LONGEST_FIELD, SHORTEST_REASON


def note(words: str, field: str = "ly_do") -> str:
    """Words that may be left out."""
    said = seen(words).strip()
    if len(words) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field=field, most=LONGEST_FIELD)
    return said


def required_reason(words: str, field: str = "ly_do") -> str:
    """Words without which the deed is not done."""
    said = note(words, field)
    if not said:
        raise Refused("FIELD_REQUIRED", field=field)
    return said


def reason_in(words: str, field: str = "ly_do") -> str:
    """A reason that says something: of at least ten characters; REASON_REQUIRED, TOO_LONG."""
    said = seen(words).strip()
    if len(said) < SHORTEST_REASON:
        raise Refused("REASON_REQUIRED", field=field, shortest=SHORTEST_REASON)
    if len(words) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field=field, most=LONGEST_FIELD)
    return said
