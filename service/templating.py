"""Jinja2 as the pages use it: undefined names are errors, everything is escaped, dates are said in one way.

There is one environment a language, so that rendering in any of them costs the same.
"""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from notifications.one_line import trimmed
from workflows.errors import Reason
from workflows.plans.duties import number_in_document

from .auth.form_tokens import FIELD
from .languages.current import LANGUAGES, SOURCE, current
from .languages.messages import Message, counted
from .languages.scripts import address_of
from .languages.translated import Translated, in_page
from .words import dates, file_words, step_up_words, vi
from .words.refusals import sentence_of

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


class Templates:
    """The templates of all pages, in the language spoken now."""

    def __init__(self) -> None:
        self._environments = {language: environment_of(language) for language in LANGUAGES}

    def get_template(self, name: str) -> Template:
        """The template of this name."""
        return self._environments[current()].get_template(name)


@cache
def environment_of(language: str) -> Environment:
    """The environment of one language; its templates are compiled once in a process, when they are first shown."""
    environment = Environment(
        extensions=[] if language == SOURCE else [Translated],
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(day=_day, moment=_moment, due=_due, lateness=dates.lateness, numbered=vi.numbered)
    environment.filters["said"] = Message
    environment.filters["truncate"] = trimmed
    environment.filters["printed_no"] = number_in_document
    environment.filters["lateness_days"] = _days_since
    environment.filters["figure"] = dates.figure_words
    environment.filters["post_date"] = _post_date
    environment.filters["period"] = dates.period_said
    if language != SOURCE:
        environment.filters.update(in_page=in_page, counted=counted)
    environment.globals.update(
        failure_of=failure_of,
        words=vi,
        proving_words=step_up_words,
        NOT_FOUND_BY_CONTENT=file_words.NOT_FOUND_BY_CONTENT,
        FORM_TOKEN=FIELD,
        static=static_address,
        language=language,
    )
    return environment


def failure_of(code: str) -> str:
    """Why something failed, by the code that was kept of it."""
    return sentence_of(Reason(code))


class _Static:
    """Addresses of static files that change with their content, so that browsers may keep them for ever."""

    def __init__(self) -> None:
        self._marks: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        if name.endswith(".js") and current() != SOURCE:
            return address_of(current(), STATIC / name)
        if name not in self._marks:
            self._marks[name] = sha256((STATIC / name).read_bytes()).hexdigest()[:10]
        return f"/static/{name}?v={self._marks[name]}"


static_address = _Static()


def _day(value: date | datetime | None) -> Markup:
    """<time> with dd/mm/yyyy."""
    if value is None:
        return Markup("—")
    day = dates.local_day(value) if isinstance(value, datetime) else value
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), dates.day_words(day))


def _moment(value: datetime | None) -> Markup:
    """<time> with dd/mm/yyyy HH:mm."""
    if value is None:
        return Markup("—")
    return Markup('<time datetime="{}">{}</time>').format(dates.local(value).isoformat(), dates.time_words(value))


def _post_date(value: str) -> Markup:
    """The date of a letter as everywhere else, or as it was written where it is no date."""
    try:
        return _moment(parsedate_to_datetime(value))
    except ValueError:
        return Markup("{}").format(value)


def _days_since(value: datetime, now: datetime) -> int:
    """Whole days of the office between the two."""
    return (dates.local_day(now) - dates.local_day(value)).days


def _due(value: datetime | None) -> Markup:
    """<time> with the day, and the hour where it is not the end of the day."""
    if value is None:
        return Markup(vi.NO_DUE)  # noqa: S704 - every part was escaped
    return Markup('<time datetime="{}">{}</time>').format(dates.local(value).isoformat(), dates.due_words(value))
