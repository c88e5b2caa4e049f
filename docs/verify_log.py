#!/usr/bin/env python3
"""Proves the log of kehoach without kehoach: python3 docs/verify_log.py data/kehoach.sqlite3 [--known ROOT …].

Written from docs/howto/prove-the-log.md alone, with Python's own library (and psycopg for postgresql://…). It says what
was changed, cut or inserted; the exit code is 0 when nothing was, 1 when something was, 2 when it could not look.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
CASES = "SELECT id, revision, chain_head FROM cases ORDER BY id"
EVENTS = "SELECT case_id, seq, at, type, data, actor, content_hash, hash FROM events ORDER BY case_id, seq"
CHECKPOINTS = "SELECT id, at, root, heads, previous, last_case, rows_root FROM checkpoints ORDER BY id"
LEAVES = "SELECT checkpoint_id, case_id, revision, head FROM checkpoint_leaves ORDER BY checkpoint_id, case_id"
LINES = "SELECT coalesce(checkpoint_id, 0), id, table_name, row_key, digest FROM row_log ORDER BY id"


def main() -> int:
    """Look, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="a file of SQLite, or postgresql://…")
    parser.add_argument("--known", nargs="*", default=[], metavar="ROOT", help="roots or files that were kept outside")
    asked = parser.parse_args()
    try:
        known = [json.loads(Path(each).read_text())["root"] if "." in each else each for each in asked.known]
        with closing(connect(asked.database)) as connection:
            faults, seen = look(connection, known)
    except Exception as failure:  # whatever keeps it from looking is no proof
        print(f"Không đọc được cơ sở dữ liệu: {failure}", file=sys.stderr)
        return 2
    print(*faults, f"{', '.join(seen)}: {len(faults)} chỗ sai", sep="\n")
    return 1 if faults else 0


def connect(database: str) -> Any:
    """A connection that only reads."""
    if not database.startswith("postgresql"):
        return sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    url, only_reads = database.replace("postgresql+psycopg", "postgresql"), "-c default_transaction_read_only=on"
    return import_module("psycopg").connect(url, options=only_reads)


def look(connection: Any, known: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """Everything that is wrong, in words, and how much was looked at."""
    heads = {int(case): (int(revision), str(head)) for case, revision, head in connection.execute(CASES)}
    ends: dict[int, tuple[int, str]] = {}
    hashes: set[tuple[int, str]] = set()
    faults: list[str] = []
    for case, seq, at, kind, data, actor, content, kept in connection.execute(EVENTS):
        last, previous = ends.get(case, (0, GENESIS))
        event = {"at": instant(at), "case": case, "content_hash": content, "seq": seq, "type": kind}
        if seq != last + 1:
            faults.append(f"hồ sơ {case}: thiếu sự kiện {last + 1}")
        elif sha({**event, "actor": plain(actor), "data": plain(data)}, previous) != kept:
            faults.append(f"hồ sơ {case}: sự kiện {seq} đã bị sửa")
        ends[case] = (seq, kept)
        hashes.add((case, kept))
    for case in sorted(heads.keys() | ends.keys()):
        faults.extend(wrong_end(case, heads.get(case), ends.get(case, (0, GENESIS))))
    leaves: dict[int, list[tuple[int, int, str]]] = {}
    lines: dict[int, list[str]] = {}
    logs: dict[str, dict[str, str]] = {}
    for number, *leaf in connection.execute(LEAVES):
        leaves.setdefault(number, []).append((leaf[0], leaf[1], leaf[2]))
    for number, *line in connection.execute(LINES):
        logs.setdefault(line[1], {})[line[2]] = line[3]
        lines.setdefault(number, []).append(":".join(map(str, line)))
    marks = list(connection.execute(CHECKPOINTS))
    for mark, before in zip(marks, [GENESIS, *(mark[2] for mark in marks)], strict=False):
        faults.extend(wrong_checkpoint(mark, before, leaves.get(mark[0], []), lines.get(mark[0], []), hashes))
    lost = (leaves.keys() | lines.keys()) - {0, *(mark[0] for mark in marks)}
    faults.extend(f"mốc {number} đã bị xóa: còn dữ liệu mà mốc này nêu" for number in sorted(lost))
    faults.extend(inserted([(mark[0], mark[5]) for mark in marks if mark[4] is not None], leaves, heads))
    gone = [root for root in known if root not in {mark[2] for mark in marks}]
    faults.extend(f"mốc {root} được giữ bên ngoài nhưng không còn trong cơ sở dữ liệu" for root in gone)
    faults.extend(fault for table, log in sorted(logs.items()) for fault in wrong_rows(connection, table, dict(log)))
    many = [len(heads), len(hashes), sum(map(len, logs.values())) - len(logs), len(marks)]
    return faults, [f"{number} {what}" for number, what in zip(many, ("hồ sơ", "sự kiện", "dòng", "mốc"), strict=True)]


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
    mark: Sequence[Any], before: str, leaves: list[tuple[int, int, str]], lines: list[str], hashes: set[tuple[int, str]]
) -> Iterator[str]:
    """What is wrong with one checkpoint: over the root before, its time, the last case, and what changed since."""
    number, at, root, named, previous, last, rows = mark
    ends = sorted((int(case), str(head)) for case, head in plain(named).items())  # of before version 0027
    texts = [f"{case}:{head}" for case, head in ends]
    if previous is not None:
        texts += [f"previous:{previous}", f"at:{instant(at)}", f"last:{last}", *([f"rows:{rows}"] if rows else [])]
        texts += [f"{case}:{seq}:{head}" for case, seq, head in leaves]
    if merkle(texts) != root:
        yield f"mốc {number}: gốc Merkle không khớp với các mã băm mà mốc nêu"
    if previous not in (None, before):
        yield f"mốc {number}: mốc liền trước đã bị xóa hoặc thay"
    if rows != (merkle(lines) if lines else None):
        yield f"mốc {number}: nhật ký dòng dữ liệu mà mốc nêu đã bị sửa"
    for case, head in [*ends, *((leaf[0], leaf[2]) for leaf in leaves)]:
        if head != GENESIS and (case, head) not in hashes:
            yield f"mốc {number}: chuỗi của hồ sơ {case} đã bị thay"


def wrong_rows(connection: Any, table: str, log: dict[str, str]) -> Iterator[str]:
    """What is wrong with the rows of a table; its log says what each holds, and first which columns it is about."""
    key_names, _, rest = log.pop("", "").partition("|")
    keys, kinds = key_names.split(","), dict(each.split(":") for each in rest.split(",") if each)
    if not all(name.isidentifier() for name in (table, *keys, *kinds)):
        yield f"bảng {table}: nhật ký dòng dữ liệu không có phần đầu"
        return
    names = ", ".join(f'"{name}"' for name in (*keys, *kinds))
    for row in connection.execute(f"SELECT {names} FROM {table}"):  # noqa: S608 - they are names, see above
        said = [spelled(value, kinds.get(name, "")) for name, value in zip([*keys, *kinds], row, strict=True)]
        key, found = ":".join(map(str, said[: len(keys)])), dict(zip(kinds, said[len(keys) :], strict=True))
        values = {name: value for name, value in found.items() if value is not None}
        kept, empty = log.pop(key, ""), (found.get("status"), found.get("text"), found.get("sent_at"))
        if not kept and (table, *empty) != ("submissions", "chua_gui", None, None) and (table, values) != ("tasks", {}):
            yield f"bảng {table}: dòng {key} được chèn thêm ngoài chương trình"
        elif kept and kept != sha({"row": key, "table": table, "values": values}):
            yield f"bảng {table}: dòng {key} đã bị sửa ngoài chương trình"
    yield from (f"bảng {table}: dòng {key} đã bị xóa ngoài chương trình" for key, kept in log.items() if kept)


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


def sha(record: Mapping[str, Any], previous: str = "") -> str:
    """SHA-256 in hex over the previous one and the record in its one spelling."""
    written = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256((previous + written).encode()).hexdigest()


def merkle(leaves: Sequence[str]) -> str:
    """The Merkle root in hex; a first byte tells leaves (0) from nodes (1)."""
    level = [sha256(b"\0" + leaf.encode()).digest() for leaf in leaves] or [sha256(b"").digest()]
    while len(level) > 1:
        ones = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [sha256(b"\1" + b"".join(two)).digest() if len(two) == 2 else two[0] for two in ones]
    return level[0].hex()


def spelled(value: Any, kind: str) -> Any:
    """A value of a row as its hash needs it."""
    read = {"json": plain, "instant": instant, "truth": bool, "bytes": lambda held: sha256(held).hexdigest()}
    plainly = value.isoformat() if isinstance(value, date) else value
    return read[kind](value) if kind in read and value is not None else plainly


def plain(value: Any) -> Any:
    """JSON as it was read: text from SQLite, objects from PostgreSQL; a whole number has one spelling only."""
    return json.loads(value if isinstance(value, str) else json.dumps(value), parse_float=number)


def number(written: str) -> int | float:
    """1.0 and 1 are the same number."""
    return int(Decimal(repr(float(written)))) if float(written).is_integer() else float(written)


def instant(at: object) -> str:
    """UTC with six digits of a second."""
    found = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")


if __name__ == "__main__":
    raise SystemExit(main())
