"""What the races say of themselves, and what chance they begin with."""

from __future__ import annotations

import os
import sys

from tests import nightly

# In the test command the same orders each time, at night others.
SEED = nightly.seed() if nightly.NIGHTLY or nightly.SEED in os.environ else 59


def tell(line: str) -> None:
    """Say what was run, to whoever looks (`pytest -s`)."""
    sys.stdout.write(f"\n{line}\n")
