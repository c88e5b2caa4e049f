"""One request as the pages see it: who it is, what was posted, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.languages.asked import COOKIE, KEPT
from service.languages.current import SOURCE
from service.packing import packed
from service.unchanged import tagged
from service.web import Web, web_of
from workflows.actions.administration import administered
from workflows.actions.desk import Desk
from workflows.engine.actor import Actor
from workflows.store import accounts, notices
from workflows.store.database import OUT_OF_REACH, is_out_of_reach
from workflows.store.display import USUAL, Display, display_of
from workflows.store.office_face import OfficeFace, face_of
from workflows.store.screens.sight import visitor_of
from workflows.store.wall import NOBODY, Visitor

from . import form_tokens, sessions
from .actor import actor_of
from .form import Form, posted
from .looking import LookingDatabase

SESSION, DEVICE, GUEST = "phien", "thiet_bi", "khach"
# Roles of those who work with long lists all day.
CLERKS = frozenset({"van_thu", "the_thuc", "quan_tri"})
AGAIN = "xem_lai"  # posted with a form that was typed in a session that ended: show it, do nothing


@dataclass
class Visit:
    """One request: the person (if any) with groups resolved now, the form, the instant, and the answers."""

    request: Request
    web: Web
    now: datetime
    form: Form
    session: accounts.Session | None = None
    actor: Actor | None = None
    visitor: Visitor = NOBODY  # as the wall of the database knows whoever is signed in
    device_person: int | None = None
    guest: str = ""
    noticed: int | None = None  # unread notices of the signed-in person as they came in; None: not counted yet
    pad: str = ""  # what makes the form token of this page another text than on any other
    chosen: Display | None = None  # None: not read yet
    face: OfficeFace | None = None  # None: not read yet
    set_cookies: dict[str, tuple[str, timedelta | None]] = field(default_factory=dict)

    @property
    def person(self) -> Actor:
        """The signed-in person; only behind a policy that demands one."""
        assert self.actor is not None
        return self.actor

    @property
    def person_id(self) -> int:
        """The signed-in person's row; only behind a policy that demands one."""
        assert self.session is not None
        return self.session.person_id

    @property
    def device_place(self) -> str:
        """What counts wrong codes apart: the device that its person used before, or nothing for any other browser."""
        cookie = self.request.cookies.get(cookie_name(DEVICE, self.web), "")
        return form_tokens.digest(cookie) if self.device_person is not None else ""

    @property
    def sign_in(self) -> str:
        """A mark of how the person is here, to which proofs are bound: the session, whatever its cookie is by now; by a
        link the device that is known."""
        return form_tokens.digest(f"proof:{self.session.form_token}") if self.session else self.device_place

    @property
    def own_device(self) -> bool:
        """Whether this is a device that the signed-in person called their own: only there may a list be kept."""
        return self.session is not None and self.device_person == self.session.person_id

    @property
    def keys(self) -> str:
        """Whether keys do something for this person: on, alt (held with each) or off (WCAG 2.1.4)."""
        return self.display.shortcuts

    @property
    def unread(self) -> int:
        """How many notices the signed-in person has not read."""
        if self.noticed is None:
            self.noticed = 0
            if self.session is not None:
                with self.web.database.read() as connection:
                    self.noticed = notices.unread(connection, self.session.person_id)
        return self.noticed

    @property
    def display(self) -> Display:
        """How the signed-in person wants to see the pages; for strangers what holds for everybody."""
        if self.chosen is None:
            self.chosen = USUAL
            if self.session is not None:
                with self.web.database.read() as connection:
                    self.chosen = display_of(connection, self.session.person_id)
        return self.chosen

    @property
    def dense(self) -> bool:
        """Whether rows stand close together: as the person chose, else for those who work with lists all day."""
        if self.display.density != "role" or self.actor is None:
            return self.display.density == "dense"
        return bool(CLERKS & {group.partition("@")[0] for group in self.actor.groups})

    @property
    def office(self) -> OfficeFace | None:
        """The office in which the signed-in person is at home, for the head of what is printed."""
        if self.session is not None and self.face is None:
            with self.web.database.read() as connection:
                self.face = face_of(connection, self.session.person_id, self.now)
        return self.face

    def know_frame(self, connection: Connection) -> None:
        """Read what stands around a page while a transaction is open: one that is made inside it may open no other."""
        if self.session is None:
            return
        person_id = self.session.person_id
        if self.chosen is None:
            self.chosen = display_of(connection, person_id)
        if self.noticed is None:
            self.noticed = notices.unread(connection, person_id)
        if self.face is None:
            self.face = face_of(connection, person_id, self.now)

    @property
    def administers(self) -> bool:
        """Whether the person holds an administrator's post anywhere."""
        return self.actor is not None and bool(administered(self.actor))

    @property
    def address(self) -> str:
        """The network address that asks."""
        return self.request.client.host if self.request.client else ""

    @property
    def looks_ahead(self) -> bool:
        """Whether a browser or program loads the page before anybody looks at it (HEAD, prefetch, preview)."""
        said = " ".join(self.request.headers.get(name, "") for name in ("purpose", "sec-purpose", "x-purpose", "x-moz"))
        return self.request.method == "HEAD" or any(
            each in said.lower() for each in ("prefetch", "prerender", "preview")
        )

    @property
    def asks_by_itself(self) -> bool:
        """Whether a page that lies open asks, and nobody did anything: that keeps no session alive."""
        return "x-tu-hoi" in self.request.headers

    @property
    def form_token(self) -> str:
        """What every form of this page must send back."""
        link = self.request.path_params.get("link_token")
        if link is not None:
            return form_tokens.token_of_link(link)
        return self.session.form_token if self.session else form_tokens.token_of_guest(self.guest)

    @property
    def form_mark(self) -> str:
        """The form token as this page shows it."""
        if not self.pad:
            self.pad = self.web.tokens()
        return form_tokens.marked(self.form_token, self.pad)

    def go_before_wall(self) -> None:
        """From now on `web.database.read` shows what the signed-in person may see, whatever is asked of it."""
        self.web = replace(self.web, database=self.web.database.seen_by(self.visitor))

    def desk(self, by: Actor | None = None) -> Desk:
        """The desk at which a verb is done by this person, or by the one given."""
        return Desk(self.web.database, self.now, by or self.person, self.web.functions)

    def page(self, template: str, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401 - typed by its use
        """The page made of this template."""
        html = self.web.templates.get_template(template).render(visit=self, now=self.now, **facts)
        return self._with_cookies(packed(self.request, HTMLResponse(html, status_code=status)))

    def go(self, path: str) -> Response:
        """Send the browser on to one of our own pages."""
        return self._with_cookies(RedirectResponse(path, status_code=303))

    def renew_session(self, *, confirmed: bool = False) -> None:
        """Change the cookie of the session, because the person has just proved anew who they are."""
        if self.session is None:
            return
        cookie = self.web.tokens()
        with self.web.database.write() as connection:
            self.session = sessions.renew_session(connection, self.session, cookie, self.now, confirmed=confirmed)
        self.keep_cookie(SESSION, cookie)

    def json(self, text: str) -> Response:
        """An answer for a script of our own page."""
        return self._with_cookies(Response(text, media_type="application/json"))

    def tagged_json(self, text: str) -> Response:
        """The same under its entity tag, so that what is unchanged costs a line."""
        return self._with_cookies(tagged(self.request, text.encode(), "application/json"))

    def keep_cookie(self, name: str, value: str, keep: timedelta | None = None) -> None:
        """Set a cookie with the answer; without `keep` it ends with the browser."""
        self.set_cookies[name] = (value, keep)

    def drop_cookie(self, name: str) -> None:
        """Take a cookie back with the answer."""
        self.set_cookies[name] = ("", timedelta(0))

    def _with_cookies(self, response: Response) -> Response:
        for name, (value, keep) in self.set_cookies.items():
            response.set_cookie(
                cookie_name(name, self.web),
                value,
                max_age=None if keep is None else int(keep.total_seconds()),
                path="/",
                secure=self.web.settings.secure,
                httponly=True,
                samesite="lax",
            )
        return response


def cookie_name(name: str, web: Web) -> str:
    """The cookie's name; over https the browser itself guards it against other hosts of the domain."""
    return f"__Host-{name}" if web.settings.secure else name


def arrive(request: Request, form: Annotated[Form, Depends(posted)]) -> Visit:
    """Find out who visits: session and device by cookie, groups as of this instant."""
    web = web_of(request)
    shown = replace(web, database=LookingDatabase(web.database)) if form.has(AGAIN) else web
    visit = Visit(request, shown, web.clock(), form)
    request.state.visit = visit
    cookies = {name: request.cookies.get(cookie_name(name, web), "") for name in (SESSION, DEVICE, GUEST)}
    touched = False
    if cookies[SESSION] or cookies[DEVICE]:
        with web.database.read() as connection:
            if cookies[SESSION]:
                visit.session = sessions.find_session(connection, cookies[SESSION], visit.now, web.settings)
            if visit.session:
                signed_in = actor_of(connection, visit.session.person_id, visit.session.person_name, visit.now)
                visit.actor = replace(signed_in, session=visit.sign_in)
                visit.visitor = visitor_of(connection, visit.actor.groups, visit.session.person_id, visit.now)
                if request.method in ("GET", "HEAD"):  # most posts lead on to a page and show none
                    visit.chosen = display_of(connection, visit.session.person_id)
                    if visit.chosen.language != (request.cookies.get(cookie_name(COOKIE, web)) or SOURCE):
                        visit.keep_cookie(COOKIE, visit.chosen.language, KEPT)  # chosen meanwhile in another browser
                    visit.noticed = notices.unread(connection, visit.session.person_id)
                touched = not visit.asks_by_itself and sessions.is_due_to_touch(visit.session, visit.now)
            if cookies[DEVICE]:
                visit.device_person = sessions.device_person(connection, cookies[DEVICE], visit.now, web.settings)
    if touched and visit.session:
        _touch(web, visit.session.token_hash, visit.now)
    visit.guest = cookies[GUEST]
    if not visit.session and not visit.guest:
        visit.guest = web.tokens()
        visit.keep_cookie(GUEST, visit.guest)
    return visit


def _touch(web: Web, token_hash: str, now: datetime) -> None:
    """Note that the session was used; who only reads still reads where nothing can be written for the moment."""
    try:
        with web.database.write() as connection:
            accounts.touch_session(connection, token_hash, now)
    except OUT_OF_REACH as error:
        if not is_out_of_reach(error):
            raise


Guest = Annotated[Visit, Depends(arrive)]
