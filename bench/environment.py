"""Where a measurement was made: date, processors and their load, versions."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime


def environment() -> str:
    """One line that belongs to every figure."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} processors, load {load}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
