"""What tests do again and again to an office in memory is done once a process; afterwards its outcome is laid over.

The same deed on the same bytes at the same instant has the same outcome, for time, chance and identity are arguments.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from workflows.store.database import Database

if TYPE_CHECKING:
    from .cast import Cast

P, R = ParamSpec("P"), TypeVar("R")
MOST = 40  # outcomes that are kept; each is a database of one or two megabytes


@dataclass(frozen=True)
class Outcome:
    """What a deed left: the database, the letters that left the house, the plan, and what it returned."""

    content: bytes
    letters: tuple[Any, ...]
    plan_id: int
    result: Any


_KEPT: OrderedDict[tuple[Any, ...], Outcome] = OrderedDict()


def remembered(deed: Callable[P, R]) -> Callable[P, R]:
    """A deed of the cast that moves neither its clock nor anything outside its database and its letters."""

    @wraps(deed)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        cast: Cast = args[0]  # type: ignore[assignment]  # the deeds are methods
        if not is_in_memory(cast.database):
            return deed(*args, **kwargs)
        with raw(cast.database) as connection:
            before = sha256(connection.serialize()).digest()
        key = (deed.__name__, before, cast.now, cast.plan_id, cast.text, repr(args[1:]), repr(kwargs))
        if key in _KEPT:
            return _lay_over(cast, _KEPT[key])  # type: ignore[no-any-return]
        letters = len(cast.channel.letters)
        result = deed(*args, **kwargs)
        _keep(key, cast, tuple(cast.channel.letters[letters:]), result)
        return result

    return done


def is_in_memory(database: Database) -> bool:
    """Whether it is SQLite without a file."""
    url = database.engine.url
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


@contextmanager
def raw(database: Database) -> Iterator[sqlite3.Connection]:
    """The one connection of a database in memory."""
    pooled = database.engine.raw_connection()
    try:
        yield pooled.driver_connection  # type: ignore[misc]
    finally:
        pooled.close()


def _keep(key: tuple[Any, ...], cast: Cast, letters: tuple[Any, ...], result: Any) -> None:
    with raw(cast.database) as connection:
        _KEPT[key] = Outcome(connection.serialize(), letters, cast.plan_id, result)
    if len(_KEPT) > MOST:
        _KEPT.popitem(last=False)


def _lay_over(cast: Cast, outcome: Outcome) -> Any:
    with raw(cast.database) as connection, closing(sqlite3.connect(":memory:")) as kept:
        kept.deserialize(outcome.content)
        kept.backup(connection)
    cast.channel.letters.extend(outcome.letters)
    cast.plan_id = outcome.plan_id
    return outcome.result
