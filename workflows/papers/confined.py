"""Parsing of hostile formats in a process of its own, with bounds of time and memory that the system holds."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import workflows
from workflows.errors import Refused

from .page_pictures import PagePicture

SECONDS, SECONDS_FOR_PAGES = 5, 30
MEMORY = 512 * 1024 * 1024
# A busy machine gives a child its seconds of a processor later than that.
_PATIENCE = 2.4
_ROOT = Path(workflows.__file__).parent.parent


def confined_text(data: bytes, filename: str) -> str:
    """The text of a PDF, read by `workflows.papers.confined_pdf` in a child that may fall without harm.

    Refused as `pdf_text` says, with TOO_COMPLEX when it takes more than 5 seconds of a processor (or 12 on a busy
    machine), with NOT_A_DOCUMENT when it falls.
    """
    return str(_answer(["text"], data, filename, SECONDS)["text"])


def confined_words(data: bytes, filename: str) -> Mapping[str, Any]:
    """The same for `bounded_text`: its `text`, whether it is `whole`, and the `seconds` of a processor it took."""
    return _answer(["words"], data, filename, SECONDS)


def confined_pages(data: bytes, filename: str, pages: str) -> list[PagePicture]:
    """The same for `page_pictures`, with 30 seconds of a processor: a hundred pages take about fifteen."""
    answer = _answer(["pages", pages], data, filename, SECONDS_FOR_PAGES)
    return [PagePicture(width, height, base64.b64decode(jpeg)) for width, height, jpeg in answer["pages"]]


def _answer(arguments: Sequence[str], data: bytes, filename: str, seconds: int) -> Mapping[str, Any]:
    command = [sys.executable, "-m", "workflows.papers.confined_pdf", *arguments]
    known = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
    environment = {**known, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=seconds * _PATIENCE, env=environment, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("TOO_COMPLEX", filename=filename, seconds=seconds) from late
    if done.returncode == -24:  # SIGXCPU: the system held the bound of time
        raise Refused("TOO_COMPLEX", filename=filename, seconds=seconds)
    try:
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError as fallen:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from fallen
    if "code" in answer:
        raise Refused(answer["code"], **{**answer["facts"], "filename": filename})
    return answer
