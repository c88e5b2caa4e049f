"""Paging by place: the rows that follow one in an order of several columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, or_


def behind(order: Sequence[ColumnElement[Any]], place: Sequence[Any]) -> ColumnElement[bool]:
    """The condition on rows behind `place`, the values of these columns in the last row seen.

    A column that may be NULL stands behind one that says whether it is, so nothing follows a NULL but what ties.
    """
    found: ColumnElement[bool] = false()
    for column, value in reversed(list(zip(order, place, strict=True))):
        later = column > literal(value, column.type) if value is not None else false()
        same = column == literal(value, column.type) if value is not None else column.is_(None)
        found = or_(later, and_(same, found))
    return found
