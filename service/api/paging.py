"""Lists by pages, one way for all: so many at most, behind a place that the page before named as `next`.

The place is that of the last row in the order of the list, not its number, so rows that come or go meanwhile neither
repeat nor hide others.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from fastapi import Query

from workflows.errors import Refused

from .shapes import GREATEST

MOST = 200
USUAL = 50
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most")]
After = Annotated[
    str | None,
    Query(min_length=1, max_length=400, pattern="^[A-Za-z0-9_-]+$", description="`next` of the page before"),
]
Row = TypeVar("Row")
Place = tuple[Any, ...]


def page_of(rows: Sequence[Row], limit: int, place: Callable[[Row], Place]) -> tuple[Sequence[Row], str | None]:
    """The first `limit` of `limit + 1` rows, and what leads to the next page where there is one."""
    shown = rows[:limit]
    return shown, _written(place(shown[-1])) if len(rows) > limit else None


def place_of(after: str | None, kinds: Sequence[type]) -> Place | None:
    """The place that `after` names, of values of these kinds, instants or null; Refused NO_SUCH_PLACE otherwise."""
    if after is None:
        return None
    try:
        values = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise ValueError("another list's place")
        return tuple(_value(each, kind) for each, kind in zip(values, kinds, strict=True))
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Refused("NO_SUCH_PLACE", after=after) from error


def _value(given: Any, kind: type) -> Any:  # noqa: ANN401 - of the kind that is named
    if kind is datetime:
        if given is None:
            return None
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is None:
            raise ValueError("an instant without a zone")
        return moment.astimezone(UTC)  # an instant of before the first year there has no place in a database
    if type(given) is not kind:
        raise ValueError("another kind of value")
    if (isinstance(given, int) and abs(given) > GREATEST) or (isinstance(given, str) and not given.isprintable()):
        raise ValueError("a value that no row has")
    return given


def _written(place: Place) -> str:
    values = [each.isoformat() if isinstance(each, datetime) else each for each in place]
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
