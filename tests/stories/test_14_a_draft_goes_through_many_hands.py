"""Xã Hồng Phong: the head forwards, asks and waits; bodies agree in one go; talk goes on with a scan; a clerk ails."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.actions.colleagues import join, number
from tests.pages.conftest import PASSWORD, House, house_of, open_accounts
from tests.pages.page_client import Browser, Page
from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.store import directory
from workflows.store.database import Database

SCAN = {"tep_kem": ("Công văn của Mặt trận.pdf", b"%PDF-1.7 ban quet", "application/pdf")}


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    cast = Cast.for_plan(database, plan_text("002_hong_phong.txt"), day(2023, 7, 3))
    join(cast, "Lê Thị Văn Thư", "van_thu", cast.office.id)
    _sit_in_every_body(cast)
    open_accounts(cast)
    cast.import_and_start()
    return house_of(cast, tmp_path)


def _sit_in_every_body(cast: Cast) -> None:
    """One person of the Mặt trận sits in all bodies that the plan names, so that their opinions wait in one list."""
    head = cast.actor("thu_truong", cast.office.front_id)
    with cast.database.write() as connection:
        for body_id in sorted({each for bodies in cast.office.bodies.values() for each in bodies}):
            if body_id != cast.office.front_id:
                post = directory.add_post(connection, body_id, "can_bo", "ỦY VIÊN")
                directory.hold(connection, post, int(head.person or 0))


@on_both
def test_forwarded_asked_agreed_together_talked_over_and_passed_on(house: House) -> None:
    cast, unit = house.cast, house.cast.office.drafting_unit_id
    cast.act("soan_thao", {})
    head = house.browser("thu_truong", unit)
    check = house.task("kiem_tra_noi_dung")
    front, chairman = cast.desk("thu_truong", cast.office.front_id), cast.desk("chu_tich")

    forwarding = {"hoi_nguoi": str(number(chairman)), "hoi_cach": "chuyen_tiep", "hoi_noi_dung": "Kính chuyển xem."}
    head.submit(head.get(check), f"{check}/hoi", forwarding)
    asking = {"hoi_nguoi": str(number(front)), "hoi_cach": "cho", "hoi_noi_dung": "Mặt trận cử ai giám sát?"}
    waiting = head.submit(head.get(check), f"{check}/hoi", asking)
    assert f"Đang chờ đ/c {chairman.by.name}, đ/c {front.by.name} trả lời" in waiting.text
    assert head.get("/viec").h1 == "Việc cần xử lý (0)"
    early = head.http.post(check, data=waiting.form(check).filled() | {"ket_qua": "dat"})
    assert early.status_code == 409

    answer(house, "chu_tich", cast.office.id, {"ket_qua": "dong_y"})
    answer(house, "thu_truong", cast.office.front_id, {"noi_dung": "Cử đồng chí Lan."})
    cast.sweep()
    assert sum("Đã trả lời" in subject for subject in cast.subjects()) in (0, 2)
    seen = head.get(check)
    assert "Cử đồng chí Lan." in seen.text
    typed = {"trao_doi": f"Đã có công văn, @{chairman.by.name} yên tâm."}
    talk = head.submit(seen, f"{check}/trao-doi", typed, files=SCAN)
    head.submit(talk, check, {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})

    agree_together(house, house.browser("thu_truong", cast.office.front_id))
    for task in cast.open("lay_y_kien"):
        cast.do(task, {"ket_qua": "nhat_tri"})
    if cast.open("tiep_thu"):
        cast.act("tiep_thu", {"lay_lai": "khong"})
    cast.act("trinh_ky", {"ket_qua": "ky"})

    number_task = house.task("cap_so")
    clerks = [cast.desk("van_thu", nth=nth) for nth in (0, 1)]
    first = Browser(house.app)
    first.sign_in(house.logins[clerks[0].by.person or ""], PASSWORD)
    first.submit(first.get(number_task), f"{number_task}/nhan")
    boss = house.browser("chu_tich")
    passing = {"chuyen_nguoi": str(number(clerks[1])), "chuyen_ly_do": f"Đ/c {clerks[0].by.name} ốm"}
    boss.submit(boss.get(number_task), f"{number_task}/chuyen", passing)
    second = Browser(house.app)
    second.sign_in(house.logins[clerks[1].by.person or ""], PASSWORD)
    page = second.get(number_task)
    assert "ốm”" in page.text
    second.submit(page, number_task)
    assert cast.waiting_at() == {"phat_hanh"}
    tab = second.get(f"{house.plan}/trao-doi")
    assert "Công văn của Mặt trận.pdf" in tab.text
    steps = second.get(f"{house.plan}/tien-trinh")
    assert "Trả lời câu hỏi thêm" in steps.text


def answer(house: House, role: str, body_id: int, typed: dict[str, str]) -> None:
    """Whoever was asked finds it in the own list and answers."""
    browser = house.browser(role, body_id)
    inbox = browser.get("/viec")
    (path,) = {link for link in inbox.links if re.fullmatch(r"/viec/\d+-\d+", link)}
    browser.submit(browser.get(path), path, typed)


def agree_together(house: House, browser: Browser) -> None:
    """All opinions that wait for one person, in one press; each has its result."""
    listed = browser.get("/viec")
    chosen = sorted({link[6:] for link in listed.links if re.fullmatch(r"/viec/\d+-\d+", link)})
    assert len(chosen) > 1
    page = browser.get("/viec/cung-luc?" + "&".join(f"viec={each}" for each in chosen))
    sent = page.form("/viec/cung-luc").filled() | {"viec": chosen}
    told = browser.http.post("/viec/cung-luc", data=sent)
    done = Page("/viec/cung-luc", told.status_code, told.text, told.headers)
    assert done.h1.startswith("Đã xử lý ")
    assert "Nhất trí" in done.text
