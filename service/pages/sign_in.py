"""Sign in, sign out; what was typed when a session ended is carried through and given back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from service.auth.form_tokens import FIELD
from service.auth.policy import PUBLIC, Pages
from service.auth.sign_in import Place, check_sign_in
from service.auth.visit import SESSION, Guest, Visit
from service.words import vi
from workflows.errors import Refused
from workflows.store import accounts, elsewhere
from workflows.store.screens import sign_in as screen

from .mistakes import Mistake, mistakes_of
from .opening_session import open_session

pages = Pages()
KEPT_FIELD = "giu_"
LONGEST_PATH = 2_000  # it is kept where somebody goes to sign in elsewhere
# A path of ours begins with a letter: no browser takes it for another host, however it reads slashes and escapes.
_OWN = re.compile(r"/[a-z]", re.ASCII)
# Never carried from page to page: secrets and the token of the ended session.
NOT_KEPT = frozenset(
    {
        FIELD,
        "mat_khau",
        "mat_khau_moi",
        "mat_khau_lai",
        "ma",
        "ma_dau",
        "ma_ky",
        "khoa_ky",
        "xin_ma",
        "xin_khoa",
        "xem_lai",
    }
)


@pages.get("/dang-nhap", PUBLIC)
def show_sign_in(visit: Guest, tiep_tuc: str = "/") -> Response:
    """The sign-in page; somebody who is signed in already goes on."""
    if visit.actor is not None:
        return visit.go(own_path(tiep_tuc))
    return sign_in_page(visit, next_path=own_path(tiep_tuc))


@pages.post("/dang-nhap", PUBLIC)
def sign_in(visit: Guest) -> Response:
    """Check name and password; on success a new session begins and any earlier one of this browser ends."""
    form = visit.form
    kept = {name[len(KEPT_FIELD) :]: value for name, value in form.fields.items() if name.startswith(KEPT_FIELD)}
    next_path = own_path(form.text("tiep_tuc"))
    empty = [Mistake.empty(name) for name in ("ten_dang_nhap", "mat_khau") if not form.text(name)]
    if empty:
        return sign_in_page(visit, next_path, kept, empty)
    try:
        account = check_sign_in(
            visit.web.database,
            visit.web.gate,
            form.text("ten_dang_nhap"),
            form.fields["mat_khau"],
            Place(visit.address, visit.device_person),
            visit.now,
        )
        require_here(visit, account)
    except Refused as refused:
        return sign_in_page(visit, next_path, kept, mistakes_of(refused))
    open_session(visit, account, remember=form.has("nho"))
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
        return sign_in_page(visit, path, kept, status=401, files=[each.name for each in visit.form.files.values()])
    query = visit.request.url.query
    return sign_in_page(visit, f"{path}?{query}" if query else path, status=401)


def require_here(visit: Visit, account: accounts.Account) -> None:
    """SIGN_IN_ELSEWHERE for somebody with a linked account, where the operator wants those to sign in there."""
    issuer = visit.web.settings.oidc_issuer
    if not issuer or not visit.web.settings.oidc_only:
        return
    with visit.web.database.read() as connection:
        if elsewhere.has_outside(connection, issuer, account.person_id):
            raise Refused("SIGN_IN_ELSEWHERE", name=visit.web.settings.oidc_name)


def own_path(wanted: str) -> str:
    """A path on our own pages; anything that could lead elsewhere becomes the inbox."""
    if wanted == "/":
        return wanted
    is_own = len(wanted) <= LONGEST_PATH and _OWN.match(wanted) and wanted.isprintable() and "\\" not in wanted
    return wanted if is_own else "/viec"


def sign_in_page(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    next_path: str,
    kept: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    files: Sequence[str] = (),
) -> Response:
    """The page with what it is to lead on to, what is carried through, and what was wrong."""
    done = visit.request.query_params.get("xong") == "1"
    leave = visit.web.provider.address_to_leave(visit.web.settings.base_url) if done and visit.web.provider else ""
    with visit.web.database.read() as connection:
        demo = screen.demo_accounts(connection, visit.now) if visit.web.settings.demo else []
        empty_house = screen.nobody_yet(connection)
    return visit.page(
        "sign_in.html",
        status=422 if wrong else status,
        next=next_path,
        kept=kept or {},
        files=files,
        wrong=wrong or [],
        typed=visit.form.fields if visit.request.url.path == "/dang-nhap" else {},
        notice=vi.SIGN_OUT_DONE if done else "",
        elsewhere=visit.web.settings.oidc_name if visit.web.provider else "",
        leave=leave,
        empty_house=empty_house,
        demo_accounts=demo,
        demo_password=visit.web.settings.demo_password,
    )
