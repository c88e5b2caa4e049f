"""What a database's complaint means: somebody was first, or a value that not every database can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import exc

from workflows.errors import Refused, Stale

# Two cases that send messages to each other lock each other's row: deadlock detected, serialization failure.
GAVE_WAY = {"40P01", "40001"}
OUT_OF_RANGE = "22003"
# The escape of NUL, not a backslash that was written before "u0000".
NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@contextmanager
def complaints_as_refusals() -> Iterator[None]:
    """Inside it: `Stale` for whoever gives way in a deadlock, BAD_TEXT and BAD_VALUE for what cannot be kept."""
    try:
        yield
    except exc.StatementError as error:
        refused = _meaning(error)
        if refused is None:
            raise
        raise refused from error
    except UnicodeEncodeError as error:
        raise Refused("BAD_TEXT") from error
    except OverflowError as error:
        if "SQLite" not in str(error):
            raise
        raise Refused("BAD_VALUE") from error


def json_without_nul(written: str | bytes) -> bytes:
    """This JSON in UTF-8, if no text in it holds a NUL or half a surrogate pair."""
    if isinstance(written, str):
        try:
            written = written.encode()
        except UnicodeEncodeError as error:
            raise Refused("BAD_TEXT") from error
    if b"\\u0000" in written and NUL_IN_JSON.search(written):
        raise Refused("BAD_TEXT")
    return written


def text_without_nul(text: str) -> str:
    """This text, if it holds no NUL."""
    if "\0" in text:
        raise Refused("BAD_TEXT")
    return text


def refuse_nul(*arguments: Any) -> None:  # noqa: ANN401 - the arguments of SQLAlchemy's before_cursor_execute
    """PostgreSQL keeps no NUL in a text; SQLite would, and so it is refused there as well."""
    parameters = arguments[3]
    for row in parameters if isinstance(parameters, list) else (parameters,):
        values = row.values() if isinstance(row, Mapping) else row if isinstance(row, Sequence) else ()
        if any(isinstance(value, str) and "\0" in value for value in values):
            raise Refused("BAD_TEXT")


def _meaning(error: exc.StatementError) -> Refused | None:
    if isinstance(error.orig, Refused):
        return error.orig
    state = getattr(error.orig, "sqlstate", None)
    if state in GAVE_WAY:
        return Stale()
    return Refused("BAD_VALUE") if state == OUT_OF_RANGE else None
