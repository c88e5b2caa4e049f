"""The whole office on a virtual clock: two processes over one database, a mail server, a signer, and what fails in
them."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from unittest.mock import patch

from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.deliver import deliver
from service.auth.actor import actor_of, standing_for
from tests.stories.cast import BASE_URL
from workflows.actions import SWEEPS, Desk, archive_plans, make_signature, number_document
from workflows.actions.to_sign import Signed, ToSign
from workflows.engine.actor import CLOCK, Actor
from workflows.engine.calendar import VIETNAM
from workflows.plans.authority import Matter
from workflows.plans.official_document import OfficialDocument
from workflows.store import directory
from workflows.store.database import Database

from .database_faults import Faults, FaultyConnection
from .mail_faults import MailServer, spoken_to
from .office import Founded, founded, processes

MAIL = ChannelSettings("thu.example", 25, "kehoach@xa.example", BASE_URL, tls="none", timeout=1.0)
Row = tuple[Any, ...]


class Violation(AssertionError):
    """An invariant does not hold; `invariant` is its name in docs/howto/simulate-faults.md."""

    def __init__(self, invariant: str, what: str) -> None:
        self.invariant, self.what = invariant, what
        super().__init__(f"{invariant}: {what}")


@dataclass(frozen=True)
class SignerCall:
    """What the signer was called for: the bytes, and the number that stood in them."""

    subject: str
    subject_id: int
    role: str
    sha256: str
    number: str


class World:
    """One simulated office. `now` moves only by the driver's hand; all chance comes from `chance`."""

    def __init__(self, seed: int, made: Founded | None = None) -> None:
        made = made or founded()
        self.chance = Random(seed)
        self.office, self.now = made.office, made.start
        self.raw: FaultyConnection
        self.raw, self.processes = processes()
        self.faults = self.raw.faults = Faults()
        self.raw.forget_statements()
        self.raw.deserialize(made.content)
        for database in self.processes:
            with database.read():  # it is connected before anything can fail
                pass
            database._remembered._known.clear()
            database._remembered._newest.clear()
        self.at_work = 0
        self.server = MailServer(lambda: self.now, alive=self.stay_alive)
        self.server.taken.extend(made.taken)
        self.channels = [SmtpChannel(MAIL) for _ in self.processes]
        self.signed: list[SignerCall] = list(made.signed)
        self.signer_fails = 0
        self.log: list[str] = []
        self.broken: Violation | None = None  # seen where the product would catch it; told when its deed is over
        self.tokens: set[str] = set(made.tokens)  # all that ever went into a letter
        self.heads: dict[int, tuple[int, str]] = {}  # of the cases when they were last looked at
        self.sent_before: set[str] = set()
        self._old: list[OrderedDict[int, Any]] = [OrderedDict(), OrderedDict()]
        self._looked: dict[tuple[str, tuple[Any, ...]], tuple[int, list[Row]]] = {}
        self._tokens = Random(seed + 1)
        self.actors: dict[Any, Any] = {}

    @contextmanager
    def running(self) -> Iterator[None]:
        """The world's mail server and signer stand where the product calls them."""
        keeper = _Keeper(self.log)
        root = logging.getLogger()
        with ExitStack() as stack:
            stack.enter_context(spoken_to(self.server))
            stack.enter_context(patch.object(make_signature, "make_signature", self.sign))
            stack.enter_context(patch.object(number_document, "pdf_bytes", _cheap_pdf))
            stack.enter_context(patch.object(archive_plans, "_printed", _cheap_archive))
            stack.enter_context(_quiet(root, keeper))
            yield

    def look(self, sql: str, *parameters: Any) -> list[Row]:
        """What the database holds, past all faults."""
        return self.raw.look(sql, parameters)

    def as_it_stands(self, sql: str, *parameters: Any) -> list[Row]:
        """The same, looked up only where something was written since it was last asked."""
        written = self.raw.total_changes
        known = self._looked.get((sql, parameters))
        if known is not None and known[0] == written and not self.raw.in_transaction:
            return known[1]
        found = self.look(sql, *parameters)
        if not self.raw.in_transaction:  # what is rolled back counts as written and not as taken back
            self._looked[sql, parameters] = (written, found)
        return found

    def one(self, sql: str, *parameters: Any) -> Any:
        """The one value of a query; None without a row."""
        found = self.look(sql, *parameters)
        return found[0][0] if found else None

    def at(self, instant: datetime) -> Any:
        """An instant as the rows of this database have it."""
        return instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

    # ---- processes

    @property
    def database(self) -> Database:
        """The database as the process at work sees it."""
        return self.processes[self.at_work]

    def stay_alive(self) -> None:
        """A process that died speaks to nobody any more; one that lives only while none of its transactions is open."""
        if self.faults.dead:
            self.faults.due(at_commit=True, writes=False)
        if self.raw.in_transaction:
            self.broken = Violation("I17", "somebody outside was spoken to while a transaction was open")

    def restart(self) -> None:
        """The process at work is started again: it remembers nothing and holds no connection."""
        remembered = self.database._remembered
        remembered._known.clear()
        remembered._newest.clear()
        self.channels[self.at_work] = SmtpChannel(MAIL)
        self.raw.forget_statements()
        if self.raw.in_transaction:
            self.raw.rollback()

    def remember_then(self) -> None:
        """Keep what the process remembers now."""
        self._old[self.at_work] = OrderedDict(self.database._remembered._known)

    def remember_again(self) -> None:
        """What it remembered then is all that it remembers now: out of date, as after a long pause."""
        known = self.database._remembered._known
        known.clear()
        known.update(self._old[self.at_work])

    # ---- who acts

    def desk(self, by: Actor | None = None) -> Desk:
        """The desk of the clock, or of somebody."""
        return Desk(self.database, self.now, by or CLOCK)

    def holders(self, group: str) -> list[directory.Holder]:
        """Who holds this group today; nobody's post changes in this world."""
        if group not in self.actors:
            with self.without_faults(), self.database.read() as connection:
                self.actors[group] = directory.holders_of(connection, group, self.now.astimezone(VIETNAM).date())
        return list(self.actors[group])

    def actor(self, person_id: int, name: str, groups: tuple[str, ...]) -> Actor:
        """This person for work that is offered to these groups."""
        key = (person_id, groups)
        if key not in self.actors:
            with self.without_faults(), self.database.read() as connection:
                found = actor_of(connection, person_id, name, self.now)
                self.actors[key] = standing_for(connection, found, Matter(groups), self.now).actor
        return self.actors[key]  # type: ignore[no-any-return]

    def by_role(self, role: str, body_id: int | None = None, nth: int = 0) -> Actor:
        """Whoever holds this role in this body (the office by default)."""
        group = directory.group(role, body_id or self.office.id)
        found = self.holders(group)
        return self.actor(found[nth % len(found)].person_id, found[nth % len(found)].name, (group,))

    @contextmanager
    def without_faults(self) -> Iterator[None]:
        """What the tests themselves read meets no fault."""
        before, self.faults.off = self.faults.off, True
        try:
            yield
        finally:
            self.faults.off = before

    # ---- the clock's work

    def sweep(self, kind: str) -> object:
        """One sweep of the process at work."""
        return SWEEPS[kind](self.desk(), 500)

    def deliver(self) -> object:
        """Note, write and send what is due."""
        return deliver(
            self.database, self.now, self.channels[self.at_work], base_url=BASE_URL, tokens=self.token, limit=500
        )

    def token(self) -> str:
        """A token that nobody could guess but who knows the seed."""
        token = f"{self._tokens.getrandbits(192):048x}"
        self.tokens.add(token)
        return token

    def wait(self, **by: float) -> None:
        """The clock moves."""
        self.now += timedelta(**by)

    def sign(self, to_sign: ToSign, now: datetime) -> Signed:
        """The signer: it keeps what it was called for, as the counter of a card would, and may fail."""
        del now
        self.stay_alive()
        order, content = to_sign.order, to_sign.content
        number = content.partition(b"|")[0].decode()
        self.signed.append(SignerCall(order.subject, order.subject_id, order.role, order.sha256, number))
        if sha256(content).hexdigest() != order.sha256:
            raise Violation("I4", f"the signer was given other bytes than order {order.id} says")
        if self.signer_fails:
            self.signer_fails -= 1
            raise TimeoutError("the card does not answer")
        return Signed(content + f"|{order.role}".encode(), sha256(order.sha256.encode()).hexdigest())


def _cheap_pdf(paper: OfficialDocument, *_: object) -> bytes:
    """What is printed costs a third of a second and is not what is simulated: number, then what was said."""
    return f"{paper.notation}|{sha256(repr(paper).encode()).hexdigest()}".encode()


def _cheap_archive(*_: object) -> bytes:
    """The file of a plan that is over costs as much for each of its pages."""
    return b"%PDF"


class _Keeper(logging.Handler):
    """Keeps what was logged, to be searched for secrets."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
        if record.exc_info and record.exc_info[1]:
            self.lines.append(repr(record.exc_info[1]))


@contextmanager
def _quiet(root: logging.Logger, keeper: logging.Handler) -> Iterator[None]:
    """Only the keeper hears of failures: there are thousands, and all are wanted."""
    before, root.handlers = root.handlers, [keeper]
    try:
        yield
    finally:
        root.handlers = before
