"""Form ket_thuc: the period is over, the last report is in; what is still open ends with the plan."""

from __future__ import annotations

from tests.actions.small_office import stored
from tests.stories.cast import Cast, day
from workflows.store import plans
from workflows.store.tables.processes import cases
from workflows.store.tables.worklist import tasks


def test_the_plan_is_closed_and_a_duty_that_nobody_did_ends_with_it(cast: Cast) -> None:
    cast.pass_to_force()
    cast.wait(day(2024, 10, 20))
    for task in cast.open("nop_bao_cao"):
        cast.do(task, {"noi_dung": "Xong.", "hoan_thanh": "1", "dang_lam": "1", "cham": "0"})
    cast.act("tong_hop", {"noi_dung": "Báo cáo năm 2024."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    cast.act("cap_so_bao_cao", {})
    cast.wait(day(2025, 1, 2))
    assert {"thuc_hien", "ket_thuc_ke_hoach"} <= {task.element for task in cast.open()}
    done = cast.act("ket_thuc_ke_hoach", {"nhan_xet": "Còn một việc chưa xong."})
    assert done.outcome == "ket_thuc"
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).status == "closed"
    assert cast.open() == []
    assert all(row.ended_at for row in stored(cast.database, cases))
    assert {row.status for row in stored(cast.database, tasks, element="thuc_hien")} == {"cancelled"}
