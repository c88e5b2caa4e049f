"""Every page, at every step of a plan's life, passes the checks of the client."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from service.words import vi
from tests.nightly import size
from tests.pages.conftest import START, Stage, house_of, instant, open_accounts
from tests.stories.cast import Cast, plan_text
from workflows.store.database import Database

STAGES = ("empty", "drafting", "checking", "consulting", "answering", "signing", "numbering", "issuing", "in_force")
LISTS = (
    "/tong-quan",
    "/toi",
    "/thiet-lap",
    "/thiet-lap/thay-doi",
    "/viec",
    "/viec/da-xu-ly",
    "/viec/cho-nguoi-khac",
    "/viec/dang-cho",
    "/viec/don-vi",
    "/viec/theo-doi",
    "/viec/sap-den",
    "/viec/nguon",
    "/ke-hoach",
    "/ke-hoach/moi",
    "/so-van-ban",
    "/so-van-ban/in",
    "/so-van-ban/chua-xac-nhan",
    "/toi/bao-mat",
    "/so-van-ban-den",
    "/so-van-ban-den/in",
    "/quy-trinh",
    "/quy-trinh/ke_hoach",
    "/quy-trinh/nhiem_vu/1?vua=co",
    "/bao-cao",
    "/nhiem-vu",
    "/nhiem-vu?ky=quy&muon=co&xep=tien_do&nguoc=co",
    "/nhiem-vu/bang",
    "/bao-cao?tat_ca=co",
    "/so-lieu",
    "/so-lieu/gia-dinh",
    "/to-chuc",
    "/to-chuc?tat_ca=co",
    "/to-chuc/thay-doi",
    "/to-chuc/uy-quyen",
    "/to-chuc/uy-quyen/moi",
    "/to-chuc/vang-mat",
    "/tro-giup",
    "/thiet-ke",
    "/thong-bao",
    "/toi/thong-bao",
)


def lists_at(name: str) -> tuple[str, ...]:
    """At three steps every list, at the others those that tell of steps; nightly every list at every step."""
    if name in size(("empty", "signing", "in_force"), STAGES):
        return LISTS
    return tuple(path for path in LISTS if path.startswith(("/tong-quan", "/toi", "/viec", "/ke-hoach", "/so-van-ban")))


@pytest.mark.parametrize("name", STAGES)
def test_lists_and_tabs(stage: Stage, name: str) -> None:
    house = stage(name)
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    for path in lists_at(name):
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


@pytest.mark.postgres
def test_every_page_on_postgresql(postgres_database: Database, tmp_path: Path) -> None:
    cast = Cast.for_plan(postgres_database, plan_text("000_duc_phong.txt"), START)
    open_accounts(cast)
    cast.import_and_start()
    cast.pass_to_signature()
    house = house_of(cast, tmp_path)
    for name in ("trình ký", "thực hiện", "báo cáo"):
        lists = LISTS if name == "báo cáo" else size(("/viec", "/ke-hoach"), LISTS)
        browser = house.browser("thu_truong", cast.office.drafting_unit_id)
        for path in (*lists, "/ke-hoach?tim=cai+cach+1/KH&muon=co"):
            browser.get(path)
        for tab, _ in vi.PLAN_TABS:
            browser.get(f"{house.plan}/{tab}".rstrip("/"))
        for task in cast.open()[:4]:
            role, _, body_id = task.groups[0].partition("@")
            house.browser(role, int(body_id)).get(f"/viec/{task.id}")
        if name == "trình ký":
            cast.act("trinh_ky", {"ket_qua": "ky"})
            cast.act("cap_so", {})
            cast.act("phat_hanh", {})
        elif name == "thực hiện":
            cast.wait(instant(2022, 11, 17))
    cycle = next(link for link in browser.get("/bao-cao").links if re.fullmatch(r"/bao-cao/\d+", link))
    assert "chậm 2 ngày" in browser.get(cycle).text


def test_the_pages_without_a_person(stage: Stage) -> None:
    browser = stage("drafting").browser()
    for path in ("/dang-nhap", "/tro-giup", "/thiet-ke"):
        browser.get(path)
