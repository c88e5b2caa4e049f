"""Thông báo: what the person was told, newest first, whatever way else it went; and how each wants to be told."""

from __future__ import annotations

from starlette.responses import Response

from notifications.channels.apprise import demand_other_channel
from notifications.channels.push import demand_push_service
from notifications.digests import home_office
from notifications.events import EVENTS, FIXED
from notifications.guarded_post import Outside, resolve_by_system
from notifications.push_keys import public_key_of, read_push_keys
from notifications.try_way import try_way
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import telling_words as said
from service.words.trying_words import TRIED_OUTCOME
from workflows.actions import keep_preferences as verbs
from workflows.errors import NotFound, Refused
from workflows.store import directory, notices, preferences, secret_addresses, tried_ways, ways_out
from workflows.store.preferences import Choice

from .mistakes import Mistake, mistakes_of

pages = Pages()
PAGE_SIZE = 50
HOW = "/toi/thong-bao"


@pages.get("/thong-bao", PERSON)
def bell(visit: Guest, trang: int = 1) -> Response:
    """What the person was told; looking at it changes nothing."""
    page = max(1, trang)
    with visit.web.database.read() as connection:
        found = notices.notices_of(connection, visit.person_id, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    return visit.page("notices.html", found=found[:PAGE_SIZE], page=page, more=len(found) > PAGE_SIZE, said=said)


@pages.post("/thong-bao/da-doc", PERSON)
def read_all(visit: Guest) -> Response:
    """Everything is read."""
    with visit.desk().open() as work:
        notices.read(work.connection, visit.person_id, visit.now)
    return visit.go("/thong-bao")


@pages.post("/thong-bao/{notice_id}/mo", PERSON)
def open_notice(visit: Guest, notice_id: int) -> Response:
    """Note that one is read, and go to what it is about."""
    with visit.desk().open() as work:
        path = notices.read(work.connection, visit.person_id, visit.now, notice_id)
    if path is None:
        raise NotFound("notice", id=notice_id)
    return visit.go(path)


@pages.get(HOW, PERSON)
def how(visit: Guest, xong: str = "") -> Response:
    """How the person is told, and what cannot be switched off."""
    return _page(visit, done=xong == "co")


@pages.post(HOW, PERSON)
def keep(visit: Guest) -> Response:
    """Keep ways and hours."""
    form = visit.form
    choices = {
        each.key: Choice(
            form.text(f"thu_{each.key}") if not each.fixed else "ngay",  # type: ignore[arg-type]  # judged by the verb
            form.has(f"chuong_{each.key}"),
            form.has(f"kenh_{each.key}"),
        )
        for each in EVENTS
    }
    quiet = {"co_quan": None, "khong": ""}.get(form.text("yen_lang"), form.text("gio_yen_lang"))
    try:
        verbs.keep_preferences(visit.desk(), visit.person_id, choices, form.text("gio_tong_hop") or None, quiet)
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused), typed=form.fields)
    return visit.go(f"{HOW}?xong=co")


@pages.post(f"{HOW}/gui-thu", PERSON)
def try_it(visit: Guest) -> Response:
    """Send a notice to oneself by one way; the page then says how it ended."""
    try:
        with visit.web.database.write() as connection:
            try_way(connection, visit.person_id, visit.form.text("cach"), visit.now, visit.web.settings.base_url)
    except Refused as refused:
        if isinstance(refused, NotFound):
            raise
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused))
    visit.web.nudge()
    return visit.go(f"{HOW}#gui-thu")


@pages.post(f"{HOW}/thiet-bi", PERSON)
def add_device(visit: Guest) -> Response:
    """Let this device ring; the browser itself made the keys."""
    form = visit.form
    try:
        demand_push_service(form.text("endpoint"), outside_of(visit))
        verbs.subscribe(
            visit.desk(),
            visit.person_id,
            form.text("endpoint"),
            p256dh=form.text("p256dh"),
            auth=form.text("auth"),
            label=form.text("nhan"),
        )
    except Refused as refused:  # the browser filled this form in: there is no field to go to
        unseen = [Mistake("", each.sentence) for each in mistakes_of(refused)]
        return _page(visit, wrong=unseen, status=status_of(refused))
    return visit.go(f"{HOW}?xong=co")


@pages.post(f"{HOW}/thiet-bi/{{device_id}}/bo", PERSON)
def drop_device(visit: Guest, device_id: int) -> Response:
    """This device rings no more."""
    verbs.unsubscribe(visit.desk(), visit.person_id, device_id)
    return visit.go(f"{HOW}?xong=co")


@pages.post(f"{HOW}/kenh", PERSON)
def add_channel(visit: Guest) -> Response:
    """An own channel; its address is a secret and is not shown again."""
    url = visit.form.text("dia_chi_kenh")
    try:
        demand_other_channel(url, loopback=visit.web.settings.local_targets)
        verbs.add_own_channel(visit.desk(), visit.person_id, url, visit.form.text("nhan"))
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused), labelled="kenh")
    return visit.go(f"{HOW}?xong=co")


@pages.post(f"{HOW}/kenh/{{address_id}}/bo", PERSON)
def drop_channel(visit: Guest, address_id: int) -> Response:
    """Forget an own channel."""
    verbs.remove_own_channel(visit.desk(), visit.person_id, address_id)
    return visit.go(f"{HOW}?xong=co")


@pages.post(f"{HOW}/lich", PERSON)
def add_calendar(visit: Guest) -> Response:
    """Make a calendar address; it is shown this once."""
    token = visit.web.tokens()
    label = visit.form.text("nhan")
    try:
        verbs.make_secret_address(visit.desk(), visit.person_id, secret_addresses.CALENDAR, label, token)
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused), labelled="lich")
    return _page(visit, calendar=f"{visit.web.settings.base_url}/lich/{token}.ics")


@pages.post(f"{HOW}/lich/{{token_hash}}/bo", PERSON)
def drop_calendar(visit: Guest, token_hash: str) -> Response:
    """Take a calendar address back at once."""
    verbs.revoke_secret_address(visit.desk(), visit.person_id, token_hash)
    return visit.go(f"{HOW}?xong=co")


def outside_of(visit: Visit) -> Outside:
    """How this installation reaches the outside."""
    return Outside(resolve_by_system, visit.web.settings.local_targets)


def _page(
    visit: Visit,
    *,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    typed: object = None,
    done: bool = False,
    calendar: str = "",
    labelled: str = "",
) -> Response:
    """The page; `labelled` is the form that was sent, of those with a name to remember it by."""
    settings = visit.web.settings
    keys = read_push_keys(visit.web.database, visit.web.seal, settings.mail_from)
    with visit.web.database.read() as connection:
        office_id = home_office(connection, visit.person_id, visit.now)
        kept = preferences.preferences(connection, visit.person_id, office_id)
        facts = {
            "devices": ways_out.subscriptions_of(connection, visit.person_id),
            "channels": ways_out.other_addresses_of(connection, person_id=visit.person_id),
            "tried": tried_ways.tried_by(connection, visit.person_id),
            "mail": directory.person(connection, visit.person_id).email or "",
            "calendars": secret_addresses.secret_addresses_of(connection, visit.person_id, secret_addresses.CALENDAR),
        }
    return visit.page(
        "notice_ways.html",
        status=status,
        kept=kept,
        events=EVENTS,
        fixed=FIXED,
        said=said,
        outcome=TRIED_OUTCOME,
        wrong=wrong or [],
        typed=typed or {},
        done=done,
        calendar=calendar,
        labelled=labelled,
        push_key=public_key_of(keys) if keys is not None else "",
        **facts,
    )
