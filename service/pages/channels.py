"""Kênh gửi tin: machines and groups outside that hear of what happens in the office, and how every way out stands."""

from __future__ import annotations

import base64
from hashlib import sha256

from starlette.responses import Response

from notifications.channels.apprise import demand_other_channel
from notifications.guarded_post import demand_safe
from notifications.machines import TITLES
from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import telling_words as said
from workflows.actions import keep_channels as verbs
from workflows.actions.administration import administered, require_administrator
from workflows.errors import Refused
from workflows.store import channel_states, deliveries, directory, ways_out

from .mistakes import Mistake, mistakes_of
from .notices import outside_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")
HERE = "/kenh-tin"
LOG_SHOWN = 100


@pages.get(HERE, ADMINISTRATOR)
def channels(visit: Guest, xong: str = "") -> Response:
    """Every webhook and group of the own offices, and how every way out of the house stands."""
    return _page(visit, done=xong == "co")


@pages.post(f"{HERE}/moc", ADMINISTRATOR)
def add_webhook(visit: Guest) -> Response:
    """Register a webhook; its secret is shown this once."""
    url = visit.form.text("dia_chi")
    secret = new_secret(visit.web.tokens())
    try:
        demand_safe(outside_of(visit), url, "dia_chi")
        verbs.add_webhook(visit.desk(), _office(visit), url, secret, _events(visit))
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused))
    return _page(visit, secret=secret)


@pages.get(f"{HERE}/moc/{{endpoint_id}}", ADMINISTRATOR)
def webhook(visit: Guest, endpoint_id: int, xong: str = "") -> Response:
    """What was sent to one webhook, and what became of it."""
    with visit.web.database.read() as connection:
        endpoint = ways_out.endpoint(connection, endpoint_id)
        require_administrator(visit.person, endpoint.office_id)
        log = deliveries.deliveries_to(connection, f"webhook:{endpoint.id}", LOG_SHOWN)
    return visit.page("webhook.html", endpoint=endpoint, log=log, said=said, titles=TITLES, done=xong == "co")


@pages.post(f"{HERE}/moc/{{endpoint_id}}/bat", ADMINISTRATOR)
def switch_on(visit: Guest, endpoint_id: int) -> Response:
    """Send there again."""
    verbs.switch_webhook(visit.desk(), endpoint_id, on=True)
    return visit.go(f"{HERE}/moc/{endpoint_id}?xong=co")


@pages.post(f"{HERE}/moc/{{endpoint_id}}/tat", ADMINISTRATOR)
def switch_off(visit: Guest, endpoint_id: int) -> Response:
    """Send nothing there for the time being."""
    verbs.switch_webhook(visit.desk(), endpoint_id, on=False)
    return visit.go(f"{HERE}/moc/{endpoint_id}?xong=co")


@pages.post(f"{HERE}/moc/{{endpoint_id}}/bo", ADMINISTRATOR)
def remove_webhook(visit: Guest, endpoint_id: int) -> Response:
    """Remove a webhook and forget its secret."""
    verbs.remove_webhook(visit.desk(), endpoint_id)
    return visit.go(f"{HERE}?xong=co")


@pages.post(f"{HERE}/tin/{{delivery_id}}/gui-lai", ADMINISTRATOR)
def replay(visit: Guest, delivery_id: int) -> Response:
    """Send one thing again, under the same id."""
    address = verbs.replay(visit.desk(), delivery_id)
    visit.web.nudge()
    return visit.go(f"{HERE}/moc/{address.partition(':')[2]}?xong=co")


@pages.post(f"{HERE}/nhom", ADMINISTRATOR)
def add_group(visit: Guest) -> Response:
    """A group of the office on another channel; its address is a secret and is not shown again."""
    url = visit.form.text("dia_chi_kenh")
    try:
        demand_other_channel(url, loopback=visit.web.settings.local_targets)
        verbs.add_group_channel(visit.desk(), _office(visit), url, visit.form.text("nhan"), _events(visit))
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused))
    return visit.go(f"{HERE}?xong=co")


@pages.post(f"{HERE}/nhom/{{address_id}}/bo", ADMINISTRATOR)
def remove_group(visit: Guest, address_id: int) -> Response:
    """Forget a group."""
    verbs.remove_group_channel(visit.desk(), address_id)
    return visit.go(f"{HERE}?xong=co")


def new_secret(token: str) -> str:
    """A secret as Standard Webhooks wants it: 32 bytes, from unguessable text."""
    return f"whsec_{base64.b64encode(sha256(token.encode()).digest()).decode()}"


def _office(visit: Visit) -> int:
    """The office that the form is about; the verb judges whether it may be."""
    number = whole_number(visit.form.text("co_quan_so"))
    if number is None:
        raise Refused("FIELD_REQUIRED", field="co_quan_so")
    return number


def _events(visit: Visit) -> list[str]:
    return [event for event in visit.form.many.get("su_kien", ()) if event in TITLES]


def _page(
    visit: Visit, *, wrong: list[Mistake] | None = None, status: int = 200, secret: str = "", done: bool = False
) -> Response:
    with visit.web.database.read() as connection:
        offices = sorted(administered(visit.person))
        bodies = directory.bodies_by_id(connection, offices)
        shown = [
            (
                bodies[each],
                ways_out.endpoints_of(connection, each),
                ways_out.other_addresses_of(connection, office_id=each),
            )
            for each in offices
        ]
        states = channel_states.all_channel_states(connection)
        waiting = deliveries.count_waiting(connection)
    return visit.page(
        "channels.html",
        status=status,
        shown=shown,
        states=states,
        waiting=waiting,
        titles=TITLES,
        said=said,
        typed={} if secret else visit.form.fields,
        wrong=wrong or [],
        secret=secret,
        done=done,
    )
