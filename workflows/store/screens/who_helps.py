"""Who helps (phối hợp) with a duty: its bodies out of the list that is kept with the duty, on both databases."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, Text, cast, func, literal, select

from workflows.store.tables.directory import bodies
from workflows.store.tables.plans import duties, plans

from .sight import Sight, may_see


def helped_by(connection: Connection, body_id: int) -> ColumnElement[bool]:
    """The condition on a row of duties that this body helps with it."""
    each, body = _helpers(connection)
    return select(literal(1)).select_from(each).where(body == str(body_id)).correlate(duties).exists()


def helping_bodies(connection: Connection, sight: Sight) -> dict[int, str]:
    """The bodies that help with anything that is seen, by name."""
    each, body = _helpers(connection)
    named = select(body).select_from(duties).join(plans, plans.c.id == duties.c.plan_id).join(each, literal(True))
    ids = {int(found) for found in connection.scalars(named.where(may_see(sight), body.is_not(None)).distinct())}
    wanted = select(bodies.c.id, bodies.c.name).where(bodies.c.id.in_(ids)).order_by(bodies.c.sort_key, bodies.c.id)
    return {row.id: row.name for row in connection.execute(wanted)}


def _helpers(connection: Connection) -> tuple[FromClause, ColumnElement[str]]:
    """The entries of the list as rows, and the body of each as text; null where nobody answers to the name."""
    if connection.dialect.name == "sqlite":
        each = func.json_each(duties.c.coop).table_valued("value")
        return each, cast(func.json_extract(each.c.value, "$.body"), Text)
    each = func.jsonb_array_elements(duties.c.coop).table_valued("value", name="helper")
    return each, func.jsonb_extract_path_text(each.c.value, "body")
