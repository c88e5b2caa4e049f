"""Which orders are run, by a seed that may be chosen (`KEHOACH_SEED`), and what is said of them."""

from __future__ import annotations

import os
import sys

SEED = int(os.environ.get("KEHOACH_SEED", "59"))


def tell(line: str) -> None:
    """Say what was run, to whoever looks (`pytest -s`)."""
    sys.stdout.write(f"\n{line}\n")
