"""A message: Vietnamese text of the source that is said in the language of whoever it is shown to.

To the program a `Message` is the Vietnamese text: it compares, sorts and is written to files and JSON as such. Where it
is shown (printed by a template, put into a sentence, made into `str`) it is said in the language spoken now. What a
translation counts stands in it as `{0:day|days}`: the first for one, the second for any other number.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any, SupportsIndex

from markupsafe import Markup, escape

from .catalogue import catalogue
from .current import SOURCE, current


def counted(value: object, one: str, many: str) -> str:
    """The word for one or for many, by the number that stands beside it."""
    return one if str(value) == "1" else many


class _Sentences(Formatter):
    """Formats as `str.format` does, and knows `{0:day|days}`."""

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - as in the standard library
        one, bar, many = format_spec.partition("|")
        return counted(value, one, many) if bar else str(format(value, format_spec))


_SENTENCES = _Sentences()


class Said(str):
    """Text that is in the reader's language already, with its facts in it: no fragment of another language."""

    __slots__ = ()

    def __html__(self) -> Markup:
        return escape(str(self))


class Message(str):
    """Vietnamese text of the source; see the module."""

    __slots__ = ()

    @property
    def said(self) -> str:
        """The text in the language spoken now."""
        source, language = str.__str__(self), current()
        return source if language == SOURCE else Said(catalogue(language).get(source, source))

    def __str__(self) -> str:
        return self.said

    def __html__(self) -> Markup:
        return escape(str.__str__(self.said))

    def __format__(self, format_spec: str) -> str:
        return format(str.__str__(self.said), format_spec)

    def __add__(self, other: str) -> str:
        return _as_said(str.__str__(self.said) + str(other))

    def __radd__(self, other: str) -> str:
        return _as_said(str(other) + str.__str__(self.said))

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return _as_said(str.__str__(self.said)[key])

    def lower(self) -> str:
        """The text in the language spoken now, in small letters."""
        return _as_said(str.__str__(self.said).lower())

    def upper(self) -> str:
        """The text in the language spoken now, in capital letters."""
        return _as_said(str.__str__(self.said).upper())

    def capitalize(self) -> str:
        """The text in the language spoken now, beginning with a capital letter."""
        return _as_said(str.__str__(self.said).capitalize())

    def format(self, *args: object, **facts: object) -> str:
        """The sentence with its facts, in the language spoken now."""
        return _as_said(_SENTENCES.vformat(str.__str__(self.said), args, facts))

    def format_map(self, facts: Mapping[str, object]) -> str:  # type: ignore[override]  # any mapping, as in Python
        """The sentence with these facts, in the language spoken now."""
        return _as_said(_SENTENCES.vformat(str.__str__(self.said), (), facts))


def _as_said(text: str) -> str:
    """Plain text in the source's language, where nothing needs to be told apart."""
    return text if current() == SOURCE else Said(text)
