"""Step-up: a signature counts only with a proof, given just now, for exactly this act by exactly this person, in the
session in which it is made: who holds another session of theirs gains nothing by it.

The proof is a row (`confirmations`) that the shell keeps once a passkey or a code was right; the verb that signs uses
it up in its own transaction. So no page, link, program or bulk action goes round it: whoever calls the verb without a
proof is refused.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from hashlib import sha256

from workflows.errors import Refused
from workflows.store import clockwork, confirming, issuing, plans, reporting, signing
from workflows.store.screens.security import MAIL_CODES
from workflows.store.worklist import TaskRow

from .approve import signing_capacity
from .desk import Desk, Work

VALID = timedelta(minutes=5)
SIGNING_FORMS = frozenset({"ky", "ky_bao_cao", "phat_hanh", "cap_so_bao_cao"})
METHODS = ("passkey", "app", "recovery", "mail", "password", "simulated")


@dataclass(frozen=True)
class Act:
    """What is confirmed: the kind of act, the thing it is done to, its exact content, the capacity of the actor, and
    the session in which the actor is asked."""

    kind: str
    subject: str
    content: str
    capacity: str
    session: str = ""

    @property
    def digest(self) -> str:
        """The one key of this act; any other version, task, capacity or session has another."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def signing_act(work: Work, task: TaskRow) -> Act | None:
    """The signature that this task asks of the actor; None for a task that makes none.

    The signature of a plan or a report, and the agency's seal where the office has a key for it.
    """
    match task.form:
        case "ky" if task.plan_id is not None:
            draft = plans.current_version(work.connection, task.plan_id)
            return Act("ky", task.id, draft.content_hash, _capacity(work, task.office_id))
        case "ky_bao_cao":
            return Act("ky_bao_cao", task.id, _report_hash(work, task), _capacity(work, task.office_id))
        case "phat_hanh" if task.plan_id is not None and has_seal(work, task.office_id):
            frozen = issuing.frozen(work.connection, "plan", task.plan_id)
            return Act("dong_dau", task.id, frozen.sha256 if frozen else "", work.by.on_behalf_of or "")
        case "cap_so_bao_cao" if has_seal(work, task.office_id):
            return Act("dong_dau", task.id, _report_hash(work, task), work.by.on_behalf_of or "")
        case _:
            return None


def has_seal(work: Work, office_id: int | None) -> bool:
    """Whether văn thư has the office's key set its seal (NĐ 30/2020 Điều 32), which is a signature."""
    return office_id is not None and signing.key_of(work.connection, "office", office_id) is not None


def act_of_copy(source: str, source_id: int, content: str) -> Act:
    """The agency's signature on a copy; `content` is what is copied, by its hash, and what văn thư filled in."""
    return Act("sao", f"{source}:{source_id}", sha256(content.encode()).hexdigest(), "")


def act_of_delegation(from_person: int, to_person: int, content: str) -> Act:
    """The act of a lender who enters a delegation; `content` is what is lent, for how long and on which basis."""
    return Act("uy_quyen", f"{from_person}>{to_person}", sha256(content.encode()).hexdigest(), "")


def require_step_up(work: Work, act: Act) -> None:
    """Use up the actor's proof for this act; STEP_UP_NEEDED without one."""
    proof = confirming.confirmed(work.connection, person_of(work), _here(work, act).digest, work.now)
    if proof is None or not confirming.spend(work.connection, proof.id, work.now):
        raise Refused("STEP_UP_NEEDED", kind=act.kind)


def is_stepped_up(work: Work, act: Act) -> bool:
    """Whether the actor has a proof for this act that is not spent, so that nothing is asked a second time."""
    return confirming.confirmed(work.connection, person_of(work), _here(work, act).digest, work.now) is not None


def keep_step_up(work: Work, act: Act, method: str) -> None:
    """Keep that the actor has just proved who they are for this act; the shell has checked how."""
    if method not in METHODS:
        raise ValueError(f"a proof is one of {METHODS}: {method!r}")
    until = work.now + VALID
    confirming.keep_confirmed(work.connection, person_of(work), _here(work, act).digest, method, work.now, until)


def step_up_for_task(desk: Desk, task: TaskRow, method: str) -> None:
    """The same for the signature that this task asks of the actor; nothing when it asks for none."""
    if task.form not in SIGNING_FORMS:
        return
    with desk.open() as work:
        act = signing_act(work, task)
        if act is not None:
            keep_step_up(work, act, method)


def allow_mail_codes(desk: Desk, office_id: int, *, allowed: bool) -> None:
    """Whether a code by mail counts as a proof in this office; only its administrator says so."""
    with desk.open() as work:
        if f"quan_tri@{office_id}" not in work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        clockwork.set_setting(work.connection, MAIL_CODES, allowed, now=work.now, by=work.by.name, office_id=office_id)


def person_of(work: Work) -> int:
    """The person who acts and has to prove it: the deputy, not the one who lent the authority."""
    person = work.by.person or ""
    if not person.isdecimal():
        raise Refused("NOT_SIGNED_IN")
    return int(person)


def _here(work: Work, act: Act) -> Act:
    return replace(act, session=work.by.session)


def _capacity(work: Work, office_id: int | None) -> str:
    found = signing_capacity(work, office_id) if office_id is not None else None
    return f"{found.prefix if found else ''}/{work.by.on_behalf_of or ''}"


def _report_hash(work: Work, task: TaskRow) -> str:
    cycle = reporting.cycle_of_case(work.connection, task.case_id)
    return (cycle.report_hash if cycle else None) or ""
