"""All sweeps once, in the order in which one makes work for the next, each on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.store import clockwork
from workflows.store.quarantine import quarantine_of
from workflows.traces import span

from .archive_plans import archive_plans
from .chase_receipts import chase_receipts
from .checkpoint_log import checkpoint_log
from .desk import Desk, Swept
from .distribute import distribute
from .escalate import escalate
from .exchanging.carry import exchange_in_house
from .fire_timers import fire_timers
from .open_cycles import open_cycles
from .open_duties import open_duties
from .read_attachments import read_attachments
from .run_jobs import run_jobs
from .sign_documents import sign_documents
from .tell_authority import tell_authority
from .turn_years import turn_years


def in_portions(step: Callable[[Desk, int], Swept]) -> Callable[[Desk, int], Swept]:
    """The sweep that goes on, a portion after the other, until nothing is due or a portion gets nothing done.

    What comes round once a day must not leave the rest of a day with a hundred thousand for tomorrow.
    """

    def all_portions(desk: Desk, limit: int) -> Swept:
        swept = step(desk, limit)
        last = swept
        while last.found >= limit and last.done:
            last = step(desk, limit)
            swept += last
        return swept

    return all_portions


def _escalate_all(desk: Desk, limit: int) -> Swept:
    """Everything that is due: the sweep is set-based, so that no limit is needed to come to an end in time."""
    del limit
    return escalate(desk)


SWEEPS: Mapping[str, Callable[[Desk, int], Swept]] = {
    "open_duties": in_portions(open_duties),
    "open_cycles": in_portions(open_cycles),
    "turn_years": in_portions(turn_years),
    "fire_timers": fire_timers,
    "sign_documents": sign_documents,
    "run_jobs": run_jobs,
    "distribute": distribute,
    "escalate": _escalate_all,
    "tell_authority": tell_authority,
    "exchange": exchange_in_house,
    "chase_receipts": chase_receipts,
    "archive_plans": in_portions(archive_plans),
    "checkpoint_log": checkpoint_log,
    "read_attachments": read_attachments,
}


def sweep(desk: Desk, kind: str, runner: str, limit: int = 500) -> Swept:
    """One sweep, on record with who ran it (prefect, ticker, command)."""
    return on_record(desk, kind, runner, lambda: SWEEPS[kind](desk, limit))


def on_record(desk: Desk, kind: str, runner: str, work: Callable[[], Swept]) -> Swept:
    """Carry out a sweep and note when it began, who ran it and what it did; what failed is on record too.

    In quarantine (after a restore) nothing is done, whoever asks.
    """
    with desk.open() as opened:
        if quarantine_of(opened.connection) is not None:
            return Swept()
        clockwork.start_sweep(opened.connection, kind, runner, desk.now)
    error: str | None = None
    swept = Swept()
    try:
        with span(f"sweep {kind}", sweep_kind=kind, sweep_runner=runner) as traced:
            swept = work()
            traced.tell(sweep_found=swept.found, sweep_done=swept.done, sweep_failed=swept.failed)
        if swept.failed:
            error = f"{swept.failed} of {swept.found} failed"
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        raise
    finally:
        with desk.open() as opened:
            clockwork.finish_sweep(opened.connection, kind, desk.now, swept.done, error)
    return swept


def sweep_all(desk: Desk, runner: str, limit: int = 500) -> Mapping[str, Swept]:
    """Every sweep once; one that fails does not keep the others, and all failures are raised together at the end."""
    swept: dict[str, Swept] = {}
    failures: list[Exception] = []
    for kind in SWEEPS:
        try:
            swept[kind] = sweep(desk, kind, runner, limit)
        except Exception as failure:
            failure.add_note(f"sweep {kind}")
            failures.append(failure)
    if failures:
        raise ExceptionGroup("some sweeps failed", failures)
    return swept
