"""What all events of a case have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Common to all: the two names. Field `instance` is the id of an element instance inside the case."""

    NAME: ClassVar[str] = ""
    NAMED: ClassVar[str] = ""
