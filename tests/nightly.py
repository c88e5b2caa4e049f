"""How large a test is: small in the test command, whole where `KEHOACH_NIGHTLY=1` asks for it.

Also the usual size finds what the test is for; the large one looks for what is rare.
"""

from __future__ import annotations

import os
from typing import TypeVar

Size = TypeVar("Size")

NIGHTLY = os.environ.get("KEHOACH_NIGHTLY") == "1"


def size(usual: Size, nightly: Size) -> Size:
    """What a test is to use now."""
    return nightly if NIGHTLY else usual
