"""Phím tắt: switched off and on again for one device, because another sits at the same keyboard with other habits."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import KEYS, Guest

pages = Pages()
KEPT = timedelta(days=400)  # the longest that browsers keep a cookie


@pages.get("/toi/phim-tat", PERSON)
def show(visit: Guest) -> Response:
    """Whether keys do something on this device."""
    return visit.page("keys.html", done=visit.request.query_params.get("xong") == "co")


@pages.post("/toi/phim-tat", PERSON)
def switch(visit: Guest) -> Response:
    """Switch them off, or on again."""
    if visit.form.text("phim") == "tat":
        visit.keep_cookie(KEYS, "tat", KEPT)
    else:
        visit.drop_cookie(KEYS)
    return visit.go("/toi/phim-tat?xong=co")
