"""The sweep of the exchange: take in what lies ready, seal what is to go, send what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from workflows.actions.desk import Desk, Swept
from workflows.errors import Refused
from workflows.store import clockwork, exchange, issuing
from workflows.store.exchange import Sealed

from .carrier import Brought, Carrier, CarrierError
from .in_house import InHouse
from .seal import seal
from .take import take_envelope

BACKOFF = tuple(timedelta(seconds=each) for each in (30, 60, 120, 240, 480))
LEASE = timedelta(minutes=5)


def exchange_documents(
    desk: Desk, carriers: Sequence[Carrier], limit: int = 200, backoff: Sequence[timedelta] = BACKOFF
) -> Swept:
    """Carry everything that is due, each envelope in its own transaction; failures are tried again after `backoff`.

    A line of Nơi nhận whose envelope cannot be made, and an envelope that fails more often than `backoff` is long,
    are shown as failed to văn thư; the rest goes on.
    """
    clock = desk.as_clock()
    ways = {peer: carrier for carrier in (*carriers, InHouse(clock)) for peer in carrier.peers}
    _note_peers(clock, ways)
    # What comes in first: its answers leave in the same round.
    return _bring(clock, carriers, limit) + _seal(clock, limit) + _send(clock, ways, limit, backoff)


def exchange_in_house(desk: Desk, limit: int = 200) -> Swept:
    """The same between the offices of this installation only; the shells give the ways to others."""
    return exchange_documents(desk, (), limit)


def _note_peers(desk: Desk, ways: Mapping[str, Carrier]) -> None:
    with desk.database.read() as connection:
        known = clockwork.setting(connection, clockwork.EXCHANGE_PEERS, default=[])
    if known != sorted(ways):
        with desk.open() as work:
            clockwork.set_setting(work.connection, clockwork.EXCHANGE_PEERS, sorted(ways), now=work.now, by=None)


def _seal(desk: Desk, limit: int) -> Swept:
    with desk.database.read() as connection:
        due = exchange.unsealed(connection, limit)
    done = failed = 0
    for recipient_id in due:
        try:
            with desk.open() as work:
                done += seal(work, recipient_id)
        except Refused as refused:
            failed += 1
            with desk.open() as work:
                issuing.note_undeliverable(work.connection, recipient_id, refused.code)
    return Swept(len(due), done, failed)


def _send(desk: Desk, ways: Mapping[str, Carrier], limit: int, backoff: Sequence[timedelta]) -> Swept:
    """Until nothing is due: the messages about one document go one after another."""
    swept = Swept()
    while True:
        once = _send_once(desk, ways, limit, backoff)
        swept += once
        if not once.found:
            return swept


def _send_once(desk: Desk, ways: Mapping[str, Carrier], limit: int, backoff: Sequence[timedelta]) -> Swept:
    with desk.open() as work:
        taken = exchange.claim(work.connection, work.now, LEASE, limit)
    done = failed = 0
    for each in taken:
        if not _is_held(desk, each):  # a pass that stood still for longer than its lease leaves it to the other
            continue
        error = _carry(ways.get(each.peer), each)
        with desk.open() as work:
            if error is None:
                exchange.finish(work.connection, each, state="sent", sent_at=work.now, error=None)
                if each.recipient_id is not None and each.message in exchange.DOCUMENTS:
                    issuing.note_sent(work.connection, each.recipient_id, work.now)
                done += 1
                continue
            failed += 1
            if error.permanent or each.attempts > len(backoff):
                exchange.finish(work.connection, each, state="dead", error=str(error)[:500])
                if each.recipient_id is not None and each.message in exchange.DOCUMENTS:
                    issuing.note_undeliverable(work.connection, each.recipient_id, str(error)[:500])
            else:
                again = work.now + backoff[each.attempts - 1]
                exchange.finish(work.connection, each, state="retry", next_at=again, error=str(error)[:500])
    return Swept(len(taken), done, failed)


def _is_held(desk: Desk, each: Sealed) -> bool:
    with desk.database.read() as connection:
        return exchange.is_held(connection, each)


def _carry(way: Carrier | None, each: Sealed) -> CarrierError | None:
    if way is None:
        return CarrierError(f"no way to {each.peer}")
    try:
        way.send(each.peer, file_name(each), each.content or b"")
    except CarrierError as error:
        return error
    return None


def _bring(desk: Desk, carriers: Sequence[Carrier], limit: int) -> Swept:
    found = done = failed = 0
    for carrier in carriers:
        for brought in carrier.bring(limit):
            found += 1
            good = _take(desk, brought)
            carrier.put_away(brought, good=good)
            done += good
            failed += not good
    return Swept(found, done, failed)


def _take(desk: Desk, brought: Brought) -> bool:
    try:
        take_envelope(desk, brought.content, brought.peer)
    except Refused:
        return False
    return True


def file_name(each: Sealed) -> str:
    """The same name whenever it is sent, unlike that of any other envelope, and safe as a file's."""
    return f"{each.sha256[:40]}-{each.id}.edxml"
