"""Decisions by version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from .database import losing_is_stale
from .deployed_files import next_version
from .tables.decisions import decisions
from .tables.processes import definitions


@dataclass(frozen=True)
class DecisionRow:
    """One version of one decision; `xml` is the whole file, which holds what the decision needs."""

    id: int
    key: str
    version: int
    name: str
    tag: str | None
    xml: str
    sha256: str
    deployment: str
    deployed_at: datetime
    deployed_by: str | None


def insert_decision(
    connection: Connection,
    *,
    key: str,
    name: str,
    tag: str | None,
    xml: str,
    now: datetime,
    by: str | None,
    deployment: str | None = None,
) -> DecisionRow:
    """Keep the next version of a decision; the same file again is the version that is there.

    Files with the same `deployment` came together; a file without one came alone. `Stale` when somebody else deployed
    the same decision at the same time.
    """
    known = find_decision(connection, key)
    row = next_version(known, key=key, name=name, xml=xml, now=now, by=by, deployment=deployment)
    if row is None:
        assert known is not None, "only a known file makes no version"
        return known
    row["tag"] = tag
    with losing_is_stale(decision=key, version=row["version"]):
        added = connection.execute(insert(decisions).values(row).returning(decisions.c.id)).scalar_one()
    return DecisionRow(id=added, **row)


def find_decision(
    connection: Connection, key: str, binding: str = "latest", version: str | None = None, caller: int | None = None
) -> DecisionRow | None:
    """The decision that a binding means: latest, version (a number), versionTag, or deployment.

    `deployment` is the one that was deployed together with the definition `caller`. None when there is none.
    """
    wanted = select(decisions).where(decisions.c.key == key)
    if binding == "version":
        wanted = wanted.where(decisions.c.version == (int(version) if version and version.isdecimal() else 0))
    elif binding == "versionTag":
        wanted = wanted.where(decisions.c.tag == version)
    elif binding == "deployment":
        together = select(definitions.c.deployment).where(definitions.c.id == caller).scalar_subquery()
        wanted = wanted.where(decisions.c.deployment == together)
    row = connection.execute(wanted.order_by(decisions.c.version.desc()).limit(1)).one_or_none()
    return DecisionRow(**row._mapping) if row else None
