"""What people put right in the reading of a plan, in the order in which they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from workflows.plans.correction import Correction

from .tables.plans import plans, reading_corrections

MOST_LOOKED_AT = 500  # an office's latest corrections, in which a name is looked for


@dataclass(frozen=True)
class MadeCorrection:
    """A correction with its id, what stood there before, and who made it when."""

    id: int
    correction: Correction
    before: Mapping[str, str]
    made_at: datetime
    made_by: str | None


def add_correction(  # noqa: PLR0917 - the facts of a correction
    connection: Connection,
    plan_id: int,
    correction: Correction,
    before: Mapping[str, str],
    at: datetime,
    by: str | None,
) -> None:
    """Keep one more correction of this plan's reading."""
    connection.execute(
        insert(reading_corrections).values(
            plan_id=plan_id, correction=correction.to_json(), before=dict(before), made_at=at, made_by=by
        )
    )


def corrections_of(connection: Connection, plan_id: int) -> Sequence[MadeCorrection]:
    """All corrections of a plan's reading, oldest first."""
    rows = connection.execute(
        select(reading_corrections).where(reading_corrections.c.plan_id == plan_id).order_by(reading_corrections.c.id)
    )
    return [
        MadeCorrection(row.id, Correction.from_json(row.correction), row.before, row.made_at, row.made_by)
        for row in rows
    ]


def drop_correction(connection: Connection, plan_id: int, correction_id: int) -> bool:
    """Take one back; False when this plan has no such correction."""
    gone = delete(reading_corrections).where(
        reading_corrections.c.id == correction_id, reading_corrections.c.plan_id == plan_id
    )
    return bool(connection.execute(gone).rowcount)


def names_put_right(connection: Connection, office_id: int) -> Mapping[str, str]:
    """Names of bodies that people of this office replaced in readings, each with the name that they put there last."""
    rows = connection.execute(
        select(reading_corrections.c.correction, reading_corrections.c.before)
        .join(plans, plans.c.id == reading_corrections.c.plan_id)
        .where(plans.c.office_id == office_id)
        .order_by(reading_corrections.c.id.desc())
        .limit(MOST_LOOKED_AT)
    )
    found: dict[str, str] = {}
    for row in rows:
        words = row.correction["words"]
        for name in ("chu_tri", "phoi_hop"):
            old, new = row.before.get(name, ""), words.get(name, "")
            if old and new and ";" not in old and ";" not in new:
                found.setdefault(old, new)
    return found
