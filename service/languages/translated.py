"""Jinja2 in another language than the source's: its templates are translated before they are compiled."""

from __future__ import annotations

from jinja2.ext import Extension
from markupsafe import Markup

from .catalogue import catalogue
from .current import SOURCE
from .literals import is_vietnamese
from .template_text import translated


class Translated(Extension):
    """Replaces what a template says by what the catalogue of `environment.globals["language"]` has for it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source in the other language; a message that is missing there stays Vietnamese."""
        known = catalogue(str(self.environment.globals["language"]))
        return translated(source, lambda message, _: known.get(message, message))


def in_page(value: object) -> object:
    """A value as a page of another language prints it: Vietnamese data say that they are Vietnamese."""
    if isinstance(value, str) and not hasattr(value, "__html__") and is_vietnamese(value):
        return Markup('<span lang="{}">{}</span>').format(SOURCE, value)
    return value
