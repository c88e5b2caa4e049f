"""The kehoach command as people call it: arguments and KEHOACH_* variables in, output and an exit code back."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from service.cli.main import run

KEHOACH = Path(sys.executable).with_name("kehoach")


@dataclass(frozen=True)
class Ended:
    """How a call ended."""

    code: int
    said: str
    complained: str

    @property
    def answer(self) -> Any:
        """The JSON on standard output."""
        return json.loads(self.said)


def environment(**settings: str | Path) -> dict[str, str]:
    """This environment with no KEHOACH_* variables but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_")}
    return kept | {f"KEHOACH_{name.upper()}": str(value) for name, value in settings.items()}


def kehoach(*arguments: str | Path, **settings: str | Path) -> Ended:
    """Call the command in this process, which saves the seconds that a Python takes to start."""
    said, complained = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, environment(**settings), clear=True),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        code = run([str(argument) for argument in arguments])
    return Ended(code, said.getvalue(), complained.getvalue())
