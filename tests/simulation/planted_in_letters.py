"""Planted faults in how people are told: identity, lease, fencing, addressees, links, secrets, reminders."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import update

from notifications import link_truth, retries, send
from notifications import links as letter_links
from notifications.channels import mime
from workflows.actions import versions
from workflows.store import deliveries as letters
from workflows.store import due, links, notices
from workflows.store.tables.telling import deliveries

from .planted import everywhere, instead, plant


@plant
def counted_as_sent_before_it_is_sent() -> Iterator[None]:
    """A letter is marked first and handed over afterwards."""

    def mark_first(self: Any, claimed: list[Any]) -> bool:
        for each in claimed:
            with self.database.write() as connection:
                letters.finish(connection, each, self.now)
            try:
                self.channel.send(each.letter)
            except Exception:
                logging.getLogger(__name__).info("lost")
        return True

    with instead(send._Sending, "_send", mark_first):
        yield


@plant
def another_message_id_each_time() -> Iterator[None]:
    """A letter has an identity of its own each time that it is sent."""
    real, chance = mime.mail_of, Random(1)

    def renamed(*args: Any) -> Any:
        mail = real(*args)
        mail.replace_header("Message-ID", f"<{chance.getrandbits(64):x}@kehoach.example>")
        return mail

    with everywhere(real, renamed):
        yield


@plant
def no_lease() -> Iterator[None]:
    """What one sender has taken another may take at once."""
    with patch.object(send, "LEASE", timedelta(0)):
        yield


@plant
def lease_without_fencing() -> Iterator[None]:
    """A sender that stood still writes how its attempt ended over what another has written since."""
    real = letters._mine

    def whoever(delivery: Any) -> Any:
        return (deliveries.c.id == delivery.id,)

    with everywhere(real, whoever):
        yield


@plant
def retried_under_another_identity() -> Iterator[None]:
    """A second try is a letter of its own."""
    real = letters.retry

    def anew(connection: Any, delivery: Any, *args: Any) -> bool:
        other = delivery.letter.message_id.replace("<", "<r")
        connection.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(message_id=other))
        return real(connection, delivery, *args)

    with everywhere(real, anew):
        yield


@plant
def given_up_at_the_first_failure() -> Iterator[None]:
    """A letter that the server did not take once is never tried again."""

    def never(*args: Any, **more: Any) -> None:
        del args, more

    with everywhere(retries.wait_after, never):
        yield


@plant
def told_once_a_person() -> Iterator[None]:
    """Who was told of anything about a plan for this reason is not told of the next."""
    real = notices.add_notice

    def once(connection: Any, new: Any, now: Any) -> int | None:
        wanted = "SELECT count(*) FROM notices WHERE person_id = ? AND plan_id = ? AND reason = ?"
        known = connection.exec_driver_sql(wanted, (new.person_id, new.plan_id, new.reason)).scalar_one()
        return None if known and new.person_id is not None else real(connection, new, now)

    with everywhere(real, once):
        yield


@plant
def told_again_under_a_new_key() -> Iterator[None]:
    """A document goes to its addressee once more whenever somebody looks whether it went."""
    from workflows.store import distributing  # noqa: PLC0415 - beside what is planted in it

    def untold(connection: Any, limit: int) -> Any:
        wanted = "SELECT r.id, g.office_id, r.subject_id, g.entered_at FROM recipients r JOIN register g"
        wanted += " ON g.subject = r.subject AND g.subject_id = r.subject_id WHERE r.channel = 'mail' LIMIT ?"
        return [
            distributing.Untold(*row[:3], datetime.fromisoformat(row[3]).replace(tzinfo=UTC))
            for row in connection.exec_driver_sql(wanted, (limit,))
        ]

    real = distributing.tell_line

    def tell(connection: Any, recipient_id: int, now: Any, **more: Any) -> None:
        real(connection, recipient_id, now, **{**more, "sending": now.isoformat()})

    with everywhere(distributing.untold, untold), everywhere(real, tell):
        yield


@plant
def link_not_bound_to_its_text() -> Iterator[None]:
    """A link leads to whatever text is in force when it is opened."""

    def never(*args: Any) -> bool:
        del args
        return False

    def none(*args: Any, **more: Any) -> list[Any]:
        del args, more
        return []

    with everywhere(link_truth._is_other_draft, never), everywhere(links.revoke_links_to_draft, none):
        yield


@plant
def token_in_the_log() -> Iterator[None]:
    """A link is written into the log of the program."""
    real = letter_links.make_link

    def talkative(*args: Any, **more: Any) -> str:
        logging.getLogger(__name__).warning("link %s", more["token"])
        return real(*args, **more)

    with everywhere(real, talkative):
        yield


@plant
def levels_told_again() -> Iterator[None]:
    """Each round of reminders begins with the first level."""

    def nothing_told(connection: Any, task_ids: Any) -> Any:
        del connection
        return {task_id: set() for task_id in task_ids}

    with everywhere(due.levels_told, nothing_told):
        yield


@plant
def approvals_outlive_an_edit() -> Iterator[None]:
    """What was approved stands on a text that was changed since (NĐ 30/2020 Điều 11)."""

    def nothing(*args: Any) -> None:
        del args

    with everywhere(versions.void_approvals, nothing):
        yield
