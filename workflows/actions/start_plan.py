"""Send a confirmed draft on its way: who signs, who is asked, how long they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.errors import Reason, Refused
from workflows.plans.consultation import POLICIES
from workflows.store import directory, plans, reporting, telling
from workflows.store.plans import Consulted, Plan
from workflows.store.screens.labels import person_names

from .automation.assign_duties import end_of_period
from .automation.job import plan_key
from .definitions import StoredDefinitions
from .desk import Desk, Work
from .drafters import require_drafter
from .forms.filing import SHORTEST_REASON
from .handle import start_case
from .prove_doable import stuck_steps

SIGNERS = ("chu_tich", "pho_chu_tich")
MODES = ("gop_y", "phan_bien")
LONGEST_ROUND = 60


@dataclass(frozen=True)
class Routing:
    """The way of one plan. `opinion_days` are working days; `recipients` are lines of Nơi nhận that the text lacks."""

    signer_role: str = "chu_tich"
    consulted: tuple[Consulted, ...] = ()
    others_needed: int | None = None  # of the bodies that are not mandatory; None: all of them
    opinion_days: int = 5
    mode: str = "gop_y"
    mode_reason: str = ""  # why phản biện xã hội is asked for
    outcome_policy: str = "cho_du"
    recipients: tuple[str, ...] = ()


def start_plan(desk: Desk, plan_id: int, routing: Routing) -> int:
    """Start the life of the plan; the id of its case.

    Refused with all reasons at once: NOT_CONFIRMED, NO_RECIPIENTS, BAD_FIELD, NO_HOLDER for a step nobody could do,
    NOBODY_LEFT for one whose only holders are excluded from it.
    A body that leads a duty or reports without anybody in its posts stops nothing, but the clerks are told of it now.
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_drafter(work.by, plan.drafting_unit_id)
        reasons = _reasons_against(work, plan, routing)
        if reasons:
            raise Refused.because(reasons)
        others = sum(not consulted.mandatory for consulted in routing.consulted)
        plans.change_plan(
            work.connection,
            plan_id,
            signer_role=routing.signer_role,
            opinion_days=routing.opinion_days,
            mode=routing.mode,
            mode_reason=routing.mode_reason.strip() or None,
            outcome_policy=routing.outcome_policy,
            others_needed=others if routing.others_needed is None else routing.others_needed,
            consulted=[{"body": item.body_id, "mandatory": item.mandatory} for item in routing.consulted],
            added_recipients=list(routing.recipients),
            status="routing",
        )
        handled = start_case(
            work,
            "ke_hoach",
            _variables(work, plan, routing),
            business_key=plan_key(plan_id),
            office_id=plan.office_id,
            plan_id=plan_id,
        )
        plans.change_plan(work.connection, plan_id, case_id=handled.case_id)
        _tell_of_empty_bodies(work, plan)
        return handled.case_id


def _variables(work: Work, plan: Plan, routing: Routing) -> dict[str, object]:
    return {
        "ke_hoach": plan.id,
        "co_quan": plan.office_id,
        "don_vi_soan": plan.drafting_unit_id,
        "nguoi_ky": routing.signer_role,
        "co_quan_gop_y": [item.body_id for item in routing.consulted],
        "co_bao_cao": bool(reporting.rules_of(work.connection, plan.id)),
        "het_ky": end_of_period(plan, work.today).isoformat(),
        "han_gia_han": None,
        "da_gop_y": False,
    }


def _reasons_against(work: Work, plan: Plan, routing: Routing) -> list[Reason]:
    reasons: list[Reason] = []
    if plan.status != "draft":
        reasons.append(Reason("ALREADY_STARTED", {"plan": plan.id, "status": plan.status}))
    if plan.confirmed_at is None:
        reasons.append(Reason("NOT_CONFIRMED", {"plan": plan.id}))
    document = plans.version(work.connection, plan.id, plan.version).document
    if not document.recipients and not routing.recipients:
        reasons.append(Reason("NO_RECIPIENTS", {"field": "noi_nhan"}))
    reasons += _bad_fields(routing)
    if routing.mode == "phan_bien":
        reasons += _against_phan_bien(work, routing)
    if not reasons:
        reasons += _steps_that_nobody_holds(work, plan, routing)
    return reasons


def _against_phan_bien(work: Work, routing: Routing) -> list[Reason]:
    """Phản biện xã hội is the Mặt trận's, as a mandatory body, and the drafter says why it is asked for it."""
    mandatory = [each.body_id for each in routing.consulted if each.mandatory]
    bodies = directory.bodies_by_id(work.connection, mandatory)
    reasons = []
    if not any(body.kind == "front" for body in bodies.values()):
        reasons.append(Reason("FRONT_NEEDED", {"field": "co_quan"}))
    if len(routing.mode_reason.strip()) < SHORTEST_REASON:
        reasons.append(Reason("REASON_REQUIRED", {"field": "ly_do_phan_bien", "shortest": SHORTEST_REASON}))
    return reasons


def _bad_fields(routing: Routing) -> list[Reason]:
    others = sum(not consulted.mandatory for consulted in routing.consulted)
    asked = [consulted.body_id for consulted in routing.consulted]
    checks: Sequence[tuple[str, object, bool]] = (
        ("co_quan_gop_y", sorted(asked), len(set(asked)) == len(asked)),
        ("nguoi_ky", routing.signer_role, routing.signer_role in SIGNERS),
        ("che_do", routing.mode, routing.mode in MODES),
        ("khi_khong_nhat_tri", routing.outcome_policy, routing.outcome_policy in POLICIES),
        ("so_ngay", routing.opinion_days, 1 <= routing.opinion_days <= LONGEST_ROUND),
        ("so_y_kien", routing.others_needed, routing.others_needed is None or 0 <= routing.others_needed <= others),
    )
    return [Reason("BAD_FIELD", {"field": name, "value": value}) for name, value, good in checks if not good]


def _steps_that_nobody_holds(work: Work, plan: Plan, routing: Routing) -> list[Reason]:
    """Proof before the start that somebody can do each step, else who would be stuck."""
    office, unit = plan.office_id, plan.drafting_unit_id
    steps = [
        ("soan_thao", (f"can_bo@{unit}", f"thu_truong@{unit}")),
        ("kiem_tra_noi_dung", (f"thu_truong@{unit}",)),
        ("kiem_tra_the_thuc", (f"the_thuc@{office}",)),
        ("trinh_ky", (f"{routing.signer_role}@{office}",)),
        ("cap_so", (f"van_thu@{office}",)),
    ]
    steps += [("lay_y_kien", (f"can_bo@{item.body_id}", f"thu_truong@{item.body_id}")) for item in routing.consulted]
    empty = [
        Reason("NO_HOLDER", {"step": step, "groups": list(groups), "body": _name(work, groups[0])})
        for step, groups in steps
        if not any(_can_be_done(work, group) for group in groups)
    ]
    return empty or _steps_barred_to_all(work, plan, routing)


def _steps_barred_to_all(work: Work, plan: Plan, routing: Routing) -> list[Reason]:
    """The posts are held, but by people who may not do one step because they did another (four eyes)."""
    definitions = StoredDefinitions(work.connection)
    process = definitions.load(definitions.latest("ke_hoach")).process("ke_hoach")
    if process is None:
        return []
    found = stuck_steps(work, process, _variables(work, plan, routing), starter=work.by.person)
    names = person_names(work.connection, [person for each in found for person in each.eligible])
    return [
        Reason("NOBODY_LEFT", {"step": each.name, "people": ", ".join(names.get(one, one) for one in each.eligible)})
        for each in found
        if each.eligible
    ]


def _can_be_done(work: Work, group: str) -> bool:
    """By a person of ours, or by a body outside that answers by its mail address."""
    if directory.holders_of(work.connection, group, work.today):
        return True
    body = directory.body(work.connection, directory.parse_group(group)[1])
    return body.is_guest and bool(body.email)


def _tell_of_empty_bodies(work: Work, plan: Plan) -> None:
    """Long before the duty opens, somebody can still enter whoever is to carry it out."""
    burdened = {lead["body"]: duty.title for duty in plans.duties_of(work.connection, plan.id) for lead in duty.leads}
    for rule in reporting.rules_of(work.connection, plan.id):
        burdened |= {body: plan.title for body in (*rule.units, rule.focal_body_id) if body not in burdened}
    for body, what in burdened.items():
        if not _can_be_done(work, f"thu_truong@{body}"):
            telling.tell(
                work.connection,
                "no_address",
                f"nobody:{plan.id}:{body}",
                work.now,
                office_id=plan.office_id,
                plan_id=plan.id,
                data={"whom": directory.body(work.connection, body).name, "what": what},
            )


def _name(work: Work, group: str) -> str:
    return directory.body(work.connection, directory.parse_group(group)[1]).name
