"""Sign in, sign out; what was typed when a session ended is carried through and given back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.form_tokens import FIELD, digest
from service.auth.policy import PUBLIC, Pages
from service.auth.sessions import label_of, start_session
from service.auth.sign_in import Place, check_sign_in
from service.auth.visit import DEVICE, GUEST, SESSION, Guest, Visit, cookie_name
from service.languages.asked import COOKIE, KEPT
from service.languages.current import SOURCE
from service.words import vi
from workflows.actions.security_changes import tell_of_security
from workflows.errors import Refused
from workflows.store import accounts
from workflows.store.screens import sign_in as screen

from .mistakes import Mistake, mistakes_of

pages = Pages()
KEPT_FIELD = "giu_"
BROWSER = "trinh_duyet"
# A path of ours begins with a letter: no browser takes it for another host, however it reads slashes and escapes.
_OWN = re.compile(r"/[a-z]", re.ASCII)
# Never carried from page to page: secrets and the token of the ended session.
NOT_KEPT = frozenset({FIELD, "mat_khau", "ma", "ma_ky", "khoa_ky", "xin_ma", "xin_khoa", "xem_lai"})


@pages.get("/dang-nhap", PUBLIC)
def show_sign_in(visit: Guest, tiep_tuc: str = "/") -> Response:
    """The sign-in page; somebody who is signed in already goes on."""
    if visit.actor is not None:
        return visit.go(own_path(tiep_tuc))
    return _page(visit, next_path=own_path(tiep_tuc))


@pages.post("/dang-nhap", PUBLIC)
def sign_in(visit: Guest) -> Response:
    """Check name and password; on success a new session begins and any earlier one of this browser ends."""
    form = visit.form
    kept = {name[len(KEPT_FIELD) :]: value for name, value in form.fields.items() if name.startswith(KEPT_FIELD)}
    next_path = own_path(form.text("tiep_tuc"))
    empty = [Mistake.empty(name) for name in ("ten_dang_nhap", "mat_khau") if not form.text(name)]
    if empty:
        return _page(visit, next_path, kept, empty)
    try:
        account = check_sign_in(
            visit.web.database,
            visit.web.throttle,
            form.text("ten_dang_nhap"),
            form.fields["mat_khau"],
            Place(visit.address, visit.device_person),
            visit.now,
        )
    except Refused as refused:
        return _page(visit, next_path, kept, mistakes_of(refused))
    _open_session(visit, account, remember=form.has("nho"))
    if kept:
        return visit.page("resume.html", path=next_path, kept=kept)
    return visit.go(next_path)


@pages.post("/dang-xuat", PUBLIC)
def sign_out(visit: Guest) -> Response:
    """End the session in the database, not only in the browser."""
    if visit.session is not None:
        with visit.web.database.write() as connection:
            accounts.end_session(connection, visit.session.token_hash, visit.now)
    visit.drop_cookie(SESSION)
    return visit.go("/dang-nhap?xong=1")


def ask_to_sign_in(visit: Visit) -> Response:
    """The sign-in page in place of one that needs a person; a form that was being sent is kept."""
    path = visit.request.url.path
    if visit.request.method == "POST":
        kept = {name: value for name, value in visit.form.fields.items() if name not in NOT_KEPT}
        return _page(visit, path, kept, status=401, files=[each.name for each in visit.form.files.values()])
    query = visit.request.url.query
    return _page(visit, f"{path}?{query}" if query else path, status=401)


def own_path(wanted: str) -> str:
    """A path on our own pages; anything that could lead elsewhere becomes the inbox."""
    if wanted == "/":
        return wanted
    is_own = _OWN.match(wanted) is not None and wanted.isprintable() and "\\" not in wanted
    return wanted if is_own else "/viec"


def _open_session(visit: Visit, account: accounts.Account, remember: bool) -> None:
    settings, now = visit.web.settings, visit.now
    cookie, device = visit.web.tokens(), visit.web.tokens()
    old = visit.request.cookies.get(cookie_name(SESSION, visit.web), "")
    with visit.web.database.write() as connection:
        if old:
            accounts.end_session(connection, digest(old), now)
        agent = visit.request.headers.get("user-agent", "")
        visit.session = start_session(connection, account, cookie, visit.web.tokens(), now, settings, agent)
        if visit.device_person == account.person_id:
            accounts.touch_device(connection, digest(visit.request.cookies[cookie_name(DEVICE, visit.web)]), now)
        elif remember:
            accounts.remember_device(connection, digest(device), account.person_id, now, label_of(agent))
            visit.keep_cookie(DEVICE, device, timedelta(days=settings.device_days))
        if not _knows_browser(visit, connection, account.person_id) and visit.device_person != account.person_id:
            label = label_of(agent) or ""
            tell_of_security(connection, account.person_id, "new_device", digest(cookie), now, device=label)
    visit.web.nudge()
    visit.keep_cookie(SESSION, cookie)
    if visit.display.language != SOURCE:
        visit.keep_cookie(COOKIE, visit.display.language, KEPT)
    visit.drop_cookie(GUEST)


def _knows_browser(visit: Visit, connection: Connection, person_id: int) -> bool:
    """Whether the person signed in on this browser before; its cookie is a new one each time, so a planted one that
    somebody else has too counts for nothing after that."""
    old, new = visit.request.cookies.get(cookie_name(BROWSER, visit.web), ""), visit.web.tokens()
    hashes = [digest(f"{secret}:{person_id}") for secret in (old, new)]
    visit.keep_cookie(BROWSER, new, timedelta(days=visit.web.settings.device_days))
    return accounts.take_over_browser(connection, hashes[0], hashes[1], person_id, visit.now)


def _page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    next_path: str,
    kept: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    files: Sequence[str] = (),
) -> Response:
    done = visit.request.query_params.get("xong") == "1"
    demo = []
    if visit.web.settings.demo:
        with visit.web.database.read() as connection:
            demo = screen.demo_accounts(connection, visit.now)
    return visit.page(
        "sign_in.html",
        status=422 if wrong else status,
        next=next_path,
        kept=kept or {},
        files=files,
        wrong=wrong or [],
        typed=visit.form.fields if visit.request.url.path == "/dang-nhap" else {},
        notice=vi.SIGN_OUT_DONE if done else "",
        demo_accounts=demo,
        demo_password=visit.web.settings.demo_password,
    )
