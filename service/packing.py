"""Pages travel packed, but for those whose address is a secret: what a reader of lengths could learn is not in them."""

from __future__ import annotations

from gzip import compress

from fastapi import Request
from starlette.responses import Response

from .guards import SECRET_PATHS

SMALLEST = 1_000  # bytes that are worth it
LEVEL = 6


def packed(request: Request, response: Response) -> Response:
    """The same answer, packed where the browser takes it; form tokens in it are another text each time."""
    takes = "gzip" in request.headers.get("accept-encoding", "")
    if not takes or request.url.path.startswith(SECRET_PATHS) or len(response.body) < SMALLEST:
        return response
    response.body = compress(bytes(response.body), LEVEL, mtime=0)
    response.headers["content-encoding"] = "gzip"
    response.headers["vary"] = "accept-encoding"
    response.headers["content-length"] = str(len(response.body))
    return response
