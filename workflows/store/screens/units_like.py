"""The units and posts of an office as a template for others; where its place is named, the other's can stand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, or_, select

from workflows.plans.office_templates import PlannedPost, PlannedUnit
from workflows.store.tables.directory import bodies, posts

PLACE = "{place}"


def units_like(connection: Connection, office_id: int, today: date) -> list[PlannedUnit]:
    """The bodies inside this office that are in being, those above before those below; groups are left out."""
    place = connection.scalar(select(bodies.c.place).where(bodies.c.id == office_id))
    there = or_(bodies.c.valid_to.is_(None), bodies.c.valid_to >= today)
    inside = (bodies.c.office_id == office_id, bodies.c.kind.not_in(("office", "group")), there)
    wanted = select(bodies.c.id, bodies.c.parent_id, bodies.c.kind, bodies.c.name, bodies.c.short_name)
    rows = connection.execute(wanted.where(*inside).order_by(bodies.c.id)).all()
    held: dict[int, list[PlannedPost]] = {row.id: [] for row in rows}
    asked = select(posts.c.body_id, posts.c.role, posts.c.title, posts.c.is_head, posts.c.rank)
    for row in connection.execute(asked.where(posts.c.body_id.in_(held)).order_by(posts.c.id)):
        held[row.body_id].append(PlannedPost(row.role, row.title, row.is_head, row.rank))
    at = {row.id: number for number, row in enumerate(rows)}
    return [
        PlannedUnit(
            row.kind,
            row.name.replace(place, PLACE) if place else row.name,
            held[row.id],
            row.short_name if not place or place not in (row.short_name or "") else None,
            at.get(row.parent_id),
        )
        for row in rows
    ]
