"""/toi: how the pages look for this person; the other settings of one's own stand beside it."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.languages.asked import COOKIE, KEPT
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import display_words as said
from service.words import key_words
from workflows.actions.keep_display import keep_display
from workflows.errors import Refused
from workflows.store.display import Display

from .mistakes import Mistake, mistakes_of

pages = Pages()
HOME = "/toi"


@pages.get(HOME, PERSON)
def show(visit: Guest, xong: str = "") -> Response:
    """What the person chose, with an example of it: the page itself."""
    return _page(visit, done=xong == "co")


@pages.post(HOME, PERSON)
def keep(visit: Guest) -> Response:
    """Keep the choice; the next page already looks like it."""
    form = visit.form
    chosen = Display(
        form.text("giao_dien"),
        whole_number(form.text("co_chu"), 3) or 0,
        form.text("mat_do"),
        form.text("phim_tat"),
        form.text("ngon_ngu"),
    )
    try:
        keep_display(visit.desk(), visit.person_id, chosen)
    except Refused as refused:
        return _page(visit, mistakes_of(refused), status_of(refused))
    visit.keep_cookie(COOKIE, chosen.language, KEPT)
    return visit.go(f"{HOME}?xong=co")


def _page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200, *, done: bool = False) -> Response:
    seen = visit.display
    typed = {
        "giao_dien": seen.theme,
        "co_chu": str(seen.text_size),
        "mat_do": seen.density,
        "ngon_ngu": seen.language,
        "phim_tat": seen.shortcuts,
    }
    return visit.page(
        "own_settings.html",
        status=status,
        typed={**typed, **visit.form.fields} if wrong else typed,
        wrong=wrong or [],
        said=said,
        keys=key_words,
        done=done,
    )
