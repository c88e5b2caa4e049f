"""The language of the pages: kept in the browser, and with the person for the next sign-in on whatever machine."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest
from service.languages.asked import COOKIE, KEPT
from service.languages.current import LANGUAGES, SOURCE
from workflows.actions.keep_display import keep_display

from .sign_in import own_path

pages = Pages()


@pages.post("/ngon-ngu", PUBLIC)
def choose_language(visit: Guest) -> Response:
    """Show the pages in this language from now on, beginning with the one where it was chosen."""
    asked = visit.form.text("ngon_ngu")
    language = asked if asked in LANGUAGES else SOURCE
    if visit.actor is not None and visit.display.language != language:
        keep_display(visit.desk(), visit.person_id, replace(visit.display, language=language))
    visit.keep_cookie(COOKIE, language, KEPT)
    return visit.go(own_path(visit.form.text("tiep_tuc")))
