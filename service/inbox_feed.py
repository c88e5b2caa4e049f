"""The inbox as a feed: Atom (RFC 4287) and JSON Feed 1.1, with the same entries; no names of people, no contents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from workflows.store.screens.inbox import InboxRow

from .words import dates, vi
from .words.inbox_words import DUE_WORDS, FEED_TITLE

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Entry:
    """One task: what is to be done, of which plan, until when, since when."""

    key: str
    title: str
    summary: str
    url: str
    at: datetime


def entries_of(rows: Sequence[InboxRow], base_url: str) -> list[Entry]:
    """The rows of the inbox as entries, in their order."""
    return [
        Entry(
            row.task.id,
            ": ".join(filter(None, (_verb(row), row.plan.title if row.plan else row.subject))),
            _summary(row),
            f"{base_url}/viec/{row.task.id}",
            row.task.opened_at,
        )
        for row in rows
    ]


def as_atom(entries: Sequence[Entry], feed_url: str, base_url: str, now: datetime) -> bytes:
    """The feed as Atom; the same entries give the same bytes, for it is as new as its newest entry."""
    feed = etree.fromstring(f'<feed xmlns="{ATOM}"/>')
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "vi")
    _add(feed, "title", FEED_TITLE)
    _add(feed, "id", f"{base_url}/viec")
    _add(feed, "updated", _stamp(max((each.at for each in entries), default=now.replace(hour=0, minute=0, second=0))))
    _add(_add(feed, "author"), "name", "kehoach")
    _add(feed, "link", rel="self", href=feed_url, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=f"{base_url}/viec", type="text/html")
    for each in entries:
        entry = _add(feed, "entry")
        _add(entry, "title", each.title)
        _add(entry, "id", each.url)
        _add(entry, "updated", _stamp(each.at))
        _add(entry, "link", rel="alternate", href=each.url, type="text/html")
        _add(entry, "summary", each.summary)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def as_json(entries: Sequence[Entry], feed_url: str, base_url: str) -> bytes:
    """The feed as JSON Feed."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": FEED_TITLE,
        "language": "vi",
        "home_page_url": f"{base_url}/viec",
        "feed_url": feed_url,
        "items": [
            {
                "id": each.url,
                "url": each.url,
                "title": each.title,
                "content_text": each.summary,
                "date_published": _stamp(each.at),
            }
            for each in entries
        ],
    }
    return json.dumps(feed, ensure_ascii=False).encode()


def _verb(row: InboxRow) -> str:
    return vi.FORM_VERB.get(row.task.form or "", row.task.name)


def _summary(row: InboxRow) -> str:
    """The number, who submitted it and the last day; never how late, for that would change every day."""
    due = DUE_WORDS.format(dates.due_words(row.task.due)) if row.task.due else vi.NO_DUE
    if row.plan is None:
        return due
    return f"{vi.numbered(row.plan.number, row.plan.symbol)} – {row.plan.unit} – {due}"


def _stamp(moment: datetime) -> str:
    return dates.local(moment).isoformat(timespec="seconds")


def _add(parent: etree._Element, name: str, words: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attrib=attributes)
    if words:
        child.text = "".join(each for each in words if (each >= " " or each in "\t\n") and each not in "\ufffe\uffff")
    return child
