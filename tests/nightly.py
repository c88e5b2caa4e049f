"""How large a test is: small in the test command, whole where `KEHOACH_NIGHTLY=1` asks for it.

Also the usual size finds what the test is for; the large one looks for what is rare.
"""

from __future__ import annotations

import os
from random import SystemRandom
from typing import TypeVar

Size = TypeVar("Size")

SEED = "KEHOACH_TEST_SEED"
NIGHTLY = os.environ.get("KEHOACH_NIGHTLY") == "1"


def size(usual: Size, nightly: Size) -> Size:
    """What a test is to use now."""
    return nightly if NIGHTLY else usual


def seed() -> int:
    """The seed that the environment names, else a new one; what fails says it, so that it can be shown again."""
    return int(os.environ.get(SEED) or SystemRandom().randrange(10**6))
