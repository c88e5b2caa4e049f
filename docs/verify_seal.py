#!/usr/bin/env python3
"""Proves that checkpoints kept outside were signed by an office: python3 docs/verify_seal.py --key HEX FILE …

Needs nothing but Python: the signature is Ed25519, checked as RFC 8032, section 5.1.7, says. A file is a checkpoint as
kehoach puts it outside. `--key`: the public key, as `kehoach seal-key` prints it, got from the office by another way.
The exit code is 0 when all are signed by that key and follow one another, 1 when not, 2 when it could not look.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from itertools import pairwise
from pathlib import Path

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def main() -> int:
    """Look at each file, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--key", required=True, help="32 bytes in hex")
    asked = parser.parse_args()
    try:
        key = bytes.fromhex(asked.key)
        marks = [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in asked.files]
        marks.sort(key=lambda each: each[1]["id"])
        faults = [name for name, mark in marks if not signed(key, mark["root"], mark["signature"])]
    except (OSError, ValueError, KeyError, TypeError) as failure:
        print(f"Không đọc được: {failure}", file=sys.stderr)
        return 2
    for name in faults:
        print(f"{name}: chữ ký không phải của khóa này")
    gaps = [name for (_, before), (name, mark) in pairwise(marks) if mark["previous"] != before["root"]]
    for name in gaps:
        print(f"{name}: không nối tiếp mốc trước")
    print(f"{len(marks)} mốc: {len(faults) + len(gaps)} chỗ sai")
    return 1 if faults or gaps else 0


def signed(key: bytes, root: str, signature: str) -> bool:
    """Whether this key signed this root."""
    written, message = bytes.fromhex(signature), b"kehoach checkpoint " + root.encode()
    if len(key) != 32 or len(written) != 64:
        return False
    public, commitment = point(key), point(written[:32])
    scalar = int.from_bytes(written[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(written[:32] + key + message).digest(), "little") % ORDER
    return same(times(scalar, BASE), plus(commitment, times(challenge, public)))


def point(written: bytes) -> Point | None:
    """The point that these 32 bytes stand for; None when they stand for none."""
    y = int.from_bytes(written, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def plus(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, base: Point) -> Point:
    """A point taken so many times."""
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = plus(found, base)
        base, scalar = plus(base, base), scalar >> 1
    return found


def same(one: Point, other: Point) -> bool:
    """Whether two points are the same."""
    return not ((one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)

if __name__ == "__main__":
    raise SystemExit(main())
