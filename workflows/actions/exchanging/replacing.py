"""Thay thế by exchange (Bussiness 3): the lines of both documents in the incoming register name each other."""

from __future__ import annotations

from workflows.actions.desk import Work
from workflows.papers.edxml_read import read_message
from workflows.store import exchange, incoming
from workflows.store.exchange import Sealed

REPLACED, REPLACES = "Được thay thế bằng {}", "Thay thế {}"


def note_replacement(work: Work, document: Sealed, line_id: int) -> None:
    """Say on the line of this document, and on those of the documents that it replaces, which is which.

    What it replaces stands in the envelope that brought it, or in a later one: whoever sends may note it afterwards.
    """
    key = (exchange.IN, document.office_id, document.peer)
    replacing = exchange.find(work.connection, *key, document.document_id, (exchange.REPLACE,))
    if replacing is None:
        return
    affair = getattr(read_message(replacing.content or b""), "affair", None)
    for each in affair.replacements if affair else ():
        old = exchange.find(work.connection, *key, each.document_id, exchange.DOCUMENTS)
        if old is not None and old.incoming_id is not None and old.incoming_id != line_id:
            _note(work, old.incoming_id, REPLACED.format(document.cited))
            _note(work, line_id, REPLACES.format(old.cited))


def _note(work: Work, line_id: int, words: str) -> None:
    before = incoming.line(work.connection, line_id).note
    if words not in (before or ""):
        incoming.change(work.connection, line_id, note="; ".join(filter(None, (before, words))))
