"""/ho-so: a case of any process with its diagram: where it is, how often it passed each step, and by which ways."""

from __future__ import annotations

from tests.actions.small_office import stored
from tests.pages.administrators import administrator, troubled_case
from tests.pages.conftest import Stage
from workflows.actions import complete_job, complete_task
from workflows.store.tables.worklist import tasks


def test_the_diagram_shows_the_way_so_far(stage: Stage) -> None:
    house = stage("empty")
    browser, case = administrator(house), troubled_case(house)
    page = browser.get(f"/ho-so/{case}")
    assert "1 sự cố đang mở" in page.text
    assert "Gặp sự cố" in page.text
    for variables in ({"lai": True}, {"lai": True}):
        job = next(row.id for row in stored(house.cast.database, tasks) if row.status == "open")
        complete_job(house.cast.clock, job, "m")
        task = next(row.id for row in stored(house.cast.database, tasks) if row.status == "open")
        complete_task(house.cast.clock, task, variables)
    page = browser.get(f"/ho-so/{case}")
    assert "Gửi tin & báo – Việc tự động Đang ở đây Đã qua 2 lần" in page.text
    assert "Đã đi tiếp tới Gửi tin & báo (2 lần)" in page.text
    assert "Đi tiếp tới Kết thúc (e)" in page.text
    assert "×2" in page.html
    assert page.html.count('class="bpmn-flow is-done"') == 4
    assert "Máy làm việc: gui_tin" in page.text
    browser.get("/ho-so/999", status=404)
