#!/usr/bin/env python3
"""Proves the log of kehoach without kehoach: python3 docs/verify_log.py data/kehoach.sqlite3 [--known ROOT …].

Written from docs/howto/prove-the-log.md alone, with Python's own library (and psycopg for postgresql://…): whoever
doubts the program need not trust it. It says what was changed, cut, inserted or exchanged; the exit code is 0 when
nothing was, 1 when something was, 2 when it could not look. `--known`: roots that were kept outside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64
CASES = "SELECT id, revision, chain_head FROM cases ORDER BY id"
EVENTS = "SELECT case_id, seq, at, type, data, actor, content_hash, hash FROM events ORDER BY case_id, seq"
CHECKPOINTS = "SELECT id, at, root, heads, previous, last_case FROM checkpoints ORDER BY id"
LEAVES = "SELECT checkpoint_id, case_id, revision, head FROM checkpoint_leaves ORDER BY checkpoint_id, case_id"


def main() -> int:
    """Look, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="a file of SQLite, or postgresql://…")
    parser.add_argument("--known", nargs="*", default=[], metavar="ROOT", help="roots that were kept outside")
    asked = parser.parse_args()
    try:
        with closing(connect(asked.database)) as connection:
            faults, seen = look(connection, asked.known)
    except Exception as failure:  # whatever keeps it from looking is no proof
        print(f"Không đọc được cơ sở dữ liệu: {failure}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    print(f"{seen['cases']} hồ sơ, {seen['events']} sự kiện, {seen['checkpoints']} mốc: {len(faults)} chỗ sai")
    return 1 if faults else 0


def connect(database: str) -> Any:
    """A connection that only reads."""
    if database.startswith("postgresql"):
        import psycopg

        connection = psycopg.connect(database.replace("postgresql+psycopg", "postgresql"))
        connection.read_only = True
        return connection
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True)


def look(connection: Any, known: Sequence[str] = ()) -> tuple[list[str], dict[str, int]]:
    """Everything that is wrong, in words, and how much was looked at."""
    heads = {int(case): (int(revision), str(head)) for case, revision, head in read(connection, CASES)}
    seen = {"cases": len(heads), "events": 0, "checkpoints": 0}
    faults: list[str] = []
    hashes: set[tuple[int, int, str]] = set()
    ends: dict[int, tuple[int, str]] = {}
    for case, seq, *facts, kept in read(connection, EVENTS):
        seen["events"] += 1
        last, previous = ends.get(case, (0, GENESIS))
        if seq != last + 1:
            faults.append(f"hồ sơ {case}: thiếu sự kiện {last + 1}")
        elif digest(previous, case, seq, facts) != kept:
            faults.append(f"hồ sơ {case}: sự kiện {seq} đã bị sửa")
        ends[case] = (seq, kept)
        hashes.add((case, seq, kept))
    for case in sorted(heads.keys() | ends.keys()):
        faults.extend(wrong_end(case, heads.get(case), ends.get(case, (0, GENESIS))))
    marks = list(read(connection, CHECKPOINTS))
    seen["checkpoints"] = len(marks)
    leaves: dict[int, list[tuple[int, int, str]]] = {}
    for number, *leaf in read(connection, LEAVES):
        leaves.setdefault(number, []).append((leaf[0], leaf[1], leaf[2]))
    before, roots = GENESIS, {mark[2] for mark in marks}
    for number, at, root, named, previous, last in marks:
        if previous is None:
            faults.extend(wrong_heads(number, root, plain(named), {(case, head) for case, _, head in hashes}))
        else:
            mark = (number, at, root, previous, last)
            faults.extend(wrong_checkpoint(mark, before, leaves.get(number, []), hashes))
        before = root
    faults.extend(inserted([(mark[0], mark[5]) for mark in marks if mark[4] is not None], leaves, heads))
    gone = [root for root in known if root not in roots]
    faults.extend(f"mốc {root} được giữ bên ngoài nhưng không còn trong cơ sở dữ liệu" for root in gone)
    return faults, seen


def wrong_end(case: int, expected: tuple[int, str] | None, end: tuple[int, str]) -> Iterator[str]:
    """What is wrong at the end of a chain, compared with what its case says."""
    if expected is None:
        yield f"hồ sơ {case}: có sự kiện nhưng không còn hồ sơ"
    elif end[0] < expected[0]:
        yield f"hồ sơ {case}: sự kiện cuối {expected[0]} đã bị cắt"
    elif end[0] > expected[0]:
        yield f"hồ sơ {case}: sự kiện {end[0]} được chèn thêm sau sự kiện cuối"
    elif end[1] != expected[1]:
        yield f"hồ sơ {case}: mã băm cuối không khớp"


def wrong_checkpoint(
    mark: tuple[int, Any, str, str, int], before: str, leaves: list[tuple[int, int, str]], hashes: set[Any]
) -> Iterator[str]:
    """What is wrong with one checkpoint: over the root before, its time, the last case, and what changed since."""
    number, at, root, previous, last = mark
    lines = [f"previous:{previous}", f"at:{instant(at)}", f"last:{last}"]
    if merkle([*lines, *(f"{case}:{seq}:{head}" for case, seq, head in leaves)]) != root:
        yield f"mốc {number}: gốc Merkle không khớp với các mã băm mà mốc nêu"
    if previous != before:
        yield f"mốc {number}: mốc liền trước đã bị xóa hoặc thay"
    yield from (f"mốc {number}: chuỗi của hồ sơ {leaf[0]} đã bị thay" for leaf in leaves if leaf not in hashes)


def inserted(marks: list[tuple[int, int]], leaves: Mapping[int, Any], heads: Mapping[int, Any]) -> Iterator[str]:
    """Cases whose number was given out before a checkpoint that neither it nor the next one names."""
    first: dict[int, int] = {}
    for place, (number, _) in enumerate(marks):
        for leaf in leaves.get(number, []):
            first.setdefault(leaf[0], place)
    for case in sorted(heads):
        latest = bisect_left([last for _, last in marks], case) + 1
        if latest < len(marks) and first.get(case, latest + 1) > latest:
            yield f"mốc {marks[latest][0]}: hồ sơ {case} được chèn thêm sau khi mốc đã chốt"


def wrong_heads(number: int, root: str, named: Mapping[str, str], hashes: set[tuple[int, str]]) -> Iterator[str]:
    """What is wrong with a checkpoint that names the ends of all chains, as they were written at first."""
    leaves = sorted((int(case), head) for case, head in named.items())
    if merkle([f"{case}:{head}" for case, head in leaves]) != root:
        yield f"mốc {number}: gốc Merkle không khớp với các mã băm mà mốc nêu"
    for case, head in leaves:
        if head != GENESIS and (case, head) not in hashes:
            yield f"mốc {number}: chuỗi của hồ sơ {case} đã bị thay"


def digest(previous: str, case: int, seq: int, facts: Sequence[Any]) -> str:
    """The hash of an event: SHA-256 in hex over the previous one and the canonical record."""
    at, kind, data, actor, content = facts
    record = {
        "actor": plain(actor),
        "at": instant(at),
        "case": case,
        "content_hash": content,
        "data": plain(data),
        "seq": seq,
        "type": kind,
    }
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + written).encode()).hexdigest()


def merkle(leaves: Sequence[str]) -> str:
    """The Merkle root in hex; a first byte tells leaves (0) from nodes (1)."""
    level = [hashlib.sha256(b"\0" + leaf.encode()).digest() for leaf in leaves] or [hashlib.sha256(b"").digest()]
    while len(level) > 1:
        ones = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\1" + b"".join(two)).digest() if len(two) == 2 else two[0] for two in ones]
    return level[0].hex()


def read(connection: Any, statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, few at a time."""
    cursor = connection.cursor()
    cursor.execute(statement)
    while rows := cursor.fetchmany(2_000):
        yield from rows


def plain(value: Any) -> Any:
    """JSON as it was read: text from SQLite, objects from PostgreSQL; a whole number has one spelling only."""
    return json.loads(value if isinstance(value, str) else json.dumps(value), parse_float=number)


def number(written: str) -> int | float:
    """1.0 and 1 are the same number."""
    value = float(written)
    return int(Decimal(repr(value))) if value.is_integer() else value


def instant(at: object) -> str:
    """UTC with six digits of a second."""
    found = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    known = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return known.isoformat(timespec="microseconds")


if __name__ == "__main__":
    raise SystemExit(main())
