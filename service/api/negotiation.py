"""What a call may be sent as and answered as: anything else is told so before the verb, with 415 or 406."""

from __future__ import annotations

from fastapi import Request, params
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from service.accepted import takes_type


def require_understood(request: Request) -> None:
    """Refuse a body of another kind than the operation reads (415), and a client that takes nothing we answer (406)."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if route.body_field is not None and _has_body(request) and not _is_read(route, kind):
        raise HTTPException(415)
    answered = getattr(route.response_class, "media_type", None) or next(iter(_own_types(route)), "application/json")
    if not takes_type(request.headers.get("accept", ""), [answered, "application/problem+json"]):
        raise HTTPException(406)


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _is_read(route: APIRoute, kind: str) -> bool:
    """A form is read as multipart, everything else as JSON under whatever name of it."""
    if route.body_field is not None and isinstance(route.body_field.field_info, params.Form):
        return kind == "multipart/form-data"
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _own_types(route: APIRoute) -> list[str]:
    """The media types that the operation says of its own good answer."""
    return list((route.responses or {}).get(200, {}).get("content", {}))
