"""Ủy quyền: one person lets another act for a time, within limits, on a document (NĐ 30/2020 Điều 13).

What would move is told before anything is kept: `moves_of` and `lend_authority` look at the same loan.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from workflows.errors import Reason, Refused
from workflows.plans.authority import BY_DOCUMENT, EVERYTHING, LENT_CAPACITIES, Matter, Scope, by_name
from workflows.plans.capacity import SigningCapacity, signature_block
from workflows.store import clockwork, directory, plans
from workflows.store.directory import Delegation, group, parse_group
from workflows.store.inbox import reached_by
from workflows.store.local_days import local_day
from workflows.store.organisation import note_change
from workflows.store.worklist import TaskRow

from .administration import administered, require_administrator
from .desk import Desk, Work
from .forms.filing import LONGEST_FIELD
from .step_up import Act, act_of_delegation, require_step_up
from .tell_authority import LENT, TAKEN_BACK, tell_of

LONGEST_SETTING, LONGEST_DAYS, MOST_DAYS = "uy_quyen_dai_nhat", 365, 3_650
SIGNING_FORMS = ("ky", "ky_bao_cao")
_HEAD, _DEPUTY = "chu_tich", "pho_chu_tich"
_FOREVER = timedelta(days=36_500)


@dataclass(frozen=True)
class Loan:
    """What is to be lent; `valid_to` is the first instant at which it is over."""

    from_person_id: int
    to_person_id: int
    capacity: str
    groups: tuple[str, ...]
    valid_from: datetime
    valid_to: datetime
    basis: str = ""
    document_no: str = ""
    document_on: date | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True)
class Signature:
    """A plan whose signature may now come from the borrower, the step that waits for it if it does, and the block."""

    plan: plans.Plan
    task: TaskRow | None
    block: tuple[str, ...]


@dataclass(frozen=True)
class Moves:
    """What a loan would put within the borrower's reach: open tasks, and plans with another possible signer."""

    tasks: tuple[TaskRow, ...]
    signatures: tuple[Signature, ...]


def lend_authority(desk: Desk, loan: Loan) -> int:
    """Keep the delegation and return its id; it begins now where its first instant is over.

    Only the lender or an administrator of the lender's office: NOT_YOURS. The lender proves it anew: STEP_UP_NEEDED.
    Refused with all reasons at once:
    SELF_DELEGATION, ALREADY_LEFT, BORROWER_ELSEWHERE, BAD_CAPACITY, DOCUMENT_NEEDED, KT_NEEDS_DEPUTY, BAD_PERIOD,
    ALREADY_OVER, TOO_LONG_A_TIME, UNKNOWN_PLAN, OVERLAPS; NOT_HELD for what is not the lender's own.
    """
    with desk.open() as work:
        office_id = check_loan(work, loan)
        if is_by_lender(work, loan):
            require_step_up(work, act_of_loan(loan))
        delegation_id = directory.delegate(
            work.connection,
            loan.from_person_id,
            loan.to_person_id,
            capacity=loan.capacity,
            groups=loan.groups,
            scope=loan.scope,
            basis=loan.basis.strip(),
            document_no=loan.document_no.strip() or None,
            document_on=loan.document_on,
            valid_from=max(loan.valid_from, work.now),
            valid_to=loan.valid_to,
            entered_at=work.now,
            entered_by=work.by.name,
        )
        facts = {"delegation": delegation_id, "capacity": loan.capacity, "to": loan.to_person_id}
        note_change(work.connection, office_id, "lent", work.now, work.by.name, facts, person_id=loan.from_person_id)
        tell_of(work, directory.delegation(work.connection, delegation_id), LENT)
        return delegation_id


def is_by_lender(work: Work, loan: Loan) -> bool:
    """Whether it is the lender who enters the loan: giving away a signature is proved like a signature."""
    return work.by.person == str(loan.from_person_id)


def act_of_loan(loan: Loan) -> Act:
    """What the lender confirms: to whom, what, within which limits, for how long, on which document."""
    scope = loan.scope
    content = [
        loan.capacity,
        sorted(loan.groups),
        [loan.valid_from.isoformat(), loan.valid_to.isoformat()],
        [loan.basis.strip(), loan.document_no.strip(), str(loan.document_on)],
        [sorted(scope.plans), sorted(scope.kinds), sorted(scope.steps)],
    ]
    return act_of_delegation(loan.from_person_id, loan.to_person_id, json.dumps(content))


def check_loan(work: Work, loan: Loan) -> int:
    """The office of the lender; Refused as `lend_authority` says when the loan could not be kept."""
    office_id = require_lender(work, loan.from_person_id)
    reasons = _reasons_against(work, loan, office_id)
    if reasons:
        raise Refused.because(reasons)
    return office_id


def set_longest(desk: Desk, office_id: int, days: int) -> None:
    """Say how many days a delegation of this office may last; an administrator of the office (NOT_YOURS), BAD_FIELD."""
    require_administrator(desk.by, office_id)
    if not 1 <= days <= MOST_DAYS:
        raise Refused("BAD_FIELD", field="so_ngay_toi_da", value=days)
    with desk.open() as work:
        clockwork.set_setting(
            work.connection, LONGEST_SETTING, days, now=work.now, by=work.by.name, office_id=office_id
        )
        note_change(work.connection, office_id, "longest", work.now, work.by.name, {"days": days})


def take_back(desk: Desk, delegation_id: int) -> None:
    """Thu hồi: from this instant on it gives no right; by the lender, the borrower or an administrator.

    NOT_IN_FORCE when it is over or was taken back before.
    """
    with desk.open() as work:
        lent = directory.delegation(work.connection, delegation_id)
        if work.by.on_behalf_of is not None or work.by.person != str(lent.to_person_id):
            require_lender(work, lent.from_person_id)
        if lent.state(work.now) not in ("ahead", "in_force"):
            raise Refused("NOT_IN_FORCE", delegation=delegation_id)
        directory.revoke_delegation(work.connection, delegation_id, work.now, work.by.name)
        tell_of(work, lent, TAKEN_BACK)
        office_id = directory.office_of_person(work.connection, lent.from_person_id, work.today)
        if office_id is not None:
            facts = {"delegation": delegation_id, "capacity": lent.capacity, "to": lent.to_person_id}
            note_change(
                work.connection, office_id, "taken_back", work.now, work.by.name, facts, person_id=lent.from_person_id
            )


def moves_of(connection: Connection, loan: Loan, now: datetime) -> Moves:
    """The open tasks and the plans to be signed that this loan would reach, were it in force now."""
    lent = _as_if_kept(connection, loan, now)
    tasks = tuple(reached_by(connection, lent))
    waiting = {task.plan_id: task for task in tasks if task.form in SIGNING_FORMS}
    found = []
    for plan in plans.plans_on_the_way(connection, {parse_group(key)[1] for key in loan.groups}):
        signs = Matter((group(plan.signer_role, plan.office_id),), plan.id, form="ky")
        task = waiting.get(plan.id)
        if lent.reaches(signs) or task is not None:
            found.append(Signature(plan, task, _block(connection, loan, plan.office_id, now)))
    return Moves(tasks, tuple(found))


def may_be_lent(connection: Connection, person_id: int, now: datetime) -> tuple[str, ...]:
    """What a person may lend: the groups of the own posts, and what is given to the person by name."""
    return (*sorted(directory.groups_of(connection, person_id, now)), by_name(person_id))


def longest_days(connection: Connection, office_id: int) -> int:
    """How many days a delegation may last at this office."""
    return int(clockwork.setting(connection, LONGEST_SETTING, office_id, LONGEST_DAYS))


def require_lender(work: Work, person_id: int) -> int:
    """The office of the lender, for the lender in person and for administrators of that office; else NOT_YOURS.

    Whoever acts for the lender is not the lender: what was borrowed is not lent on.
    """
    office_id = directory.office_of_person(work.connection, person_id, work.today)
    if office_id is None:
        raise Refused("NOT_HELD", groups=[])
    in_person = work.by.person == str(person_id) and work.by.on_behalf_of is None
    if not (in_person or work.by.is_system or office_id in administered(work.by)):
        raise Refused("NOT_YOURS", office=office_id)
    return office_id


def _reasons_against(work: Work, loan: Loan, office_id: int) -> list[Reason]:
    reasons: list[Reason] = []
    if loan.from_person_id == loan.to_person_id:
        reasons.append(Reason("SELF_DELEGATION", {"field": "nguoi_nhan"}))
    borrower = directory.person(work.connection, loan.to_person_id)
    if directory.is_gone(work.connection, loan.to_person_id, work.today):
        reasons.append(
            Reason("ALREADY_LEFT", {"field": "nguoi_nhan", "person": borrower.name, "left_on": borrower.left_on})
        )
    elif not _is_of_office(work, loan, office_id):
        reasons.append(Reason("BORROWER_ELSEWHERE", {"field": "nguoi_nhan", "person": borrower.name}))
    if loan.capacity not in LENT_CAPACITIES:
        reasons.append(Reason("BAD_CAPACITY", {"field": "hinh_thuc", "capacity": loan.capacity[:20]}))
    if not loan.groups:
        reasons.append(Reason("FIELD_REQUIRED", {"field": "phan_giao"}))
    reasons += _document(loan)
    reasons += _period(work, loan, office_id)
    reasons += [
        Reason("UNKNOWN_PLAN", {"field": "pham_vi_ke_hoach", "plan": number})
        for number in sorted(loan.scope.plans)
        if plans.office_of_plan(work.connection, number) != office_id
    ]
    missing = sorted(
        set(loan.groups) - set(may_be_lent(work.connection, loan.from_person_id, max(loan.valid_from, work.now)))
    )
    if missing:
        reasons.append(Reason("NOT_HELD", {"field": "phan_giao", "groups": missing}))
    elif loan.capacity == "KT.":
        reasons += _deputies(work, loan)
    return reasons + _overlaps(work, loan)


def _is_of_office(work: Work, loan: Loan, office_id: int) -> bool:
    """A right is lent within one's own organisation (NĐ 30/2020 Điều 13 khoản 4), whatever a form was made to say."""
    begins = local_day(max(loan.valid_from, work.now))
    return loan.to_person_id in {each.id for each in directory.people_of_office(work.connection, office_id, begins)}


def _document(loan: Loan) -> list[Reason]:
    reasons = (
        [Reason("TOO_LONG", {"field": "can_cu", "most": LONGEST_FIELD})] if len(loan.basis) > LONGEST_FIELD else []
    )
    if loan.capacity == BY_DOCUMENT and not (loan.document_no.strip() and loan.document_on):
        reasons.append(Reason("DOCUMENT_NEEDED", {"field": "so_van_ban"}))
    elif not loan.basis.strip() and not loan.document_no.strip():
        reasons.append(Reason("FIELD_REQUIRED", {"field": "can_cu"}))
    return reasons


def _period(work: Work, loan: Loan, office_id: int) -> list[Reason]:
    if loan.valid_to <= loan.valid_from:
        period = {"valid_from": loan.valid_from.isoformat(), "valid_to": loan.valid_to.isoformat()}
        return [Reason("BAD_PERIOD", {"field": "den_ngay", **period})]
    if loan.valid_to <= work.now:
        return [Reason("ALREADY_OVER", {"field": "den_ngay"})]
    most = longest_days(work.connection, office_id)
    if loan.valid_to - max(loan.valid_from, work.now) > timedelta(days=most):
        return [Reason("TOO_LONG_A_TIME", {"field": "den_ngay", "most": most})]
    return []


def _deputies(work: Work, loan: Loan) -> list[Reason]:
    """KT. is the deputy's: of the head of an office its deputy, of the head of a unit somebody of the unit."""
    own = directory.groups_of(work.connection, loan.to_person_id, max(loan.valid_from, work.now))
    name = directory.person(work.connection, loan.to_person_id).name
    for role, body_id in sorted(parse_group(key) for key in loan.groups):
        wanted = _DEPUTY if role == _HEAD else "thanh_vien"
        if role != directory.PERSON and group(wanted, body_id) not in own:
            called = directory.body(work.connection, body_id).name
            return [Reason("KT_NEEDS_DEPUTY", {"field": "hinh_thuc", "post": called, "person": name})]
    return []


def _overlaps(work: Work, loan: Loan) -> list[Reason]:
    """The same right is lent to one person at a time, so that it is always clear who stands in."""
    return [
        Reason(
            "OVERLAPS",
            {"field": "tu_ngay", "person": each.to_name, "valid_from": each.valid_from, "valid_to": each.valid_to},
        )
        for each in directory.delegations_of(work.connection, [loan.from_person_id])
        if each.from_person_id == loan.from_person_id
        and each.state(work.now) in ("ahead", "in_force")
        and each.groups & frozenset(loan.groups)
        and each.scope.meets(loan.scope)
        and each.valid_from < loan.valid_to
        and max(loan.valid_from, work.now) < each.valid_to
    ][:1]


def _as_if_kept(connection: Connection, loan: Loan, now: datetime) -> Delegation:
    lender = directory.person(connection, loan.from_person_id)
    borrower = directory.person(connection, loan.to_person_id)
    own = frozenset(may_be_lent(connection, lender.id, max(now, loan.valid_from)))
    return Delegation(
        id=0,
        from_person_id=lender.id,
        from_name=lender.name,
        to_person_id=borrower.id,
        to_name=borrower.name,
        capacity=loan.capacity,
        groups=frozenset(loan.groups) & own,
        scope=loan.scope,
        basis=loan.basis,
        document_no=loan.document_no or None,
        document_on=loan.document_on,
        valid_from=now,
        valid_to=now + _FOREVER,
        entered_by=None,
        revoked_at=None,
        revoked_by=None,
    )


def _block(connection: Connection, loan: Loan, office_id: int, now: datetime) -> tuple[str, ...]:
    if loan.capacity not in LENT_CAPACITIES:
        return ()
    borrower = directory.person(connection, loan.to_person_id)
    held = directory.posts_held(connection, borrower.id, local_day(now))
    near = [each for each in held if each.body_id == office_id] or held
    office = directory.body(connection, office_id)
    title = near[0].title if near else ""
    return tuple(filter(None, signature_block(SigningCapacity(loan.capacity), office.name, title, borrower.name)))
