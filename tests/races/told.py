"""What the races say of themselves, and what chance they begin with."""

from __future__ import annotations

import os
import sys

SEED = int(os.environ.get("KEHOACH_TEST_SEED", "59"))


def tell(line: str) -> None:
    """Say what was run, to whoever looks (`pytest -s`)."""
    sys.stdout.write(f"\n{line}\n")
