"""Pages about time: how a due date was counted, asking for a later one, the calendar, the office's rules."""

from __future__ import annotations

from datetime import time

from tests.pages.conftest import Stage
from workflows.store import preferences

REASON = "Chờ số liệu của các thôn"


def test_the_task_says_how_its_days_were_counted_and_asks_for_more(stage: Stage) -> None:
    house = stage("drafting")
    unit = house.cast.office.drafting_unit_id
    house_task = house.cast.open("kiem_tra_the_thuc") or house.cast.open()
    (task,) = house_task[:1]
    role, _, body = task.groups[0].partition("@")
    browser = house.browser(role, int(body))
    page = browser.get(f"/viec/{task.id}")
    assert "ngày làm việc từ thứ" in page.text
    address = f"/viec/{task.id}/xin-lui-han"
    assert address in page.links
    form = browser.get(address)
    wrong = browser.submit(form, address, {"han_moi": "không biết", "ly_do": REASON}, status=422)
    assert wrong.form(address).filled()["ly_do"] == REASON
    asked = browser.submit(wrong, address, {"han_moi": "30/09/2022", "ly_do": REASON})
    assert "đang chờ quyết định" in asked.text
    leader = house.browser("chu_tich")
    decision = leader.get(asked.path)
    refused = leader.submit(decision, asked.path, {"quyet_dinh": "tu_choi"}, status=422)
    assert refused.title.startswith("Lỗi:")
    granted = leader.submit(decision, asked.path, {"quyet_dinh": "dong_y"})
    assert "Đã đồng ý lùi hạn đến 30/09/2022" in granted.text
    assert "30/09/2022" in browser.get(f"/viec/{task.id}").text
    assert unit


def test_who_has_nothing_to_do_with_it_sees_no_request(stage: Stage) -> None:
    house = stage("drafting")
    (task, *_) = house.cast.open()
    house.browser("van_thu").get(f"/viec/{task.id}/xin-lui-han", status=404)
    house.browser("van_thu").get("/lui-han/77", status=404)


def test_the_year_and_a_day_that_moves_something(stage: Stage) -> None:
    house = stage("checking")
    clerk = house.browser("van_thu")
    page = clerk.get("/lich-lam-viec?nam=2022")
    assert "Quốc khánh" in page.text
    (task,) = house.cast.open("kiem_tra_the_thuc")
    assert task.due is not None
    typed = {"ngay": f"{task.due:%d/%m/%Y}", "loai": "off", "ten_ngay": "Nghỉ bù", "nguon": "Thông báo 5/TB-UBND"}
    wrong = clerk.submit(page, "/lich-lam-viec", typed | {"ngay": "32/13/2022"}, status=422)
    assert wrong.title.startswith("Lỗi:")
    shown = clerk.submit(page, "/lich-lam-viec", typed)
    assert "thời hạn sẽ đổi" in shown.text and task.name in shown.text
    assert house.cast.open("kiem_tra_the_thuc")[0].due == task.due, "nothing moved yet"
    done = clerk.submit(shown, "/lich-lam-viec")
    assert "riêng cơ quan" in done.text
    moved = house.cast.open("kiem_tra_the_thuc")[0].due
    assert moved is not None and moved > task.due


def test_the_offices_rules(stage: Stage) -> None:
    house = stage("drafting")
    chairman = house.browser("chu_tich")
    page = chairman.get("/quy-dinh")
    wrong = chairman.submit(page, "/quy-dinh/im-lang", {"im_lang": "dong_y", "can_cu": ""}, status=422)
    assert "căn cứ pháp lý" in wrong.text.lower()
    done = chairman.submit(page, "/quy-dinh/im-lang", {"im_lang": "dong_y", "can_cu": "Quyết định 16/2026/QĐ-UBND"})
    assert "Im lặng được coi là đồng ý theo Quyết định 16/2026/QĐ-UBND" in done.text
    assert "không bao giờ được coi là đồng ý" in done.text
    stopped = chairman.submit(done, "/quy-dinh/dong-ho", {})
    assert "dừng" in stopped.text
    wrong = chairman.submit(stopped, "/quy-dinh/gio-yen-lang", {"gio_yen_lang": "21h đến 5h"}, status=422)
    assert wrong.form("/quy-dinh/gio-yen-lang").filled()["gio_yen_lang"] == "21h đến 5h"
    quiet = chairman.submit(wrong, "/quy-dinh/gio-yen-lang", {"gio_yen_lang": "21:00-05:30"})
    assert "trong khoảng 21:00-05:30" in quiet.text
    with house.cast.database.read() as connection:
        kept = preferences.preferences(connection, 1, house.cast.office.id).quiet
    assert kept is not None
    assert (kept.covers(time(5, 29)), kept.covers(time(20, 30))) == (True, False)
    officer = house.browser("thu_truong", house.cast.office.drafting_unit_id).get("/quy-dinh")
    assert not [form for form in officer.forms if form.action.startswith("/quy-dinh")]


def test_the_offices_week_is_set_after_a_look_at_what_moves(stage: Stage) -> None:
    house = stage("checking")
    clerk = house.browser("van_thu")
    page = clerk.get("/quy-dinh")
    address = "/quy-dinh/tuan-lam-viec"
    (task,) = house.cast.open("kiem_tra_the_thuc")
    wrong = clerk.submit(page, address, {"gio_lam_viec": "sáng chiều"}, status=422)
    assert wrong.form(address).filled()["gio_lam_viec"] == "sáng chiều"
    typed = {"gio_lam_viec": "7:30-11:30, 13:30-17:00", "het_gio": "co", "thu_7": "half"}
    shown = clerk.submit(page, address, typed)
    assert "thời hạn sẽ đổi" in shown.text and task.name in shown.text
    assert house.cast.open("kiem_tra_the_thuc")[0].due == task.due, "nothing moved yet"
    done = clerk.submit(shown, address)
    assert "07:30-11:30, 13:30-17:00" in done.text and "Thứ bảy: Nửa ngày" in done.text
    moved = house.cast.open("kiem_tra_the_thuc")[0].due
    assert moved is not None and moved != task.due
    assert "nửa ngày" in clerk.get("/lich-lam-viec?nam=2022").text


def test_progress_says_net_and_gross_days(stage: Stage) -> None:
    house = stage("signing")
    page = house.browser("van_thu").get(f"{house.plan}/tien-trinh")
    assert "ngày làm việc tính cho kế hoạch" in page.text
