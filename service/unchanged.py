"""An answer with an entity tag: whoever has it already is told so with a line (RFC 9110, 13.1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response


def tagged(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """The body under its tag, or 304 where If-None-Match names it, also as a weak one: a proxy may have made it so."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    sent = {**(headers or {}), "etag": tag}
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in known:
        return Response(status_code=304, headers=sent)
    return Response(body, media_type=media_type, headers=sent)
