"""Bugs to be planted in the processes that die, so that it is seen that the checks find them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from notifications import send
from workflows.actions import demands, sign_documents
from workflows.store import deliveries, kept_answers


def _sent_before_sending() -> None:
    """A letter is noted as sent when it is taken."""
    real = send._Sending._is_superseded

    def noted(sending: send._Sending, delivery: deliveries.Delivery) -> bool:
        with sending.database.write() as connection:
            deliveries.finish(connection, delivery, sending.now)
        return real(sending, delivery)

    send._Sending._is_superseded = noted  # type: ignore[method-assign]


def _no_idempotency() -> None:
    """A call that comes again under its key is done again."""
    kept_answers.kept_answer = lambda *_: None  # type: ignore[assignment]
    kept_answers.claim_key = lambda *_: True  # type: ignore[assignment]
    assert demands.kept_answers is kept_answers


def _signature_kept_in_two_steps() -> None:
    """The signed file is committed before the order is ended."""
    real = sign_documents._keep

    def keep(work: sign_documents.Work, order: sign_documents.SigningOrder, signed: sign_documents.Signed) -> None:
        ending, sign_documents.signing.finish_order = sign_documents.signing.finish_order, lambda *_: True  # type: ignore[assignment]
        try:
            real(work, order, signed)
        finally:
            sign_documents.signing.finish_order = ending

    sign_documents._keep = keep


PLANTS: Mapping[str, Callable[[], None]] = {
    "sent-before-sending": _sent_before_sending,
    "no-idempotency": _no_idempotency,
    "signature-in-two-steps": _signature_kept_in_two_steps,
}
