"""The searches as commands, run as whoever replays a seed runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from tests.house.source import ROOT


def run(search: str, *words: str) -> dict[str, Any]:
    """The report of this search."""
    command = [sys.executable, "-m", f"tests.crash.{search}", *words]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    said = f"python -m tests.crash.{search} {' '.join(words)}"
    assert done.stdout.startswith("{"), f"$ {said}\n{done.stdout}{done.stderr}"
    report: dict[str, Any] = json.loads(done.stdout)
    assert not report["violations"], f"$ {said}\n" + "\n".join(report["violations"])
    return report
