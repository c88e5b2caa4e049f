"""Where a secret is kept: in a file or a variable of the environment; the database knows the place only."""

from __future__ import annotations

import os
from pathlib import Path

from workflows.errors import Refused


def secret_at(place: str) -> str:
    """The secret at "file:/path" or "env:NAME", without the line end; SECRET_MISSING names the place only."""
    kind, _, where = place.partition(":")
    if kind == "env" and where in os.environ:
        return os.environ[where]
    if kind == "file":
        try:
            return Path(where).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise Refused("SECRET_MISSING", place=place) from error
    raise Refused("SECRET_MISSING", place=place if kind in ("env", "file") else "?")
