"""A plan on its way goes on under a changed routing, whatever step it is at, and comes into force."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.stories.cast import Cast
from workflows.actions import deploy_definition, migrate_all, migration_report
from workflows.store import plans

from .test_fire_timers import asked


def changed_routing(cast: Cast) -> None:
    """The office gives everybody one working day less, and deploys that."""
    text = (files("workflows.bpmn") / "library" / "ke_hoach.bpmn").read_text(encoding="utf-8")
    deploy_definition(cast.clock, text.replace("ngay_lam_viec(2)", "ngay_lam_viec(1)").encode())


@pytest.mark.parametrize("step", ["soan_thao", "lay_y_kien"])
def test_the_plan_comes_into_force_under_the_new_routing(cast: Cast, step: str) -> None:
    if step == "lay_y_kien":
        asked(cast)
    before = [(task.id, task.due, task.assignee, task.groups) for task in cast.open()]
    changed_routing(cast)
    with cast.database.read() as connection:
        (found,) = migration_report(connection, "ke_hoach", 1, 2, now=cast.now)
    assert (found.findings, found.may_go) == ((), True)
    (result,) = migrate_all(cast.clock, "ke_hoach", 2, reason="Rút ngắn các bước kiểm tra")
    assert result.done
    assert [(task.id, task.due, task.assignee, task.groups) for task in cast.open()] == before
    if step == "soan_thao":
        cast.pass_to_signature()
    else:
        for task in cast.open("lay_y_kien"):
            if task.id in {one.id for one in cast.open("lay_y_kien")}:
                cast.do(task, {"ket_qua": "nhat_tri"})
        if cast.open("tiep_thu"):
            cast.act("tiep_thu", {"lay_lai": "khong"})
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    cast.act("phat_hanh", {})
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).status == "in_force"
