"""How long a paper takes and how much memory, against a floor: a page with one word through the same compiler.

Run: `.venv/bin/python bench/papers.py [--rounds 20]`. Nothing is addressed; the font must be on the machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from workflows.papers.fonts import find_font
from workflows.papers.write_docx import docx_bytes
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.official_document import Letterhead, OfficialDocument, Text
from workflows.plans.plan_paper import plan_paper
from workflows.plans.read_text import read_text

TEXTS = Path(__file__).parent.parent / "tests" / "plans" / "texts"
SENTENCE = "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện nghiêm túc Kế hoạch này. "
WORD = OfficialDocument(Letterhead(("UBND",)), "KH-UBND", 1, "", None, None, "", (Text("Thử."),))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--long", action="store_true", help="only 100 pages, and the memory that they took")
    chosen = parser.parse_args()
    if chosen.long:
        _long()
        return
    font = find_font()
    plan = plan_paper(read_text(next(TEXTS.glob("000_*")).read_text(encoding="utf-8")))
    floor = _median(chosen.rounds, lambda at: pdf_bytes(_varied(WORD, at), font))
    print(f"floor, one word: {floor * 1000:.1f} ms")
    pdf = _median(chosen.rounds, lambda at: pdf_bytes(_varied(plan, at), font))
    print(f"plan of 8 pages as PDF: {pdf * 1000:.1f} ms, {pdf / floor:.1f} x the floor")
    word = _median(chosen.rounds, lambda at: docx_bytes(_varied(plan, at)))
    print(f"plan of 8 pages as DOCX: {word * 1000:.1f} ms, {word / floor:.1f} x the floor")
    sys.stdout.flush()
    subprocess.run([sys.executable, __file__, "--long"], check=True)


def _long() -> None:
    body = tuple(Text(f"{at}. {SENTENCE * 8}") for at in range(600))
    started = time.process_time()
    made = pdf_bytes(replace(WORD, body=body), find_font())
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{made.count(b'/Type/Page/')} pages: {seconds:.2f} CPU s, {len(made) // 1024} KB, peak {peak:.0f} MB")


def _varied(document: OfficialDocument, at: int) -> OfficialDocument:
    """The same document with another subject: no round is answered from the compiler's memory of the last one."""
    return replace(document, subject=f"{document.subject} lần {at}")


def _median(rounds: int, step: Callable[[int], object]) -> float:
    step(-1)
    taken = []
    for at in range(rounds):
        started = time.process_time()
        step(at)
        taken.append(time.process_time() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
