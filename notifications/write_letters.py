"""Notices whose time has come become letters: links, words, rows; what is about one plan is gathered in one letter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from workflows.store import notices, plans, secret_addresses, telling
from workflows.store.deliveries import Letter, add_delivery, delivery_at
from workflows.store.notices import Notice

from . import about_letters, invitations
from .addressee import Addressee, Books
from .audience import TASK_KINDS, task_of
from .compose import compose, host_of
from .digests import is_empty, is_true, settle_untrue, still_true
from .events import AT_ONCE, FIXED
from .letterhead import Writer, letterhead
from .links import HOME_PAGE, TASK_PAGE, UNSUBSCRIBE_PAGE, hash_of, make_link
from .messages import Gathered
from .note import CODE_KINDS, Heard, hear, path_of
from .writers import writer_of

# Those for whom the letter's link is the way to act; the others get a page to look at.
ACTING = ("holder", "courtesy", "asker")
GATHERED_LINES = 10


@dataclass(frozen=True)
class Desk:
    """What writing a letter needs besides what it says: the address of our pages and unguessable tokens."""

    base_url: str
    tokens: Callable[[], str]

    def absolute(self, path: str) -> str:
        """The path as people outside open it."""
        return self.base_url.rstrip("/") + path


def gather(due: Iterable[Notice]) -> list[list[Notice]]:
    """Notices that one letter says: those to one person about one plan that have no letter of their own."""
    together: dict[object, list[Notice]] = {}
    for notice in due:
        key: object = notice.id if is_alone(notice) else (notice.person_id, notice.plan_id)
        together.setdefault(key, []).append(notice)
    return list(together.values())


def is_alone(notice: Notice) -> bool:
    """Whether it has a letter of its own: what is fixed or urgent, what is of no plan, and whatever bodies get."""
    if notice.person_id is None or notice.plan_id is None:
        return True
    return notice.urgent or notice.event in FIXED or notice.event in AT_ONCE


def write_letter(
    connection: Connection, group: list[Notice], now: datetime, desk: Desk, heard: Heard | None = None
) -> int:
    """Write the letter of these notices; how many letters that are. What is not true any more gets none.

    `heard` is what was found out about their occasion in this very transaction.
    """
    claimed = notices.settle(connection, group, "lettered", now)
    mine = [replace(notice, fate="lettered") for notice in group if notice.id in claimed]
    books = Books(connection, now)
    true = [(notice, found) for notice in mine if (found := _to_tell(connection, notice, now, heard, books))]
    told = {notice.id for notice, _ in true}
    notices.settle(connection, [notice for notice in mine if notice.id not in told], "superseded", now)
    if not true:
        return 0
    delivery_id = _Writing(true, desk).write()
    notices.said_in(connection, told, delivery_id)
    if true[-1][0].reason == "digest" and true[-1][0].person_id is not None:
        settle_untrue(connection, true[-1][0].person_id, now)
        notices.settle(connection, still_true(connection, true[-1][0].person_id), "digested", now, delivery_id)
    return 1


def _to_tell(
    connection: Connection, notice: Notice, now: datetime, heard: Heard | None, books: Books
) -> tuple[Heard, Addressee] | None:
    """What is to be told and to whom, as of today; None for a step that is done or passed to others."""
    occasion = heard.occasion if heard is not None else telling.occasion(connection, notice.outbox_id)
    if occasion is None or not is_true(connection, notice):
        return None
    if occasion.kind == "digest" and is_empty(connection, occasion, now):
        return None
    heard = heard or hear(connection, occasion, now, books)
    mine = (each for each in heard.addressees if (each.person_id, each.body_id) == (notice.person_id, notice.body_id))
    to = next(mine, None)
    return (heard, to) if to is not None else None


class _Writing:
    """One letter: to one addressee, about one notice or several of one plan."""

    def __init__(self, true: list[tuple[Notice, tuple[Heard, Addressee]]], desk: Desk) -> None:
        self.notices = [notice for notice, _ in true]
        self.heard, self.to = true[0][1]
        self.occasion, self.book = self.heard.occasion, self.heard.book
        self.desk = desk

    def write(self) -> int:
        """Keep the letter; of two people who share a mailbox the second reads it in the house."""
        writer, path = self._said()
        by_mail = self._keep(self.to, writer, path) if self.to.address else None
        if by_mail is not None:
            return by_mail
        if self.to.person_id is None:  # two bodies with one mailbox: the letter that is there says it to both
            return delivery_at(self.book.connection, self.occasion.id, self.to.address)
        inside = self._keep(replace(self.to, address=""), writer, path)
        assert inside is not None, "one notice an occasion and person, so one letter"
        return inside

    def _said(self) -> tuple[Writer, Callable[[Addressee], str]]:
        if len(self.notices) > 1:
            return self._gathered, lambda _: HOME_PAGE
        if self.occasion.kind in CODE_KINDS:
            drawn = about_letters.sign_code if self.occasion.kind == "sign_code" else about_letters.link_code
            return drawn(self.book, self.occasion, self.desk.tokens()), self._way
        return self.heard.writer or writer_of(self.book, self.occasion), self._way

    def _keep(self, to: Addressee, writer: Writer, path: Callable[[Addressee], str]) -> int | None:
        composed = compose(
            writer(to, self.desk.absolute(path(to))),
            key=self.occasion.key,
            address=to.address or f"nguoi:{to.person_id}",
            host=host_of(self.desk.base_url),
            now=self.book.now,
            plan_id=self.occasion.plan_id,
            unsubscribe=self._unsubscribe(to),
        )
        letter = Letter(
            outbox_id=self.occasion.id,
            person_id=to.person_id,
            body_id=to.body_id,
            name=to.name,
            address=to.address or f"nguoi:{to.person_id}",
            channel="mail" if to.address else "inbox",
            **vars(composed),
        )
        return add_delivery(self.book.connection, letter, self.book.now)

    def _gathered(self, to: Addressee, url: str) -> Gathered:
        assert self.occasion.plan_id is not None, "only what is about a plan is gathered"
        title = plans.plan(self.book.connection, self.occasion.plan_id).title
        lines = [notice.subject for notice in self.notices]
        shown = tuple(reversed(lines[-GATHERED_LINES:]))
        more = len(lines) - len(shown)
        return Gathered(
            *letterhead(self.book, to, url),
            title,
            len(lines),
            (*shown, f"và {more} tin nữa") if more else shown,
            shown[0],
        )

    def _unsubscribe(self, to: Addressee) -> str | None:
        """Only a digest can be ended by its reader's mail program."""
        if self.occasion.kind != "digest" or to.person_id is None or not to.address:
            return None
        token = self.desk.tokens()
        secret_addresses.add_secret_address(
            self.book.connection, hash_of(token), to.person_id, secret_addresses.UNSUBSCRIBE, "", self.book.now
        )
        return self.desk.absolute(UNSUBSCRIBE_PAGE.format(token))

    def _way(self, to: Addressee) -> str:
        """The path behind the letter's button."""
        occasion, connection = self.occasion, self.book.connection
        if occasion.kind in ("document_sent", "document_changed", "receipt_reminder"):
            return make_link(
                connection,
                token=self.desk.tokens(),
                now=self.book.now,
                recipient_id=int(occasion.data["recipient_id"]),
                person_id=to.person_id,
                body_id=to.body_id,
            )
        if occasion.kind == "account_invited" and to.person_id is not None:
            return invitations.make(connection, self.desk.tokens(), to.person_id, self.book.now)
        if occasion.kind not in TASK_KINDS:
            return path_of(occasion)
        if to.part not in ACTING:
            return path_of(replace(occasion, kind="", task_id=None))
        return self._way_to_act(to)

    def _way_to_act(self, to: Addressee) -> str:
        """A link of the task for whoever reads it outside."""
        connection, task = self.book.connection, task_of(self.book.connection, self.occasion)
        if not to.address:
            return TASK_PAGE.format(task.id)
        draft = plans.current_stamp(connection, task.plan_id) if task.plan_id is not None else None
        return make_link(
            connection,
            token=self.desk.tokens(),
            now=self.book.now,
            task_id=task.id,
            version=draft.version if draft else None,
            content_hash=draft.content_hash if draft else None,
            due=task.due,
            person_id=to.person_id,
            body_id=to.body_id,
        )
