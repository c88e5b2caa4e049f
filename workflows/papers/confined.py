"""Parsing of hostile formats in a process of its own, with bounds of time and memory that the system holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import workflows
from workflows.errors import Refused

SECONDS = 5
_PATIENCE = 12
MEMORY = 512 * 1024 * 1024
_ROOT = Path(workflows.__file__).parent.parent


def confined_text(data: bytes, filename: str) -> str:
    """The text of a PDF, read by `workflows.papers.confined_pdf` in a child that may fall without harm.

    Refused as `pdf_text` says, with TOO_COMPLEX when it takes more than 5 seconds of a processor (or 12 on a busy
    machine), with NOT_A_DOCUMENT when it falls.
    """
    command = [sys.executable, "-m", "workflows.papers.confined_pdf"]
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
    environment = {**known, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=_PATIENCE, env=environment, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("TOO_COMPLEX", filename=filename, seconds=SECONDS) from late
    if done.returncode == -24:  # SIGXCPU: the system held the bound of time
        raise Refused("TOO_COMPLEX", filename=filename, seconds=SECONDS)
    try:
        answer = json.loads(done.stdout)
    except ValueError as fallen:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from fallen
    if "code" in answer:
        raise Refused(answer["code"], **{**answer["facts"], "filename": filename})
    text: str = answer["text"]
    return text
