"""A session begins, however the person proved who they are: by a password here, or at a provider elsewhere."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from service.auth.form_tokens import digest
from service.auth.sessions import label_of, start_session
from service.auth.visit import DEVICE, GUEST, SESSION, Visit, cookie_name
from service.languages.asked import COOKIE, KEPT
from workflows.actions.security_changes import tell_of_security
from workflows.store import accounts

BROWSER = "trinh_duyet"


def open_session(visit: Visit, account: accounts.Account, *, remember: bool) -> None:
    """Sign the person in; an earlier session of this browser ends, and a new browser is told of by letter."""
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
    visit.keep_cookie(COOKIE, visit.display.language, KEPT)
    visit.drop_cookie(GUEST)


def _knows_browser(visit: Visit, connection: Connection, person_id: int) -> bool:
    """Whether the person signed in on this browser before; its cookie is a new one each time, so a planted one that
    somebody else has too counts for nothing after that."""
    old, new = visit.request.cookies.get(cookie_name(BROWSER, visit.web), ""), visit.web.tokens()
    hashes = [digest(f"{secret}:{person_id}") for secret in (old, new)]
    visit.keep_cookie(BROWSER, new, timedelta(days=visit.web.settings.device_days))
    return accounts.take_over_browser(connection, hashes[0], hashes[1], person_id, visit.now)
