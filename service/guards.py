"""What holds for every answer: security headers, what may be cached, and how large a request may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "img-src 'self' data:; style-src 'self'; script-src 'self'"
)
_HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# Their addresses hold a secret: no page behind them may learn it.
SECRET_PATHS = ("/x/", "/nhan/", "/kiem-tra/", "/lich/", "/nguon/", "/thoi-nhan/", "/loi-moi/")
# What a provider of sign-in sends the browser back with stands in the query of this one.
BACK_FROM_ELSEWHERE = "/dang-nhap/noi-khac"
_UNTOLD = (*SECRET_PATHS, BACK_FROM_ELSEWHERE)


class Guards:
    """ASGI middleware around the whole application; what nobody expected becomes a page here, with its headers."""

    def __init__(
        self, app: ASGIApp, largest: int, secure: bool, failed: Callable[[Request, Exception], Response]
    ) -> None:
        self._app = app
        self._failed = failed
        self._largest = largest
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers; a body that is too large becomes 413 before it fills the memory, one that breaks off
        or says in two ways how long it is becomes 400."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, whole = False, scope["method"] in ("GET", "HEAD")

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(scope, MutableHeaders(scope=message))
            await send(message)

        declared, taken = self._declared(scope), 0

        async def receive_bounded() -> Message:
            nonlocal taken, whole
            if declared > self._largest:
                raise HTTPException(413)
            message = await receive()
            if message["type"] == "http.disconnect" and not whole:
                raise HTTPException(400)
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise HTTPException(413)
            whole = whole or not message.get("more_body", False)
            return message

        if _is_ambiguous(scope):
            await Response(status_code=400, headers={"connection": "close"})(scope, receive, send_guarded)
            return
        try:
            await self._app(scope, receive_bounded, send_guarded)
        except Exception as error:
            if started:
                raise
            await self._failed(Request(scope), error)(scope, receive, send_guarded)

    @staticmethod
    def _declared(scope: Scope) -> int:
        for name, value in scope["headers"]:
            if name == b"content-length" and value.isdigit():
                return int(value)
        return 0

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        path = scope["path"]
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("referrer-policy", "no-referrer" if path.startswith(_UNTOLD) else "same-origin")
        if self._secure:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        if path.startswith("/static/") and b"v=" in scope["query_string"]:
            headers["cache-control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("cache-control", "no-store")


def _is_ambiguous(scope: Scope) -> bool:
    """Whether a proxy before us may have seen another end of the body (RFC 9112, 6.3): what it took for a part of it
    would be a request that nobody sent."""
    named = [name for name, _ in scope["headers"]]
    return b"transfer-encoding" in named and b"content-length" in named
