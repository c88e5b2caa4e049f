"""Verification of files that anybody may upload, in a process of its own with bounds of time and memory.

`python -m workflows.papers.signing.confined_verify` reads a line of JSON ({"trust", "now"}) and the file from its
standard input, and answers with the verdict as JSON.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import workflows

SECONDS = 20
MEMORY = 768 * 1024 * 1024
# Whom to trust where no signing is set up: nobody.
NO_TRUST: Mapping[str, Any] = {
    "roots": [],
    "intermediates": [],
    "revocation_lists": [],
    "stamps": {},
    "fetch": False,
    "test": False,
}
_ROOT = Path(workflows.__file__).parent.parent
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")


def verdict_on(content: bytes, trust: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """What `verify_pdf` finds, as JSON; a file that the child falls over is "changed" with the fault TOO_COMPLEX."""
    known = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    head = json.dumps({"trust": trust, "now": now.isoformat()}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workflows.papers.signing.confined_verify"],
            input=head + content,
            capture_output=True,
            timeout=SECONDS * 2,
            env={**known, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        fault = {"code": "TOO_COMPLEX", "field": ""}
        digest = sha256(content).hexdigest()
        return {"state": "changed", "sha256": digest, "size": len(content), "signatures": [], "faults": [fault]}
    return answer


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.buffer.readline())
    from dataclasses import asdict  # noqa: PLC0415 - the bounds hold for what is loaded, too

    from .trust import Trust  # noqa: PLC0415 - the same
    from .verify_pdf import verify_pdf  # noqa: PLC0415 - the same

    content = sys.stdin.buffer.read()
    verdict = verify_pdf(content, Trust.from_json(asked["trust"]), datetime.fromisoformat(asked["now"]))
    json.dump(asdict(verdict), sys.stdout, default=datetime.isoformat)


if __name__ == "__main__":
    _main()
