"""The language of the pages: kept in the browser, for one person may read in two."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest
from service.languages.asked import COOKIE
from service.languages.current import LANGUAGES, SOURCE

from .sign_in import own_path

pages = Pages()
KEPT = timedelta(days=400)  # browsers keep no cookie longer


@pages.post("/ngon-ngu", PUBLIC)
def choose_language(visit: Guest) -> Response:
    """Show the pages in this language from now on, beginning with the one where it was chosen."""
    asked = visit.form.text("ngon_ngu")
    visit.keep_cookie(COOKIE, asked if asked in LANGUAGES else SOURCE, KEPT)
    return visit.go(own_path(visit.form.text("tiep_tuc")))
