"""Planted faults in what is judged: who may, on which text, with which proof, on which day, and what is signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from workflows.actions import make_signature, order_signatures, step_up
from workflows.actions.desk import Work
from workflows.engine import rights
from workflows.store import issuing, plans, submitting

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
    module = import_module("workflows.actions.act_on_task")  # the package gives its verb under that name
    real = module._require_seen

    def trusting(work: Any, task: Any, seen_hash: Any, *, writes: bool) -> Any:
        if task.plan_id is not None:
            seen_hash = plans.current_stamp(work.connection, task.plan_id).content_hash
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
