"""The route a plan will take: steps, people and the latest dates, counted on the office's own calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.actions.definitions import StoredDefinitions
from workflows.actions.start_plan import Routing
from workflows.bpmn.model import Node
from workflows.plans.consultation import PHAN_BIEN_DAYS
from workflows.store import clockwork, directory, plans
from workflows.store.local_days import local_day

PROCESS = "ke_hoach"
_DAYS = re.compile(r"ngay_lam_viec\((\d+)\)")
ROUND = "lay_y_kien"
# Steps that only some ways pass, or that come after the period.
BY_THE_WAY = frozenset({"xu_ly_thieu_y_kien", "ket_thuc_ke_hoach"})


@dataclass(frozen=True)
class Stop:
    """One step of the route: who is expected there, and by when at the latest if everybody uses all their days."""

    name: str
    people: tuple[str, ...]
    bodies: tuple[str, ...]
    by: datetime


def preview_of(connection: Connection, plan: plans.Plan, routing: Routing, now: datetime) -> list[Stop]:
    """The steps of the process that people do, in their order, with dates that add up from now."""
    definitions = StoredDefinitions(connection)
    process = definitions.load(definitions.latest(PROCESS)).process(PROCESS)
    assert process is not None, "a definition is stored under the key of a process in it"
    calendar = clockwork.calendar_of(connection, plan.office_id)
    asked = [consulted.body_id for consulted in routing.consulted]
    at, stops = now, []
    for node in process.nodes:
        if node.kind != "userTask" or node.human is None or node.id in BY_THE_WAY:
            continue
        if node.id in (ROUND, "tiep_thu") and not asked:
            continue
        days = routing.opinion_days if node.id == ROUND else days_of(node)
        at = calendar.add_working_days(at, days)
        if node.id == ROUND and routing.mode == "phan_bien":
            at = max(at, calendar.end_of(local_day(now) + timedelta(days=PHAN_BIEN_DAYS)))
        groups = groups_of_step(node, plan, routing.signer_role, asked)
        people = [holder.name for key in groups for holder in directory.holders_of(connection, key, local_day(now))]
        names = [directory.body(connection, directory.parse_group(key)[1]).name for key in groups]
        stops.append(Stop(node.name or node.id, tuple(dict.fromkeys(people)), tuple(dict.fromkeys(names)), at))
    return stops


def days_of(node: Node) -> int:
    """The working days that the step allows."""
    found = _DAYS.search((node.human.due if node.human else None) or "")
    return int(found.group(1)) if found else 0


def groups_of_step(node: Node, plan: plans.Plan, signer_role: str, asked: list[int]) -> list[str]:
    """The group keys of the step, with the variables that this plan will have."""
    known = {
        "don_vi_soan": str(plan.drafting_unit_id),
        "co_quan": str(plan.office_id),
        "nguoi_ky": signer_role,
    }
    keys: list[str] = []
    patterns = [each for text in (node.human.candidate_groups if node.human else ()) for each in text.split(",")]
    for pattern in patterns:
        filled = re.sub(r"\$\{(\w+)\}", lambda found: known.get(found.group(1), found.group(0)), pattern.strip())
        if "${co_quan_hoi}" in filled:
            keys += [filled.replace("${co_quan_hoi}", str(body_id)) for body_id in asked]
        elif "$" not in filled:
            keys.append(filled)
    return keys
