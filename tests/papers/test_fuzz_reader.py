"""Damaged files are read or refused with a code, never more; 10,000 of them with bounds: bench/fuzz_reader.py."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from workflows.errors import Refused
from workflows.papers.read_file import read_file
from workflows.plans.read_text import read_text

from .mutations import mutated
from .specimens import specimens

SPECIMENS = specimens()
CODES = {"EMPTY", "NOT_A_DOCUMENT", "UNSUPPORTED", "ENCRYPTED", "TOO_LARGE", "TOO_COMPLEX", "SCAN"}
ROUNDS = {"a.docx": 120, "a.pdf": 8, "a.txt": 60, "b.txt": 60, "a.md": 60, "a.html": 60}


@pytest.mark.parametrize("name", sorted(SPECIMENS))
def test_any_damage_is_read_or_refused(name: str) -> None:
    chance = Random(f"fuzz {name}")
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS[name]):
        damaged = mutated(SPECIMENS[name], chance)
        try:
            read_text(read_file(damaged, name))
        except Refused as refused:
            assert refused.code in CODES
            seen[refused.code] += 1
        else:
            seen["read"] += 1
    assert seen["read"] > 0, "the damage must leave some files readable, or nothing of the reader was tried"
