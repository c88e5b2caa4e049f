"""axe finds nothing on the pages of rounds, due dates, the calendar and the office's rules."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.conftest import House, Stage
from tests.pages.served import served
from tests.pages.test_accessibility import SIZES, audited, signed_in
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.engine.calendar import VIETNAM

pytestmark = pytest.mark.browser
# A folder to keep pictures in, for whoever wants to look at them.
SHOTS = "KEHOACH_SHOTS"


def look(chromium: Browser, house: House, group: str, paths: list[str]) -> None:
    """Audit the pages, and keep their pictures where somebody asks for them."""
    role, _, body_id = group.partition("@")
    browser = house.browser(role, int(body_id))
    for path in paths:
        browser.get(path)
    folder = os.environ.get(SHOTS)
    if folder:
        with served(house.app) as address:
            tab = signed_in(chromium.new_context(), house, address, group).tab
            for path in paths:
                tab.goto(f"{address}{path}")
                for size in SIZES:
                    tab.set_viewport_size(size)  # type: ignore[arg-type]
                    name = path.strip("/").replace("/", "_").replace("?", "_")
                    tab.screenshot(path=str(Path(folder) / f"{name}_{size['width']}.png"), full_page=True)
    found = audited(chromium, house, group, paths)
    assert not found, "\n".join(found)


def test_a_running_round(stage: Stage, chromium: Browser) -> None:
    house = stage("consulting")
    task = house.cast.open("lay_y_kien")[0]
    assert task.due is not None
    body = int(task.variables["co_quan_hoi"])
    wanted = (task.due + timedelta(days=9)).astimezone(VIETNAM).date()
    request = ask_later_due(house.cast.desk("thu_truong", body), task.id, wanted, "Chờ hội nghị của Mặt trận")
    round_ = f"{house.plan}/y-kien/1"
    forms = [f"{round_}?viec={each}" for each in ("hoi-them", "thoi-hoi")]
    head = f"thu_truong@{house.cast.office.drafting_unit_id}"
    look(chromium, house, head, [round_, *forms, f"/lui-han/{request}", "/lich-lam-viec?nam=2022", "/quy-dinh"])


def test_answers_and_what_is_done_with_them(stage: Stage, chromium: Browser) -> None:
    house = stage("answering")
    head = f"thu_truong@{house.cast.office.drafting_unit_id}"
    (task,) = house.cast.open("tiep_thu")
    paths = [f"{house.plan}/y-kien/1", f"{house.plan}/tien-trinh", f"/viec/{task.id}", f"/viec/{task.id}/xin-lui-han"]
    look(chromium, house, head, paths)
    office = f"chu_tich@{house.cast.office.id}"
    look(chromium, house, office, ["/quy-dinh", "/lich-lam-viec?nam=2022"])
