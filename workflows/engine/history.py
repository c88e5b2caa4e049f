"""Events as JSON, by their class name; a history written by any released version must stay readable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import events
from .events import Event
from .records import from_fields, to_fields

KINDS: dict[str, type[Event]] = {name: getattr(events, name) for name in events.__all__ if name != "Event"}


def event_to_json(event: Event) -> dict[str, Any]:
    """The event as JSON values; its class name stands under `event`."""
    kind, fields = kind_and_fields(event)
    return {"event": kind, **fields}


def kind_and_fields(event: Event) -> tuple[str, dict[str, Any]]:
    """The same in two parts, as a log keeps them: the class name, and the other values."""
    return type(event).__name__, to_fields(event)


def event_from_json(written: Mapping[str, Any]) -> Event:
    """The event that `event_to_json` wrote."""
    facts = dict(written)
    return from_fields(KINDS[facts.pop("event")], facts)
