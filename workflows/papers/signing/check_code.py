"""The short code that leads from a printed document to its verification page, and its QR picture (ISO/IEC 18004)."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from io import BytesIO

import segno

LENGTH = 12  # characters of base 32: 60 bits, which nobody finds by trying
_TAG = b"kehoach-kiem-tra\0"


def check_code(content_hash: str, subject: str, subject_id: int, notation: str) -> str:
    """The code of a document: opaque, and unknowable without its text; the same document always has the same."""
    known = "\0".join((content_hash, subject, str(subject_id), notation)).encode()
    return base64.b32encode(sha256(_TAG + known).digest()).decode()[:LENGTH]


def spaced(code: str) -> str:
    """The code as it is printed: ABCD-EFGH-IJKL."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed_code(words: str) -> str | None:
    """The code that somebody typed or scanned, whatever its case, blanks and hyphens; None when it is none."""
    code = re.sub(r"[\s-]", "", words).upper().replace("0", "O").replace("1", "I").replace("8", "B")
    return code if len(code) == LENGTH and re.fullmatch(r"[A-Z2-7]+", code) else None


def qr_svg(address: str) -> str:
    """The QR code of an address as SVG, black, without a quiet zone."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
