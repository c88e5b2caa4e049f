"""Gửi thử: a person has a notice sent to themselves by one way, to see whether it arrives (SET-01)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.errors import NotFound, Refused
from workflows.store import telling, tried_ways, ways_out
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.tried_ways import TRIED

from .addressee import AddressBook
from .bells import BELL, OTHER, PUSH
from .compose import compose, host_of, identity
from .digests import home_office
from .due_words import HANOI
from .links import NOTICES_PAGE
from .way_messages import WayTried

MAIL = "mail"
PAUSE = timedelta(minutes=1)  # at most one trial a way
SAID = "Gửi thử: thông báo của hệ thống kế hoạch đến được đây"


def try_way(connection: Connection, person_id: int, way: str, now: datetime, base_url: str) -> None:
    """Put one notice on its way to this person: `mail`, `push:<device>` or `apprise:<address>`, each the person's own.

    Refused: TRIED_JUST_NOW, NO_MAIL_OF_ONE; NotFound for a way that the person does not have.
    """
    last = tried_ways.tried_by(connection, person_id).get(way)
    if last is not None and now - last.at < PAUSE:
        raise Refused("TRIED_JUST_NOW")
    key = f"{TRIED}:{person_id}:{way}:{now.astimezone(HANOI):%Y%m%d%H%M}"
    office_id = home_office(connection, person_id, now)
    # The key of the minute is the second barrier: two presses at once are one trial.
    if not telling.tell(connection, TRIED, key, now, office_id=office_id, data={"person_id": person_id}):
        raise Refused("TRIED_JUST_NOW")
    occasion = telling.occasion_of(connection, key)
    telling.addressed(connection, occasion.id, now)
    if way == MAIL:
        letter = _mail(AddressBook(connection, office_id, now), occasion, person_id, base_url)
    else:
        letter = _bell(connection, occasion, person_id, way)
    add_delivery(connection, letter, now)


def _mail(book: AddressBook, occasion: telling.Occasion, person_id: int, base_url: str) -> Letter:
    to = book.person(person_id, "holder")
    if to is None or not to.address:
        raise Refused("NO_MAIL_OF_ONE")
    at = f"{book.now.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"
    message = WayTried(to.greeting, to.you, book.office_name(), base_url.rstrip("/") + NOTICES_PAGE, at)
    composed = compose(message, address=to.address, key=occasion.key, host=host_of(base_url), now=book.now)
    return Letter(occasion.id, person_id, None, to.name, to.address, MAIL, **vars(composed))


def _bell(connection: Connection, occasion: telling.Occasion, person_id: int, way: str) -> Letter:
    """A device says only what it always says; another channel says that this is a trial."""
    channel = way.partition(":")[0]
    own = {f"{PUSH}:{each.id}": each.label for each in ways_out.subscriptions_of(connection, person_id)}
    own |= {f"{OTHER}:{each.id}": each.label for each in ways_out.other_addresses_of(connection, person_id=person_id)}
    if way not in own:
        raise NotFound("channel", id=way)
    said = BELL if channel == PUSH else SAID
    identified = identity(occasion.key, way, channel)
    return Letter(occasion.id, person_id, None, own[way], way, channel, said, said, "", {}, identified)
