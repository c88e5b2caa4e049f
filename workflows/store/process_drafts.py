"""Drafts of processes: one open draft a process, each change kept with the file after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from workflows.errors import NotFound, Stale

from .database import losing_is_stale
from .tables.designing import process_draft_changes as changes
from .tables.designing import process_drafts as drafts


@dataclass(frozen=True)
class Draft:
    """A draft as it stands: `xml` is the file after its last change, `changed_by` who made that and when."""

    id: int
    key: str
    base_version: int | None
    status: str
    revision: int
    note: str | None
    proposed_by: str | None
    proposed_name: str | None
    proposed_at: datetime | None
    published_version: int | None
    ended_by: str | None
    ended_at: datetime | None
    xml: str
    what: str
    element: str | None
    changed_by: str
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it can still become a version."""
        return self.status in ("open", "proposed")


@dataclass(frozen=True)
class DraftChange:
    """One change of a draft, without its file."""

    revision: int
    what: str
    element: str | None
    by_name: str
    at: datetime


def begin_draft(connection: Connection, key: str, base_version: int | None, xml: str, *, by: str, now: datetime) -> int:
    """A new draft; `Stale` when this process has an open one already."""
    row = {"key": key, "open_key": key, "base_version": base_version, "status": "open", "revision": 0}
    with losing_is_stale(process=key):
        draft_id: int = connection.execute(insert(drafts).values(row).returning(drafts.c.id)).scalar_one()
    _keep(connection, draft_id, 0, xml, "begun", None, by, now)
    return draft_id


def draft(connection: Connection, draft_id: int) -> Draft:
    """This draft; `NotFound` when there is none."""
    found = connection.execute(_newest().where(drafts.c.id == draft_id)).one_or_none()
    if found is None:
        raise NotFound("process_draft", id=draft_id)
    return Draft(**found._mapping)


def open_drafts(connection: Connection) -> dict[str, Draft]:
    """The open drafts by process."""
    rows = connection.execute(_newest().where(drafts.c.open_key.is_not(None)).order_by(drafts.c.key))
    return {row.key: Draft(**row._mapping) for row in rows}


def changes_of(connection: Connection, draft_id: int) -> list[DraftChange]:
    """Every change, the newest first."""
    shown = (changes.c.revision, changes.c.what, changes.c.element, changes.c.by_name, changes.c.at)
    wanted = select(*shown).where(changes.c.draft_id == draft_id).order_by(changes.c.revision.desc())
    return [DraftChange(*row) for row in connection.execute(wanted)]


def file_at(connection: Connection, draft_id: int, revision: int) -> str:
    """The file after this change; `NotFound` when there was none."""
    wanted = select(changes.c.xml).where(changes.c.draft_id == draft_id, changes.c.revision == revision)
    xml: str | None = connection.scalar(wanted)
    if xml is None:
        raise NotFound("draft_change", revision=revision)
    return xml


def change_draft(
    connection: Connection, known: Draft, xml: str, what: str, element: str | None, *, by: str, now: datetime
) -> None:
    """Keep the next change of an open draft; whoever proposed it must do so again. `Stale` when another came first."""
    _set(connection, known, {"revision": known.revision + 1, "status": "open", **_NOT_PROPOSED})
    _keep(connection, known.id, known.revision + 1, xml, what, element, by, now)


def set_state(connection: Connection, known: Draft, values: dict[str, Any]) -> None:
    """Write how a draft stands; one that is over gives its process free. `Stale` when it was changed meanwhile."""
    over = {"open_key": None} if values.get("status") in ("published", "dropped") else {}
    _set(connection, known, {**values, **over})


_NOT_PROPOSED = {"proposed_by": None, "proposed_name": None, "proposed_at": None}


def _set(connection: Connection, known: Draft, values: dict[str, Any]) -> None:
    same = (drafts.c.id == known.id, drafts.c.revision == known.revision, drafts.c.status == known.status)
    if connection.execute(update(drafts).where(*same).values(values)).rowcount != 1:
        raise Stale(by=known.changed_by, at=known.changed_at.isoformat())


def _keep(  # noqa: PLR0917 - the columns
    connection: Connection, draft_id: int, revision: int, xml: str, what: str, element: str | None, by: str,
    now: datetime,
) -> None:  # fmt: skip
    row = {"draft_id": draft_id, "revision": revision, "xml": xml, "what": what, "element": element}
    connection.execute(insert(changes).values(row | {"by_name": by, "at": now}))


def _newest() -> Select[Any]:
    own = [column for column in drafts.c if column.name != "open_key"]
    last = (changes.c.draft_id == drafts.c.id) & (changes.c.revision == drafts.c.revision)
    shown = (
        changes.c.xml,
        changes.c.what,
        changes.c.element,
        changes.c.by_name.label("changed_by"),
        changes.c.at.label("changed_at"),
    )
    return select(*own, *shown).join(changes, last)
