"""Change the own password: after the old one was proved, with every other session ended and every device forgotten."""

from __future__ import annotations

from starlette.responses import Response

from service.auth.new_password import judged_password
from service.auth.passwords import hash_password
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from workflows.errors import Refused
from workflows.store import accounts, directory

from .mistakes import mistakes_of
from .security import HOME, require_confirmed, security_page, tell

pages = Pages()


@pages.post(f"{HOME}/mat-khau", PERSON)
def change(visit: Guest) -> Response:
    """Whoever else knew the old password is out with this: of what is open only this session goes on."""
    require_confirmed(visit)
    assert visit.session is not None
    given = visit.form.fields
    try:
        with visit.web.database.read() as connection:
            person = directory.person(connection, visit.person_id)
        password = judged_password(given.get("mat_khau_moi", ""), given.get("mat_khau_lai", ""), person)
    except Refused as refused:
        return security_page(visit, mistakes_of(refused))
    kept = hash_password(password)
    with visit.web.database.write() as connection:
        accounts.change_password(connection, visit.person_id, kept)
        accounts.end_other_sessions(connection, visit.person_id, visit.session.token_hash, visit.now)
        accounts.revoke_devices_of(connection, visit.person_id, visit.now)
        tell(visit, connection, "password_changed")
    visit.renew_session()
    visit.web.nudge()
    return visit.go(f"{HOME}?xong=mat-khau")
