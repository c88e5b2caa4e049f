"""From a message to a letter: subject, plain text and HTML of equal content, and the headers of a machine's mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from .due_words import HANOI
from .messages import Message
from .one_line import one_line, trimmed

SUBJECT_LIMIT = 78  # RFC 5322 2.1.1: a line should be no longer
# The field that gives way when a subject is too long.
TRIMMED_FIELDS = ("about", "title", "what")

_TEMPLATES = Environment(
    loader=PackageLoader("notifications", "templates/vi"),
    undefined=StrictUndefined,
    autoescape=select_autoescape(["html"]),
)


@dataclass(frozen=True)
class Composed:
    """One message for one address, rendered; `headers` holds everything but From, To, Subject and the MIME ones."""

    subject: str
    text: str
    html: str
    message_id: str
    headers: Mapping[str, str]


def compose(
    message: Message,
    *,
    address: str,
    key: str,
    host: str,
    now: datetime,
    plan_id: int | None = None,
    unsubscribe: str | None = None,
) -> Composed:
    """Render a message; the same key and address give the same Message-ID, letters of one plan one thread.

    `unsubscribe` is the absolute address that ends letters of this kind with one POST (RFC 8058).
    """
    values = {field.name: _clean(getattr(message, field.name)) for field in fields(message)}
    message_id = identity(key, address, host)
    return Composed(
        subject=_subject(message, values),
        text="\n".join(_single_blanks(_render(f"{message.template}.text.txt", values))) + "\n",
        html="\n".join(filter(None, _render(f"{message.template}.html", values))) + "\n",
        message_id=message_id,
        headers=_headers(message_id, host, now, plan_id) | _unsubscribe(unsubscribe),
    )


def identity(key: str, address: str, host: str) -> str:
    """The Message-ID of what is told under this key to this address: a repeat is recognised as the same letter."""
    digest = sha256(f"{key} {address}".encode()).hexdigest()
    return f"<{digest[:32]}@{host}>"


def host_of(base_url: str) -> str:
    """The host name that stands in message ids."""
    return urlsplit(base_url).hostname or "localhost"


def subject_of(message: Message) -> str:
    """The subject alone: the line by which the bell inside the house names the matter."""
    return _subject(message, {field.name: _clean(getattr(message, field.name)) for field in fields(message)})


def _clean(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_clean(each) for each in value)
    return one_line(value) if isinstance(value, str) else value


def _subject(message: Message, values: Mapping[str, Any]) -> str:
    """At most 78 characters: first the title gives way, and only when that is not enough the end of the line."""
    template = message.template
    gives_way = next((name for name in TRIMMED_FIELDS if name in values), None)
    if gives_way is None:
        return trimmed(_one_subject(template, values), SUBJECT_LIMIT)
    called = getattr(message, "called", "") if values[gives_way] == values.get("title") else ""
    title = called + _short_title(values[gives_way])
    whole = _one_subject(template, {**values, gives_way: title})
    room = max(len(title) - (len(whole) - SUBJECT_LIMIT), 0)
    return trimmed(_one_subject(template, {**values, gives_way: trimmed(title, room)}), SUBJECT_LIMIT)


def _short_title(title: str) -> str:
    """A plan's title as subjects name it: "tuyên truyền …" for "Kế hoạch về việc tuyên truyền …"."""
    for opening in ("kế hoạch ", "kh ", "về việc ", "v/v "):
        if title.casefold().startswith(opening):
            title = title[len(opening) :]
    return title


def _one_subject(template: str, values: Mapping[str, Any]) -> str:
    return one_line(_TEMPLATES.get_template(f"{template}.subject.txt").render(values))


def _render(template: str, values: Mapping[str, Any]) -> list[str]:
    return [line.strip() for line in _TEMPLATES.get_template(template).render(values).splitlines()]


def _single_blanks(lines: list[str]) -> list[str]:
    """Parts that a kind leaves out leave no gap behind."""
    return [line for before, line in zip(["", *lines], lines, strict=False) if line or before]


def _headers(message_id: str, host: str, now: datetime, plan_id: int | None) -> dict[str, str]:
    """Date in the office's zone, and the plan as the thread."""
    headers = {
        "Message-ID": message_id,
        "Date": format_datetime(now.astimezone(HANOI)),
        "Auto-Submitted": "auto-generated",
        "Content-Language": "vi",
    }
    if plan_id is not None:
        thread = f"<plan-{plan_id}@{host}>"
        headers |= {"In-Reply-To": thread, "References": thread}
    return headers


def _unsubscribe(address: str | None) -> dict[str, str]:
    """Nobody can unsubscribe from a duty; only a digest carries this."""
    if address is None:
        return {}
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
