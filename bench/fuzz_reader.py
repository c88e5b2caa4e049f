"""`python -m bench.fuzz_reader [COUNT] [SEED]`: damaged files by the thousand, each read within 5 s and 512 MB.

Prints how often each outcome came, the slowest file and the highest memory; any other exception or a breach of a bound
leaves the file under /tmp/kehoach-fuzz/ and ends with code 1.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.papers.mutations import mutated
from tests.papers.specimens import specimens
from workflows.errors import KehoachError, Refused
from workflows.papers.read_file import read_file
from workflows.plans.read_text import read_text

SECONDS = 5.5
MEMORY = 512 * 1024 * 1024
KEPT = Path("/tmp/kehoach-fuzz")
# PDF files take a process each, so fewer of them.
SHARES = {"a.docx": 40, "a.pdf": 10, "a.txt": 12, "b.txt": 12, "a.md": 13, "a.html": 13}


def main(count: int, seed: str) -> int:
    """Reads `count` damaged files; returns the exit code."""
    good = specimens()
    chance = Random(seed)
    seen: Counter[str] = Counter()
    slowest, broken = (0.0, ""), 0
    for number in range(count):
        name = chance.choices(list(SHARES), list(SHARES.values()))[0]
        data = mutated(good[name], chance)
        began = time.monotonic()
        outcome = _outcome(data, name)
        took = time.monotonic() - began
        slowest = max(slowest, (took, f"{name} #{number}"))
        seen[f"{name} {outcome}"] += 1
        if outcome.startswith("!") or took > SECONDS:
            broken += 1
            KEPT.mkdir(exist_ok=True)
            (KEPT / f"{number}-{name}").write_bytes(data)
    own, children = (
        resource.getrusage(who).ru_maxrss * 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    lines = [f"{kind}: {times}" for kind, times in sorted(seen.items())]
    lines += [f"slowest: {slowest[0]:.2f} s ({slowest[1]})", f"memory: {own >> 20} MB, child {children >> 20} MB"]
    sys.stdout.write("\n".join([*lines, f"broken: {broken}", ""]))
    return 1 if broken or max(own, children) > MEMORY else 0


def _outcome(data: bytes, name: str) -> str:
    try:
        read_text(read_file(data, name))
    except Refused as refused:
        return refused.code
    except KehoachError as other:
        return f"!{type(other).__name__}"
    except Exception as other:
        return f"!{type(other).__name__}"
    return "read"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else "1"))
