"""The language in which this request is answered; Vietnamese unless somebody chose another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What the source is written in comes first; each other one has a folder of .po files here.
SOURCE = "vi"
LANGUAGES = (SOURCE, "en")

_current: ContextVar[str] = ContextVar("language", default=SOURCE)


def current() -> str:
    """The language spoken now, one of `LANGUAGES`."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language while the block runs; one that is not known is the source's."""
    token = _current.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _current.reset(token)
