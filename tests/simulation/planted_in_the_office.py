"""Planted faults in what is judged: who may, on which text, with which proof, on which day, and what is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from types import SimpleNamespace
from typing import Any

from workflows.actions import act_on_task, make_signature, order_signatures, step_up
from workflows.actions.desk import Work
from workflows.engine import rights
from workflows.store import issuing, signing, submitting

from .planted import everywhere, instead, plant


@plant
def day_of_greenwich() -> Iterator[None]:
    """The day of a document is that of the machine's clock, seven hours behind."""

    def today(self: Work) -> date:
        return self.now.astimezone(UTC).date()

    with instead(Work, "today", property(today)):
        yield


@plant
def four_eyes_shut() -> Iterator[None]:
    """Whoever drafted may check and sign as well."""
    real = rights.may_act

    def anyone(task: Any, actor: Any) -> Any:
        return tuple(reason for reason in real(task, actor) if reason.code != "EXCLUDED")

    with everywhere(real, anyone):
        yield


@plant
def strangers_may() -> Iterator[None]:
    """Nobody looks whether the person was asked."""
    real = rights.may_act

    def anyone(task: Any, actor: Any) -> Any:
        return tuple(reason for reason in real(task, actor) if reason.code != "NOT_A_CANDIDATE")

    with everywhere(real, anyone):
        yield


@plant
def yes_to_another_text() -> Iterator[None]:
    """A yes counts for the text in force, whichever text was seen."""
    real = act_on_task._require_seen

    def trusting(work: Any, task: Any, seen_hash: Any, *, writes: bool) -> Any:
        if task.plan_id is not None:
            seen_hash = act_on_task.plans.current_stamp(work.connection, task.plan_id).content_hash
        return real(work, task, seen_hash, writes=writes)

    with everywhere(real, trusting):
        yield


@plant
def signed_without_a_proof() -> Iterator[None]:
    """Whoever has the session signs."""

    def nothing(*args: Any) -> None:
        del args

    with everywhere(step_up.require_step_up, nothing):
        yield


@plant
def signed_before_the_number_is_kept() -> Iterator[None]:
    """The signer is called inside the transaction that gives the number."""
    real = order_signatures.order_signature

    def at_once(work: Any, subject: str, subject_id: int, signed: Any) -> None:
        frozen = issuing.frozen(work.connection, subject, subject_id)
        assert frozen is not None
        order = SimpleNamespace(id=0, subject=subject, subject_id=subject_id, role="ky", sha256=frozen.sha256)
        make_signature.make_signature(SimpleNamespace(order=order, content=bytes(frozen.bytes)), work.now)  # type: ignore[arg-type]  # what the simulated signer looks at
        real(work, subject, subject_id, signed)

    with everywhere(real, at_once):
        yield


@plant
def result_of_an_old_signing_kept() -> Iterator[None]:
    """Whoever signs writes over an order that somebody else has taken or ended since."""
    real, take = signing.finish_order, signing.take_order

    def anyhow(connection: Any, taken: Any, file_id: int, value: str, now: Any) -> bool:
        real(connection, taken, file_id, value, now)
        return True

    def take_any(connection: Any, order_id: int, now: Any) -> Any:
        found = take(connection, order_id, now)
        row = connection.exec_driver_sql("UPDATE signing_orders SET next_at = ordered_at WHERE id = ?", (order_id,))
        del row
        return found

    with everywhere(real, anyhow), everywhere(take, take_any):
        yield


@plant
def receipt_written_over() -> Iterator[None]:
    """Who confirms last is who received it."""
    real = issuing.change_recipient

    def anyhow(connection: Any, recipient_id: int, *, only_from: Any, **values: Any) -> bool:
        return real(connection, recipient_id, only_from=(*only_from, "da_tiep_nhan"), **values)

    with everywhere(real, anyhow):
        yield


@plant
def report_written_over() -> Iterator[None]:
    """A report that was given back still counts as sent."""
    real = submitting.change_submission

    def kept(connection: Any, submission_id: int, **values: Any) -> Any:
        return real(connection, submission_id, **{**values, "status": "da_gui"} if "status" in values else values)

    with everywhere(real, kept):
        yield
