"""Programs that act as oneself: a secret is shown once, and every change needs the proof of the page /toi/bao-mat."""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.whole_number import whole_number
from workflows.actions.api_tokens import create_own_token, revoke_own_token
from workflows.errors import Refused

from .mistakes import mistakes_of
from .security import HOME, require_confirmed, security_page

pages = Pages()
PREFIX = "kh_"


@pages.post(f"{HOME}/chuong-trinh", PERSON)
def let_in(visit: Guest) -> Response:
    """A new token for a program; its secret is on the page that follows and nowhere else."""
    require_confirmed(visit)
    days, secret = visit.form.text("so_ngay_hieu_luc"), PREFIX + visit.web.tokens() + visit.web.tokens()
    try:
        number = whole_number(days, 4)
        if number is None:
            raise Refused("BAD_FIELD", field="so_ngay_hieu_luc", value=days[:40])
        made = create_own_token(visit.desk(), visit.form.text("ten_ma"), secret, timedelta(days=number))
    except Refused as refused:
        return security_page(visit, mistakes_of(refused), visit.form.fields)
    return visit.page("own_token.html", secret=secret, token=made)


@pages.post(HOME + "/chuong-trinh/{token_id}/thu-hoi", PERSON)
def shut_out(visit: Guest, token_id: int) -> Response:
    """Shut the program out at once; like ending a session it needs no proof."""
    revoke_own_token(visit.desk(), token_id)
    return visit.go(HOME)
