"""The child of `confined`: a PDF on standard input, its text or a refusal as JSON on standard output."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from workflows.errors import Refused

from .confined import MEMORY, SECONDS
from .pdf_text import pdf_text


def main() -> None:
    """Reads under bounds that the system holds; never leaves a core file."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: dict[str, Any]
    try:
        answer = {"text": pdf_text(sys.stdin.buffer.read(), "")}
    except Refused as refused:
        answer = {"code": refused.code, "facts": dict(refused.facts)}
    except (MemoryError, RecursionError):
        answer = {"code": "TOO_COMPLEX", "facts": {"seconds": SECONDS}}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
