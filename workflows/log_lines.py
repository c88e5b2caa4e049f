"""One line of the log as one JSON object, with the ids of what was being done when it was written."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_about: ContextVar[Mapping[str, str]] = ContextVar("about", default={})  # noqa: B039 - never changed in place


@contextmanager
def about(**ids: object) -> Iterator[None]:
    """What is logged inside carries these ids (request, sweep, flow run …), also from threads that are begun inside."""
    token = _about.set({**_about.get(), **{name: str(value) for name, value in ids.items() if value is not None}})
    try:
        yield
    finally:
        _about.reset(token)


class JsonLines(logging.Formatter):
    """A record as JSON: `at` (UTC), `level`, `logger`, `message`, the ids, fields given as `extra={"facts": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end; a traceback is one string of it."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_about.get(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def write_log(form: str, level: str) -> None:
    """Write this process's log to standard error: `form` is text (for people) or json (for machines)."""
    handler = logging.StreamHandler()
    plain = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else plain)
    logging.basicConfig(level=level, handlers=[handler], force=True)
