"""A file as a download: its Vietnamese name reaches every browser (RFC 5987), its bytes are never shown as a page."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote

from starlette.responses import Response

from workflows.plans.names import fold

_LONGEST_NAME = 200  # bytes: a file system takes 255, of the name with its ending
_ENDING = re.compile(r"[A-Za-z0-9]{1,8}")
# Windows makes no file of these, whatever stands behind the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# No file may be called so.
_NO_NAME = re.compile(r'["*/:<>?\\|]+')
# Marks that are not seen, and those that turn the writing round: a name would look like another.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def process_file(xml: str, name: str) -> Response:
    """A BPMN file to be saved under exactly this name, for an editor."""
    named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(xml, media_type="application/xml", headers={"content-disposition": named})


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """The answer that saves `content` under `name`; old browsers get the name without marks."""
    stem, ending = name_of(name)
    bare = re.sub(r"[^a-z0-9]+", "-", fold(stem)).strip("-") or "van-ban"
    full = quote(stem + ending, safe="")
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f"attachment; filename=\"{bare}{ending}\"; filename*=UTF-8''{full}",
            "etag": f'"{sha256(content).hexdigest()}"',
            "x-content-type-options": "nosniff",
        },
    )


def name_of(name: str) -> tuple[str, str]:
    """The name that a file may have anywhere, and its ending with the dot (empty where it has none that is known)."""
    seen = "".join("-" if unicodedata.category(each) in _UNSEEN else each for each in " ".join(name.split()))
    whole = _NO_NAME.sub("-", seen)
    stem, dot, ending = whole.rpartition(".")
    if not stem or not _ENDING.fullmatch(ending):
        stem, dot, ending = whole, "", ""
    if len(stem.encode()) > _LONGEST_NAME:
        stem = stem.encode()[:_LONGEST_NAME].decode(errors="ignore").rsplit(" ", 1)[0]
    stem = stem.strip(" .-") or "van-ban"
    return (f"van-ban {stem}" if _DEVICES.fullmatch(stem) else stem), dot + ending.lower()
