"""Two who write in one draft see each other's name, hear of a newer version, and overwrite nothing."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from workflows.actions import revise_plan


def here(house: House, browser: Browser) -> tuple[int, dict[str, object]]:
    token = browser.get("/viec").form("/dang-xuat").filled()
    answer = browser.http.post(f"{house.plan}/dang-sua", data=token)
    return answer.status_code, json.loads(answer.text) if answer.status_code == 200 else {}


def test_each_sees_the_other_until_they_are_gone(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    head, officer = house.browser("thu_truong", unit), house.browser("can_bo", unit)
    names = house.cast.drafter().by.name, house.cast.desk("can_bo", unit).by.name
    assert here(house, head) == (200, {"khac": [], "ban": 1})
    assert here(house, officer)[1]["khac"] == [names[0]]
    assert here(house, head)[1]["khac"] == [names[1]]
    page = head.get(house.task("soan_thao"))
    assert f"Đ/c {names[1]} cũng đang mở dự thảo" in page.text  # said without a script too
    house.cast.now += timedelta(seconds=91)
    assert here(house, head)[1]["khac"] == []


def test_a_newer_version_is_told_and_the_older_one_not_written_over_it(stage: Stage) -> None:
    house = stage("drafting")
    head = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = house.task("soan_thao")
    page = head.get(address)
    newer = house.cast.text.replace("Kế hoạch", "Bản kế hoạch", 3)
    revise_plan(house.cast.drafter(), house.cast.plan_id, newer, "Sửa", seen_version=1)
    assert here(house, head)[1]["ban"] == 2
    mine = house.cast.text.replace("Kế hoạch", "Kế hoạch của tôi", 1)
    late = head.submit(page, address, {"van_ban": mine}, status=409)
    assert "Dự thảo đã có phiên bản 2" in late.text and "Kế hoạch của tôi" in late.text


def test_only_the_drafting_unit_writes(stage: Stage) -> None:
    house = stage("drafting")
    assert here(house, house.browser("chu_tich"))[0] == 403
