"""How much is run: little in the test command, much at night (`KEHOACH_NIGHTLY=1`), a chosen seed (`KEHOACH_SEED`)."""

from __future__ import annotations

import os
import sys

NIGHTLY = os.environ.get("KEHOACH_NIGHTLY") == "1"
SEED = int(os.environ.get("KEHOACH_SEED", "59"))


def size(by_day: int, by_night: int) -> int:
    """The one or the other."""
    return by_night if NIGHTLY else by_day


def tell(line: str) -> None:
    """Say what was run, to whoever looks (`pytest -s`)."""
    sys.stdout.write(f"\n{line}\n")
