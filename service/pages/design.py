"""/thiet-ke: every part of the design system on one page, for looking at and for tests of contrast and size."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest

from .mistakes import Mistake

pages = Pages()


@pages.get("/thiet-ke", PUBLIC)
def parts(visit: Guest) -> Response:
    """Colours, type, fields with and without mistakes, buttons, rows, steps, tables, notices."""
    dues = [visit.now + timedelta(days=days) for days in (-2, 0, 3, 30)]
    return visit.page("design.html", wrong=[Mistake.empty("ly_do")], typed={}, dues=dues)
