"""/toi/bao-mat: how one proves who one is when signing, and where one is signed in; every change needs a new proof."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth import code_apps, passkeys
from service.auth.policy import PERSON, Pages
from service.auth.second_factor import Asked, Ways, ways_of
from service.auth.sessions import is_confirmed, label_of
from service.auth.sign_in import Place, check_password_of
from service.auth.visit import SESSION, Guest, Visit
from service.words.browser_words import browser_name
from workflows.actions.administration import administered
from workflows.actions.security_changes import tell_of_security
from workflows.actions.step_up import Act, allow_mail_codes
from workflows.errors import NotFound, Refused
from workflows.store import accounts, api_tokens, keys_of_people, secret_addresses
from workflows.store.screens import security as screen

from .mistakes import Mistake, mistakes_of
from .proving import asked_of, challenge, judge

pages = Pages()
HOME = "/toi/bao-mat"


@pages.get(HOME, PERSON)
def show(visit: Guest) -> Response:
    """The keys and codes of the person, and where the person is signed in."""
    return security_page(visit)


@pages.post(f"{HOME}/xac-nhan", PERSON)
def confirm(visit: Guest) -> Response:
    """Prove anew who one is: the password, and a way of one's own where there is one; then changes are open a while."""
    web, account_id = visit.web, visit.person_id
    asked, ways = _own_ways(visit)
    if visit.form.has("xin_khoa"):
        return challenge(visit, asked)
    place = Place(visit.address, visit.device_person)
    try:
        if not visit.form.fields.get("mat_khau"):
            raise Refused("FIELD_REQUIRED", field="mat_khau")
        check_password_of(web.database, web.gate, account_id, visit.form.fields["mat_khau"], place, visit.now)
        if ways.own:
            judge(visit, asked, ways)
    except Refused as refused:
        return security_page(visit, mistakes_of(refused))
    visit.renew_session(confirmed=True)
    return visit.go(HOME)


@pages.post(f"{HOME}/ung-dung", PERSON)
def begin_app(visit: Guest) -> Response:
    """A new secret for a code app, shown this once; it counts when a first code of it was typed."""
    require_confirmed(visit)
    secret = code_apps.new_secret(visit.web.tokens())
    with visit.web.database.write() as connection:
        keys_of_people.begin_code_app(connection, visit.web.seal, visit.person_id, secret, visit.now)
    return _app_page(visit, secret)


@pages.post(f"{HOME}/ung-dung/ma", PERSON)
def confirm_app(visit: Guest) -> Response:
    """The first code of the app; then the recovery codes are shown, once."""
    require_confirmed(visit)
    digits = "".join(each for each in visit.form.text("ma_dau") if each.isdecimal())
    with visit.web.database.write() as connection:
        app = keys_of_people.code_app(connection, visit.person_id)
        if app is None or app.confirmed_at is not None:
            raise Refused("NO_CODE_APP")
        right = code_apps.take_code(connection, visit.web.seal, app, digits, visit.now)
        codes = []
        if right:
            keys_of_people.confirm_code_app(connection, visit.person_id, visit.now)
            tell(visit, connection, "app_added")
            codes = code_apps.new_recovery_codes(connection, visit.person_id, visit.web.tokens(), visit.now)
    if not right:
        return _app_page(visit, app.open(visit.web.seal), mistakes_of(Refused("SIGN_CODE_WRONG", field="ma_dau")))
    visit.web.nudge()
    return visit.page("recovery_codes.html", codes=codes)


@pages.post(f"{HOME}/ung-dung/bo", PERSON)
def remove_app(visit: Guest) -> Response:
    """Forget the app and its recovery codes."""
    require_confirmed(visit)
    with visit.web.database.write() as connection:
        if keys_of_people.remove_code_app(connection, visit.person_id):
            tell(visit, connection, "app_removed")
    visit.web.nudge()
    return visit.go(HOME)


@pages.post(f"{HOME}/ma-khoi-phuc", PERSON)
def new_recovery_codes(visit: Guest) -> Response:
    """Ten new recovery codes, shown this once; the old ones are void."""
    require_confirmed(visit)
    with visit.web.database.write() as connection:
        app = keys_of_people.code_app(connection, visit.person_id)
        if app is None or app.confirmed_at is None:
            raise Refused("NO_CODE_APP")
        codes = code_apps.new_recovery_codes(connection, visit.person_id, visit.web.tokens(), visit.now)
        tell(visit, connection, "recovery_renewed")
    visit.web.nudge()
    return visit.page("recovery_codes.html", codes=codes)


@pages.post(f"{HOME}/khoa", PERSON)
def add_passkey(visit: Guest) -> Response:
    """Register a passkey: first the script of the page asks for a challenge, then it sends what the device made."""
    require_confirmed(visit)
    place = passkeys.place_of(visit.web.settings)
    if place is None:
        raise Refused("PASSKEY_ELSEWHERE", address=visit.web.settings.base_url)
    person_id, act = visit.person_id, Act("dang_ky_khoa", str(visit.person_id), "", "").digest
    with visit.web.database.write() as connection:
        if visit.form.has("xin_khoa"):
            login = visit.person.name
            token = visit.web.tokens()
            return visit.json(passkeys.ask_to_register(connection, place, person_id, login, act, token, visit.now))
        given, name = visit.form.text("khoa_ky"), visit.form.text("ten_khoa")
        added = passkeys.register(connection, place, person_id, act, given, name, visit.now)
        tell(visit, connection, "passkey_added", keys_of_people.name_of_passkey(connection, added))
    visit.web.nudge()
    return visit.go(HOME)


@pages.post(HOME + "/khoa/{passkey_id}/bo", PERSON)
def remove_passkey(visit: Guest, passkey_id: int) -> Response:
    """Take one of the own passkeys back."""
    require_confirmed(visit)
    with visit.web.database.write() as connection:
        if not keys_of_people.revoke_passkey(connection, visit.person_id, passkey_id, visit.now):
            raise NotFound("passkey", id=passkey_id)
        tell(visit, connection, "passkey_removed", keys_of_people.name_of_passkey(connection, passkey_id))
    visit.web.nudge()
    return visit.go(HOME)


@pages.post(HOME + "/phien/{session_id}/ket-thuc", PERSON)
def end_session(visit: Guest, session_id: str) -> Response:
    """End one of the own sessions, on whatever machine it is."""
    with visit.web.database.write() as connection:
        if not accounts.end_session_of(connection, visit.person_id, session_id, visit.now):
            raise NotFound("session")
    return visit.go(HOME)


@pages.post(HOME + "/thiet-bi/{device_id}/quen", PERSON)
def forget_device(visit: Guest, device_id: str) -> Response:
    """Forget one of the own devices: links open there only after signing in."""
    with visit.web.database.write() as connection:
        if not accounts.revoke_device(connection, visit.person_id, device_id, visit.now):
            raise NotFound("device")
    return visit.go(HOME)


@pages.post(f"{HOME}/thoat-het", PERSON)
def sign_out_everywhere(visit: Guest) -> Response:
    """End every session of the person, shut out their programs and forget every device, this one too; with the
    box ticked also end the secret addresses of calendar and inbox."""
    with visit.web.database.write() as connection:
        accounts.end_sessions_of(connection, visit.person_id, visit.now)
        api_tokens.revoke_own_tokens(connection, visit.person_id, visit.now)
        accounts.revoke_devices_of(connection, visit.person_id, visit.now)
        if visit.form.has("ca_dia_chi"):
            secret_addresses.revoke_addresses_of(connection, visit.person_id, visit.now)
    visit.drop_cookie(SESSION)
    return visit.go("/dang-nhap?xong=1")


@pages.post(HOME + "/ma-qua-thu/{office_id}", PERSON)
def allow_codes(visit: Guest, office_id: int) -> Response:
    """Whether the office takes codes by mail as a last resort; its administrator's word."""
    require_confirmed(visit)
    allow_mail_codes(visit.desk(), office_id, allowed=visit.form.text("cho_phep") == "co")
    return visit.go(HOME)


def tell(visit: Visit, connection: Connection, change: str, name: str = "") -> None:
    """A letter of this change, from this browser."""
    device = label_of(visit.request.headers.get("user-agent", "")) or ""
    tell_of_security(connection, visit.person_id, change, visit.web.tokens(), visit.now, name, device)


def require_confirmed(visit: Visit) -> None:
    """CONFIRM_AGAIN unless the person has just proved who they are."""
    if visit.session is None or not is_confirmed(visit.session, visit.now):
        raise Refused("CONFIRM_AGAIN")


def _own_ways(visit: Visit) -> tuple[Asked, Ways]:
    """What is asked before changes: codes by mail do not count here, or a mailbox would open everything."""
    assert visit.session is not None
    asked = asked_of(visit, visit.person_id, Act("bao_mat", visit.session.token_hash, "", ""), None)
    with visit.web.database.read() as connection:
        ways = ways_of(connection, asked, passkeys.place_of(visit.web.settings))
    return asked, Ways(ways.passkey, ways.app, ways.recovery, mail=False)


def _app_page(visit: Visit, secret: str, wrong: list[Mistake] | None = None) -> Response:
    address = code_apps.address_of(secret, visit.person.name)
    return visit.page(
        "code_app.html",
        status=422 if wrong else 200,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=code_apps.picture_of(address),
        wrong=wrong or [],
    )


def security_page(visit: Visit, wrong: list[Mistake] | None = None, typed: Mapping[str, str] | None = None) -> Response:
    """Everything by which the person proves who they are, and what is open in their name."""
    assert visit.session is not None
    _, ways = _own_ways(visit)
    with visit.web.database.read() as connection:
        seen = screen.security_seen(
            connection, visit.person_id, administered(visit.person), visit.now, visit.web.settings.device_days
        )
    return visit.page(
        "security.html",
        status=422 if wrong else 200,
        seen=seen,
        ways=ways,
        confirmed=is_confirmed(visit.session, visit.now),
        passkeys_here=passkeys.place_of(visit.web.settings) is not None,
        own_session=visit.session.token_hash,
        changed=visit.request.query_params.get("xong") == "mat-khau",
        typed=typed or {},
        browser_name=browser_name,
        wrong=wrong or [],
    )
