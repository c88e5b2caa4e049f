"""Every page, at every step of a plan's life, passes the checks of the client."""

from __future__ import annotations

import pytest

from service.words import vi
from tests.pages.conftest import Stage

STAGES = ("empty", "drafting", "checking", "consulting", "answering", "signing", "numbering", "issuing", "in_force")
LISTS = ("/viec", "/viec/da-xu-ly", "/viec/cho-nguoi-khac", "/ke-hoach", "/ke-hoach/moi", "/so-van-ban", "/bao-cao",
         "/bao-cao?tat_ca=co", "/tro-giup", "/thiet-ke")


@pytest.mark.parametrize("name", STAGES)
def test_lists_and_tabs(stage: Stage, name: str) -> None:
    house = stage(name)
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    for path in LISTS:
        browser.get(path)
    if name != "empty":
        for tab, _ in vi.PLAN_TABS:
            browser.get(f"{house.plan}/{tab}".rstrip("/"))
        browser.get(f"{house.plan}/nhat-ky?tat_ca=co")


@pytest.mark.parametrize("name", STAGES[1:])
def test_the_decision_page_of_whatever_is_open(stage: Stage, name: str) -> None:
    house = stage(name)
    for task in house.cast.open()[:12]:
        role, _, body_id = task.groups[0].partition("@")
        page = house.browser(role, int(body_id)).get(f"/viec/{task.id}")
        assert vi.FORM_VERB[task.form or ""] in page.h1
        assert page.form(f"/viec/{task.id}").filled()


def test_the_pages_without_a_person(stage: Stage) -> None:
    browser = stage("drafting").browser()
    for path in ("/dang-nhap", "/tro-giup", "/thiet-ke"):
        browser.get(path)
