"""Which language a browser asked for: a cookie that our own form set; what a browser is configured for is no wish."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Receive, Scope, Send

from .current import SOURCE, speaking

COOKIE = "ngon_ngu"
KEPT = timedelta(days=400)  # browsers keep no cookie longer
# Files are papers of the office: they are Vietnamese, whoever fetches them.
FILES = ("/tai-ve", ".xlsx")


class Speaking:
    """ASGI middleware: a request is answered in the language of its cookie, pages of failures included."""

    def __init__(self, app: ASGIApp, cookie: str) -> None:
        self._app = app
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in the language asked for."""
        with speaking(self._asked(scope) if scope["type"] == "http" and not scope["path"].endswith(FILES) else SOURCE):
            await self._app(scope, receive, send)

    def _asked(self, scope: Scope) -> str:
        for name, value in scope["headers"]:
            if name == b"cookie" and self._cookie.encode() in value:
                try:
                    found = SimpleCookie(value.decode("latin-1")).get(self._cookie)
                except CookieError:
                    return SOURCE
                return found.value if found else SOURCE
        return SOURCE
