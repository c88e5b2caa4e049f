"""What is the same test at its nightly size: chosen with KEHOACH_NIGHTLY=1, never by CI."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("KEHOACH_NIGHTLY") == "1"
