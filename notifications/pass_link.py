"""Chuyển cho người khác trong cơ quan: the link of a body's task goes to a colleague, and the old one is dead (APR-15).

No right grows: the new link is for the same body, task and draft and ends when the old one would have. Who hands it on
has proved it by the code of the old link; the colleague's codes go to the colleague's own address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import consultation, links, round_changes, telling, worklist
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.links import Link
from workflows.store.passed_links import PASSED, key_of, passed_to
from workflows.store.worklist import TaskRow

from .addressee import AddressBook
from .compose import compose, host_of
from .facts import task_facts
from .link_messages import LinkPassed
from .links import hash_of, resolve
from .one_line import one_line, trimmed

MOST = 5  # times that one task's link is handed on, so that nobody spends letters for others
LONGEST_NAME, LONGEST_ADDRESS = 120, 254
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Handing:
    """To whom a link goes (`name`, `address`), and who hands it on (`by`), as they typed it."""

    name: str
    address: str
    by: str


def pass_link(  # noqa: PLR0917 - what one link becomes
    connection: Connection, token: str, new_token: str, handing: Handing, now: datetime, base_url: str
) -> None:
    """Kill the link of this token and send a new one to the colleague; the caller has judged the code.

    Refused: LINK_… for one that is not usable, NOT_PASSED_ON for a link of a person or of another step,
    PASSED_TOO_OFTEN, FIELD_REQUIRED, TOO_LONG, BAD_MAIL.
    """
    link = resolve(connection, token, now)
    task = opinion_task(connection, link)
    name, address = _judged(handing)
    before = passed_to(connection, link.token_hash)
    times = before.times + 1 if before is not None else 1
    if times > MOST:
        raise Refused("PASSED_TOO_OFTEN", most=MOST)
    # The barrier against two presses at once: only one of them takes the old link back.
    if not links.revoke_link(connection, link.token_hash, now):
        raise Refused("LINK_REVOKED", task_id=link.task_id, person_id=None, body_id=link.body_id)
    kept = ("purpose", "task_id", "body_id", "version", "content_hash", "expires_at")
    links.add_link(
        connection, token_hash=hash_of(new_token), made_at=now, **{each: getattr(link, each) for each in kept}
    )
    by = trimmed(one_line(handing.by), LONGEST_NAME)
    data = {"name": name, "address": address, "times": times, "by": by, "from": link.token_hash}
    _send(connection, link, task, data, new_token, now, base_url)
    _log(connection, link, task, f"{name} <{address}>", by, now)


def opinion_task(connection: Connection, link: Link) -> TaskRow:
    """The task of a link that may be handed on: of a body without account that is asked for its opinion."""
    task = worklist.task(connection, link.task_id) if link.task_id is not None else None
    if task is None or link.body_id is None or link.person_id is not None or task.form != "gop_y":
        raise Refused("NOT_PASSED_ON")
    return task


def _judged(handing: Handing) -> tuple[str, str]:
    name, address = one_line(handing.name).strip(), handing.address.strip()
    for field, value, most in (("nguoi_nhan", name, LONGEST_NAME), ("hop_thu", address, LONGEST_ADDRESS)):
        if not value:
            raise Refused("FIELD_REQUIRED", field=field)
        if len(value) > most:
            raise Refused("TOO_LONG", field=field, most=most)
    if not _ADDRESS.fullmatch(address):
        raise Refused("BAD_MAIL", field="hop_thu", value=address)
    if not handing.by.strip():
        raise Refused("FIELD_REQUIRED", field="ho_ten")
    return name, address


def _send(  # noqa: PLR0917 - the facts of one letter
    connection: Connection,
    link: Link,
    task: TaskRow,
    data: dict[str, object],
    new_token: str,
    now: datetime,
    base_url: str,
) -> None:
    """The letter is written here and now: only here is the new token known."""
    key = key_of(hash_of(new_token))
    telling.tell(
        connection,
        PASSED,
        key,
        now,
        office_id=task.office_id,
        plan_id=task.plan_id,
        case_id=task.case_id,
        task_id=task.id,
        data=data,
    )
    occasion = telling.occasion_of(connection, key)
    telling.addressed(connection, occasion.id, now)
    book = AddressBook(connection, task.office_id, now)
    assert link.body_id is not None, "judged by opinion_task"
    body = book.body(link.body_id, "asker")
    to = replace(body, name=f"{data['name']} ({body.name})", address=str(data["address"]))
    facts = task_facts(book, task)
    url = f"{base_url.rstrip('/')}/x/{new_token}"
    message = LinkPassed(
        to.greeting, to.you, book.office_name(), url, facts.title, str(data["by"]), facts.step, facts.due
    )
    composed = compose(message, address=to.address, key=key, host=host_of(base_url), now=now, plan_id=task.plan_id)
    add_delivery(
        connection, Letter(occasion.id, None, link.body_id, to.name, to.address, "mail", **vars(composed)), now
    )


def _log(  # noqa: PLR0917 - the facts of a line
    connection: Connection, link: Link, task: TaskRow, to: str, by: str, now: datetime
) -> None:
    """The history of the round says who handed it on to whom."""
    round_ = consultation.latest_round(connection, task.plan_id) if task.plan_id is not None else None
    if round_ is not None:
        round_changes.note_change(connection, round_.id, round_changes.PASSED, link.body_id, now, by, to)
