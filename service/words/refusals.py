"""A refusal's code and facts as a sentence that says what happened and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from workflows.errors import Reason

from . import inbox_words, organisation, vi
from .copies import UNFIT
from .dates import day_words, time_words
from .display_sentences import FIELDS as DISPLAY_FIELD
from .fields import FIELD
from .refusal_sentences import SENTENCES
from .report_words import FORM_FIELD
from .signatures import FAULT

# Facts that are codes themselves, and where their words are.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "field": {**FIELD, **organisation.FIELD, **FORM_FIELD, **DISPLAY_FIELD, **inbox_words.FIELD},
    "status": vi.PLAN_STATUS,
    "state": vi.RECEIPT_STATUS,
    "outcome": vi.OUTCOME,
    "role": vi.ROLE,
    "roles": vi.ROLE,
    "unfit": {**FAULT, **UNFIT},
}


class _Facts(dict[str, str]):
    """Facts in words; one that the refusal does not know is said to be unknown."""

    def __missing__(self, key: str) -> str:
        return vi.UNKNOWN.lower()


def sentence_of(reason: Reason) -> str:
    """The sentence for one reason; a code without its own sentence is still told honestly."""
    pattern = SENTENCES.get(reason.code, SENTENCES["?"])
    facts = {name: in_words(name, value) for name, value in reason.facts.items()}
    return pattern.format_map(_Facts(facts, code=reason.code))


def sentences_of(reasons: Sequence[Reason]) -> list[str]:
    """One sentence a reason, each said once."""
    return list(dict.fromkeys(sentence_of(reason) for reason in reasons))


def in_words(name: str, value: Any) -> str:  # noqa: ANN401 - typed by its use
    """A fact as people say it: instants and days on the office's calendar, lists with commas, codes by their words."""
    if value is None:
        return vi.UNKNOWN.lower()
    if isinstance(value, datetime):
        return time_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(in_words(name, item) for item in value)
    text = str(value)
    known = _WORDS.get(name, {}).get(text)
    if known is not None:
        return known
    return _moment(text) or text


def _moment(text: str) -> str | None:
    """An instant or a day that travelled as text."""
    if len(text) < 10 or text[4:5] != "-":
        return None
    try:
        if len(text) == 10:
            return day_words(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time_words(moment) if moment.tzinfo else None
