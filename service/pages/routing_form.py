"""The routing form: what it offers, what it starts with, and what was chosen on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.auth.visit import Visit
from service.whole_number import whole_number
from service.words.refusals import sentence_of
from workflows.actions.start_plan import Routing
from workflows.errors import Reason
from workflows.store import directory, plans
from workflows.store.local_days import local_day
from workflows.store.plans import Consulted

from .mistakes import Mistake

# Bodies that are asked for an opinion; the front first, because a plan of the people's interest goes there.
ASKED_KINDS = ("front", "association", "party", "council", "unit", "agency")
DEFAULT_DAYS = "5"


def offered(bodies: Sequence[directory.Body], plan: plans.Plan) -> list[directory.Body]:
    """Whom this plan may ask, grouped by kind; its own drafting unit is not asked."""
    able = [body for body in bodies if body.kind in ASKED_KINDS and body.id != plan.drafting_unit_id]
    return sorted(able, key=lambda body: (ASKED_KINDS.index(body.kind), body.id))


def typed_at_first(visit: Visit, plan: plans.Plan) -> dict[str, str]:
    """The form as it is first shown: the signer that the text names, the front ticked as mandatory."""
    typed = {"nguoi_ky": plan.signer_role, "so_ngay": DEFAULT_DAYS, "che_do": "gop_y", "so_y_kien": ""}
    with visit.web.database.read() as connection:
        bodies = directory.bodies_of(connection, plan.office_id, local_day(visit.now))
    for body in bodies:
        if body.kind == "front":
            typed |= {f"hoi_{body.id}": "co", f"bat_buoc_{body.id}": "co"}
    return typed


def chosen(visit: Visit, plan: plans.Plan, typed: Mapping[str, str] | None = None) -> tuple[Routing, list[Mistake]]:
    """The routing that was chosen, and what is wrong with it; wrong numbers are taken as the default meanwhile."""
    fields = visit.form.fields if typed is None else typed
    with visit.web.database.read() as connection:
        bodies = offered(directory.bodies_of(connection, plan.office_id, local_day(visit.now)), plan)
    asked = tuple(Consulted(body.id, f"bat_buoc_{body.id}" in fields) for body in bodies if f"hoi_{body.id}" in fields)
    wrong: list[Mistake] = []
    days = _number(fields, "so_ngay", wrong)
    others = _number(fields, "so_y_kien", wrong, may_be_empty=True)
    lines = tuple(line.strip() for line in fields.get("noi_nhan", "").splitlines() if line.strip())
    routing = Routing(
        signer_role=fields.get("nguoi_ky", plan.signer_role),
        consulted=asked,
        others_needed=others,
        opinion_days=days if days is not None else int(DEFAULT_DAYS),
        mode=fields.get("che_do", "gop_y"),
        mode_reason=fields.get("ly_do_phan_bien", ""),
        outcome_policy=fields.get("khi_khong_nhat_tri", "cho_du"),
        recipients=lines,
    )
    return routing, wrong


def _number(fields: Mapping[str, str], name: str, wrong: list[Mistake], may_be_empty: bool = False) -> int | None:
    text = fields.get(name, "").strip()
    number = whole_number(text, 3)
    if number is not None:
        return number
    if text or not may_be_empty:
        wrong.append(Mistake(name, sentence_of(Reason("BAD_FIELD", {"field": name, "value": text}))))
    return None
