"""Each request: an id that its log lines and its answer carry, one line when it is answered, and its time measured."""

from __future__ import annotations

import logging
import re
import secrets
from time import perf_counter
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workflows.log_lines import about
from workflows.traces import span

from .metrics import Metrics

if TYPE_CHECKING:  # older versions of FastAPI that we allow have no such module, and take no notice of the setting
    from fastapi.telemetry import TelemetryConfig

# A proxy may have numbered the request; anything else than such a number would be a way to write into our log.
_ID = re.compile(rb"[A-Za-z0-9-]{8,64}")
UNMATCHED = "-"
# FastAPI's own telemetry tells whole addresses, typed values and the words of errors: all of them may hold secrets.
SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
_log = logging.getLogger("kehoach.request")


class RequestLog:
    """ASGI middleware around everything; it knows routes and statuses, never an address, for addresses hold secrets."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then say which route was answered with which status in how many seconds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        started, status = perf_counter(), 500

        async def send_numbered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with about(request=request_id), span(scope["method"], request_id=request_id) as traced:
            try:
                await self._app(scope, receive, send_numbered)
            finally:
                route = self._answered(scope, status, perf_counter() - started)
                traced.rename(f"{scope['method']} {route}")
                traced.tell(http_route=route, http_response_status=status)

    def _answered(self, scope: Scope, status: int, seconds: float) -> str:
        route = getattr(scope.get("route"), "path", UNMATCHED)
        self._metrics.count(scope["method"], route, status, seconds)
        numbers = {name: value for name, value in scope.get("path_params", {}).items() if str(value).isdecimal()}
        facts = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 1), **numbers}
        _log.info("%s %s %s", scope["method"], route, status, extra={"facts": facts})
        return str(route)


def _id_of(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _ID.fullmatch(value):
            return str(value.decode("ascii"))
    return secrets.token_hex(8)
