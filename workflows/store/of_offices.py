"""The condition that rows are of some offices, said once for every list that is narrowed to them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, or_, true

Offices = Collection[int | None] | None


def is_of(office: ColumnElement[Any], offices: Offices) -> ColumnElement[bool]:
    """Whether a row's office is one of these; None stands for all, a None inside for rows of no office."""
    if offices is None:
        return true()
    named = office.in_([each for each in offices if each is not None])
    return or_(named, office.is_(None)) if None in offices else named
