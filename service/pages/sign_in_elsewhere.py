"""Sign in at a provider of OpenID Connect: begin, come back, finish; whoever comes back has no right by that.

Coming back is a GET and changes nothing: the form on its page finishes, in the browser that began, once.
"""

from __future__ import annotations

from datetime import timedelta

from starlette.responses import Response

from service.auth.elsewhere.arriving import account_of_claims
from service.auth.elsewhere.provider import Provider
from service.auth.form_tokens import digest
from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest, Visit, cookie_name
from workflows.errors import NotFound, Refused
from workflows.store import elsewhere

from .mistakes import mistakes_of
from .opening_session import open_session
from .sign_in import own_path, sign_in_page

pages = Pages()
BROWSER = "noi_khac"
LASTS = timedelta(minutes=10)
LONGEST = 2_000  # letters of a code


@pages.post("/dang-nhap/noi-khac", PUBLIC)
def begin(visit: Guest) -> Response:
    """Send the browser to the provider, by a page and not by a redirect: a form may lead to no other house."""
    provider = _provider(visit)
    secret, state = visit.web.tokens(), visit.web.tokens()
    try:
        address = provider.address(state, _nonce(secret, state), _verifier(secret, state), visit.now)
    except Refused as refused:
        return sign_in_page(visit, own_path(visit.form.text("tiep_tuc")), wrong=mistakes_of(refused))
    with visit.web.database.write() as connection:
        elsewhere.begin_sign_in(
            connection,
            digest(state),
            digest(secret),
            own_path(visit.form.text("tiep_tuc")),
            visit.now,
            visit.now + LASTS,
        )
    visit.keep_cookie(BROWSER, secret, LASTS)
    answer = visit.page("elsewhere.html", name=visit.web.settings.oidc_name, address=address, code="", state="")
    answer.headers["refresh"] = f"0; url={address}"
    return answer


@pages.get("/dang-nhap/noi-khac", PUBLIC)
def come_back(visit: Guest, code: str = "", state: str = "", error: str = "") -> Response:
    """What the provider sent the browser back with, in a form that finishes the sign-in."""
    provider = _provider(visit)
    if error or not code or not state or max(len(code), len(state)) > LONGEST:
        return sign_in_page(visit, "/", wrong=mistakes_of(Refused("ELSEWHERE_REFUSED")))
    said = visit.request.query_params.get("iss", provider.issuer)
    if said != provider.issuer:  # RFC 9207: another provider sends its codes here
        return sign_in_page(visit, "/", wrong=mistakes_of(Refused("ELSEWHERE_REFUSED")))
    return visit.page("elsewhere.html", name=visit.web.settings.oidc_name, address="", code=code, state=state)


@pages.post("/dang-nhap/noi-khac/xong", PUBLIC)
def finish(visit: Guest) -> Response:
    """Ask the provider who it was, find the account that is linked, and open a session."""
    provider = _provider(visit)
    secret = visit.request.cookies.get(cookie_name(BROWSER, visit.web), "")
    state = visit.form.text("lan_dang_nhap")
    with visit.web.database.write() as connection:
        next_path = elsewhere.take_sign_in(connection, digest(state), digest(secret), visit.now)
    visit.drop_cookie(BROWSER)
    try:
        if next_path is None:
            raise Refused("ELSEWHERE_BEGIN_AGAIN")
        code = visit.form.text("ma_tra_ve")[:LONGEST]
        claims = provider.claims(code, _nonce(secret, state), _verifier(secret, state), visit.now)
        account = account_of_claims(visit.web.database, visit.web.settings, claims, visit.now)
    except Refused as refused:
        return sign_in_page(visit, next_path or "/", wrong=mistakes_of(refused))
    open_session(visit, account, remember=False)
    return visit.go(next_path)


def _provider(visit: Visit) -> Provider:
    if visit.web.provider is None:
        raise NotFound("address", name="noi-khac")
    return visit.web.provider


def _nonce(secret: str, state: str) -> str:
    """What the token has to repeat; only this browser and the provider know it."""
    return digest(f"nonce:{secret}:{state}")


def _verifier(secret: str, state: str) -> str:
    """What the code is bound to (PKCE, RFC 7636); only this browser and we know it."""
    return digest(f"verifier:{secret}:{state}")
