"""Decisions between the store, where they are rows by version, and the engine, which asks them parsed."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Connection

from workflows.bpmn.dmn import Decision, DecisionFile, read_decisions
from workflows.store.decisions import find_decision, insert_decision

from .desk import Work

KEPT = 100


def keep_decisions(work: Work, file: DecisionFile, text: str, deployment: str | None) -> list[tuple[str, int]]:
    """Keep the decisions of a file as their next versions; each with its version."""
    rows = [
        insert_decision(
            work.connection,
            key=decision.id,
            name=decision.name or decision.id,
            tag=decision.version_tag,
            xml=text,
            now=work.now,
            by=work.by.name,
            deployment=deployment,
        )
        for decision in file.decisions
    ]
    return [(row.key, row.version) for row in rows]


def kept_decision(connection: Connection, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
    """The decision that a business rule task of the definition `caller` means, or None."""
    row = find_decision(connection, key, binding, version, int(caller))
    return _file(row.xml).decision(key) if row is not None else None


@lru_cache(maxsize=KEPT)
def _file(xml: str) -> DecisionFile:
    """A deployed file never changes, so it is read once in this process."""
    return read_decisions(xml.encode())
