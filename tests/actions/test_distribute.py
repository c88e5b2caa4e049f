"""distribute: what a crash left undone between the issue of a document and its addressees is finished, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from service.metrics import TOPICS
from tests.actions.small_office import started, stored
from tests.stories.cast import Cast
from workflows.actions.distribute import distribute
from workflows.actions.sweep import SWEEPS
from workflows.store.clockwork import Sweep
from workflows.store.database import Database
from workflows.store.screens.figures import lags
from workflows.store.tables.distributing import recipient_steps
from workflows.store.tables.issuing import recipients, register
from workflows.store.tables.telling import outbox


@pytest.fixture
def issued(memory: Database) -> Cast:
    """A plan that was issued; its lines of Nơi nhận are told of."""
    cast = started(memory)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    cast.act("phat_hanh", {})
    return cast


def told(cast: Cast) -> list[str]:
    return sorted(each.key for each in stored(cast.database, outbox, kind="document_sent"))


def lag(cast: Cast) -> float:
    with cast.database.read() as connection:
        return lags(connection, cast.now, TOPICS)["distribute"]


def test_after_a_whole_issue_nothing_is_left_to_do(issued: Cast) -> None:
    assert told(issued)
    assert (distribute(issued.clock).found, lag(issued)) == (0, 0)


def test_lines_of_which_nobody_was_told_are_told_once(issued: Cast) -> None:
    before = told(issued)
    with issued.database.write() as connection:
        connection.execute(delete(outbox).where(outbox.c.kind == "document_sent"))
        connection.execute(update(register).values(entered_at=issued.now - timedelta(minutes=10)))
    assert lag(issued) == 600
    assert distribute(issued.clock).done == len(before)
    assert (told(issued), lag(issued), distribute(issued.clock).found) == (before, 0, 0)


def test_a_line_that_was_sent_another_way_or_once_more_is_left_alone(issued: Cast) -> None:
    with issued.database.write() as connection:
        connection.execute(delete(outbox).where(outbox.c.kind == "document_sent"))
        lines = [each.id for each in connection.execute(recipients.select().where(recipients.c.channel == "mail"))]
        steps = [{"recipient_id": each, "step": "channel", "at": issued.now, "by": "x"} for each in lines]
        connection.execute(insert(recipient_steps), steps)
    assert distribute(issued.clock).found == 0


def test_every_sweep_has_a_lag_figure(issued: Cast) -> None:
    later = issued.now + timedelta(days=2)
    ended = [Sweep(kind, issued.now, issued.now, "ticker", 0, None) for kind in SWEEPS]
    with issued.database.read() as connection:
        known = lags(connection, later, TOPICS, ended)
    assert set(SWEEPS) | {"deliver"} == set(known)
    assert known["checkpoint_log"] == 24 * 3600, "it leaves no due row: it is late a day after the last one"
