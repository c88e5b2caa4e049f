"""Pages travel packed, but for those whose address is a secret: what a reader of lengths could learn is not in them."""

from __future__ import annotations

from gzip import compress

from fastapi import Request
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from .accepted import takes_coding
from .guards import SECRET_PATHS

SMALLEST = 1_000  # bytes that are worth it
SMALLEST_FILE = 400
LEVEL = 6


def packed(request: Request, response: Response) -> Response:
    """The same answer, packed where the browser takes it; form tokens in it are another text each time."""
    takes = takes_coding(request.headers.get("accept-encoding", ""), "gzip")
    if not takes or request.url.path.startswith(SECRET_PATHS) or len(response.body) < SMALLEST:
        return response
    response.body = compress(bytes(response.body), LEVEL, mtime=0)
    response.headers["content-encoding"] = "gzip"
    response.headers["vary"] = "accept-encoding"
    response.headers["content-length"] = str(len(response.body))
    return response


class PackedFiles:
    """ASGI around the files of the pages: Starlette's packing for those who take it, which itself knows no `q=0`."""

    def __init__(self, files: ASGIApp) -> None:
        self._files = files
        self._packing = GZipMiddleware(files, minimum_size=SMALLEST_FILE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer packed or as the file lies there."""
        takes = scope["type"] == "http" and takes_coding(Headers(scope=scope).get("accept-encoding", ""), "gzip")
        await (self._packing if takes else self._files)(scope, receive, send)
