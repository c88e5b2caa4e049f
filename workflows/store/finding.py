"""One thing that was looked at when somebody asked whether all is well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: a stable code, how it stands, and the facts that a sentence about it needs."""

    code: str
    level: Literal["ok", "warning", "error"]
    facts: Mapping[str, Any] = field(default_factory=dict)
