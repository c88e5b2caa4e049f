"""A letter as it would go out, for whoever is about to send it: nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from workflows.store.telling import Occasion

from .compose import compose
from .note import hear
from .writers import writer_of


@dataclass(frozen=True)
class Preview:
    """Who would get which letter; `address` is empty for whoever reads it in the house only."""

    name: str
    address: str
    subject: str
    text: str


def previews_of(connection: Connection, occasion: Occasion, now: datetime, base_url: str) -> list[Preview]:
    """One for each addressee; the way of its button is the first page, for the secret link is made when it is sent."""
    heard = hear(connection, occasion, now)
    writer = writer_of(heard.book, occasion)
    return [
        Preview(to.name, to.address, composed.subject, composed.text)
        for to in heard.addressees
        for composed in [
            compose(writer(to, base_url), address=to.address or "-", key=occasion.key, host="preview", now=now)
        ]
    ]
