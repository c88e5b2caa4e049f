"""Xã Hồng Phong, 2023: the Mặt trận, which has no account, is silent until the deadline and answers by its old link."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.pages.conftest import House, house_of, open_accounts
from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.store import directory
from workflows.store.database import Database

FRONT_SAYS = "Đề nghị nêu rõ vai trò giám sát của Mặt trận."


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    cast = Cast.for_plan(database, plan_text("002_hong_phong.txt"), day(2023, 7, 3))
    open_accounts(cast)
    with database.write() as connection:
        for holder in directory.holders_of(connection, f"thanh_vien@{cast.office.front_id}", date(2023, 7, 3)):
            directory.leave(connection, holder.person_id, date(2023, 7, 1))
    cast.import_and_start()
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return house_of(cast, tmp_path)


@on_both
def test_the_front_answers_late_by_link_and_the_drafter_answers_the_front(house: House) -> None:
    cast = house.cast
    for task in cast.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != cast.office.front_id:
            cast.do(task, {"ket_qua": "nhat_tri"})
    (asked,) = cast.open("lay_y_kien")
    assert asked.due is not None
    cast.wait(asked.due + timedelta(hours=2))
    assert cast.waiting_at() == {"xu_ly_thieu_y_kien"}
    path = last_link(house, cast.office.front_id)

    guest = house.browser()
    page = guest.get(path)
    assert page.h1 == "Cho ý kiến muộn"
    page = guest.submit(page, f"{path}/gui-ma")
    cast.sweep()
    letter = next(each for each in reversed(cast.channel.letters) if each.body_id == cast.office.front_id)
    code = re.search(r"\b\d{3} ?\d{3}\b", letter.text)
    assert code is not None, letter.text
    typed = {"ket_qua": "khong_nhat_tri", "noi_dung": FRONT_SAYS, "ho_ten": "Bà Lan", "ma": code.group()}
    assert "ghi là gửi muộn" in guest.submit(page, path, typed).text

    cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Mặt trận đã có ý kiến muộn"})
    drafter = house.browser("thu_truong", cast.office.drafting_unit_id)
    answering = drafter.get(house.task("tiep_thu"))
    assert FRONT_SAYS in answering.text
    fields = {name: "" for name in answering.form(answering.path).filled() if name.startswith("giai_trinh_")}
    answers = {name.replace("giai_trinh_", "xu_ly_"): "tiep_thu" for name in fields}
    drafter.submit(answering, answering.path, answers | {"lay_lai": "khong"})
    assert cast.waiting_at() == {"trinh_ky"}
    tab = drafter.get(f"{house.plan}/y-kien")
    assert "Không nhất trí muộn" in tab.text
    assert FRONT_SAYS in tab.text
    assert "Tiếp thu" in tab.text

    cast.act("trinh_ky", {"ket_qua": "ky"})
    assert "Ý kiến đã được giữ" in guest.get(path).text


def last_link(house: House, body_id: int) -> str:
    """The link of the last letter that went to this body itself."""
    letters = [letter for letter in house.cast.channel.letters if letter.body_id == body_id]
    return re.findall(r"/x/[A-Za-z0-9_-]+", letters[-1].text)[-1]
