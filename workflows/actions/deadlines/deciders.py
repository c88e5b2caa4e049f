"""Who decides on a later due date: who asks for the opinion, who gave the work, or the head above the holder."""

from __future__ import annotations

from sqlalchemy import Connection

from workflows.store import plans
from workflows.store.directory.groups import MEMBER, PERSON, is_group, parse_group
from workflows.store.worklist import TaskRow

LEADERS = ("chu_tich", "pho_chu_tich")
# Work that the office lays on its units and on other bodies: its leaders gave it, they give more time for it.
GIVEN_BY_THE_OFFICE = frozenset({"thuc_hien", "xac_nhan", "bao_cao_don_vi"})


def deciders_of(connection: Connection, task: TaskRow) -> tuple[str, ...]:
    """The groups of which anybody may decide, the nearest to the work first."""
    leaders = tuple(f"{role}@{task.office_id}" for role in reversed(LEADERS)) if task.office_id is not None else ()
    if task.form == "gop_y" and task.plan_id is not None:
        return (f"thu_truong@{plans.plan(connection, task.plan_id).drafting_unit_id}",)
    if task.form in GIVEN_BY_THE_OFFICE:
        return leaders
    heads: dict[str, None] = {}
    for key in filter(is_group, task.groups):
        role, body_id = parse_group(key)
        if role not in (PERSON, MEMBER) and body_id != task.office_id:
            heads[f"thu_truong@{body_id}"] = None
    return (*heads, *leaders)
