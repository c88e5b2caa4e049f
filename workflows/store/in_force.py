"""Whether a post is held on a day: the one condition, for statements that are put together and for those as text."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from .tables.directory import holdings, people


def term_covers(on: date) -> ColumnElement[bool]:
    """Whether this day is within the term of a row of holdings; both ends count."""
    return and_(
        or_(holdings.c.valid_from.is_(None), holdings.c.valid_from <= on),
        or_(holdings.c.valid_to.is_(None), holdings.c.valid_to >= on),
    )


def is_held(on: date) -> ColumnElement[bool]:
    """The same for a row of holdings with its row of people: from the day on which they left nobody holds anything."""
    return and_(term_covers(on), or_(people.c.left_on.is_(None), people.c.left_on > on))


def term_covers_text(table: str, day: str) -> str:
    """`term_covers` as text: `table` is the name that holdings have, `day` that of the parameter."""
    return (
        f"({table}.valid_from IS NULL OR {table}.valid_from <= {day})"
        f" AND ({table}.valid_to IS NULL OR {table}.valid_to >= {day})"
    )
