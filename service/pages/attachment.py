"""A file as a download: its Vietnamese name reaches every browser (RFC 5987), its bytes are never shown as a page."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

from starlette.responses import Response

from workflows.plans.names import fold

_LONGEST_NAME = 90
# No file may be called so, or looks like another by it: marks that are not seen and those that turn the writing round.
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"*/:<>?\\|]+')


def process_file(xml: str, name: str) -> Response:
    """A BPMN file to be saved under exactly this name, for an editor."""
    named = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(xml, media_type="application/xml", headers={"content-disposition": named})


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """The answer that saves `content` under `name`; old browsers get the name without marks."""
    stem, dot, ending = _NO_NAME.sub("-", " ".join(name.split())).rpartition(".")
    stem = stem if len(stem) <= _LONGEST_NAME else stem[:_LONGEST_NAME].rsplit(" ", 1)[0]
    full = f"{stem.strip(' .-') or 'van-ban'}{dot}{ending}"
    bare = f"{re.sub(r'[^a-z0-9]+', '-', fold(stem)).strip('-') or 'van-ban'}{dot}{re.sub('[^a-z0-9]', '', ending)}"
    return Response(
        content,
        media_type=media_type,
        headers={
            "content-disposition": f"attachment; filename=\"{bare}\"; filename*=UTF-8''{quote(full, safe='')}",
            "etag": f'"{sha256(content).hexdigest()}"',
            "x-content-type-options": "nosniff",
        },
    )
