"""The sizes of tests: small in the test command, whole where `KEHOACH_NIGHTLY=1` asks for it."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("KEHOACH_NIGHTLY") == "1"
