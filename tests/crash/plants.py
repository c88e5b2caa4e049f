"""Bugs to be planted in the processes that die, so that it is seen that the checks find them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from notifications import send
from workflows.actions import demands
from workflows.store import deliveries, driver, kept_answers


def _sent_before_sending() -> None:
    """A letter is noted as sent when it is taken."""
    real = send._Sending._fate

    def noted(sending: send._Sending, delivery: deliveries.Delivery) -> Any:
        fate = real(sending, delivery)
        if fate == "due":
            with sending.database.write() as connection:
                deliveries.finish(connection, delivery, sending.now)
        return fate

    send._Sending._fate = noted  # type: ignore[method-assign]


def _no_idempotency() -> None:
    """A call that comes again under its key is done again."""
    kept_answers.kept_answer = lambda *_: None  # type: ignore[assignment]
    kept_answers.claim_key = lambda *_: True  # type: ignore[assignment]
    assert demands.kept_answers is kept_answers


def _two_transactions() -> None:
    """A case is committed before its events are (SQLite)."""
    real = driver._change_sqlite

    def change(connection: Any, step: Any) -> int:
        found = real(connection, step)
        if connection.in_transaction:
            connection.commit()
            connection.execute("BEGIN IMMEDIATE")
        return found

    driver._change_sqlite = change


PLANTS: Mapping[str, Callable[[], None]] = {
    "sent-before-sending": _sent_before_sending,
    "no-idempotency": _no_idempotency,
    "two-transactions": _two_transactions,
}
# In which step of an office's life each is looked for.
LOOKED_FOR: Mapping[str, str] = {
    "a program starts a case": "no-idempotency",
    "a head approves": "two-transactions",
    "letters leave": "sent-before-sending",
}
