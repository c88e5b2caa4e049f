"""The child of `confined`: a file on standard input; its text, words, pages or a refusal as JSON on standard output."""

from __future__ import annotations

import base64
import json
import resource
import sys
from typing import Any

from workflows.errors import Refused

from .confined import MEMORY, SECONDS, SECONDS_FOR_PAGES


def main(what: str, *pages: str) -> None:
    """Reads under bounds that the system holds; never leaves a core file."""
    seconds = SECONDS_FOR_PAGES if what == "pages" else SECONDS
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    answer: dict[str, Any]
    try:
        answer = _read(what, sys.stdin.buffer.read(), *pages)
    except Refused as refused:
        answer = {"code": refused.code, "facts": dict(refused.facts)}
    except (MemoryError, RecursionError):
        answer = {"code": "TOO_COMPLEX", "facts": {"seconds": seconds}}
    sys.stdout.write(json.dumps(answer))


def _read(what: str, data: bytes, *pages: str) -> dict[str, Any]:
    if what == "pages":
        from .page_pictures import page_pictures  # noqa: PLC0415 - the bounds hold for what is loaded, too

        found = page_pictures(data, "", *pages)
        return {"pages": [(each.width, each.height, base64.b64encode(each.jpeg).decode()) for each in found]}
    if what == "words":
        from .bounded_text import bounded_text  # noqa: PLC0415 - the same

        text, whole = bounded_text(data)
        used = resource.getrusage(resource.RUSAGE_SELF)
        return {"text": text, "whole": whole, "seconds": used.ru_utime + used.ru_stime}
    from .pdf_text import pdf_text  # noqa: PLC0415 - the same

    return {"text": pdf_text(data, "")}


if __name__ == "__main__":
    main(*sys.argv[1:])
