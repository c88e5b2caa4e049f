"""Việc khác on the decision page: each deed by its own form, mistakes at their place, and what the page then says."""

from __future__ import annotations

import re

from tests.actions.colleagues import number
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from workflows.actions import Request, ask_person, claim_task
from workflows.store import directory

PDF = ("Công văn.pdf", b"%PDF-1.7 thu", "application/pdf")


def drafting(stage: Stage) -> tuple[House, Browser, str]:
    house = stage("drafting")
    return house, house.browser("thu_truong", house.cast.office.drafting_unit_id), house.task("soan_thao")


def officer(house: House) -> int:
    return number(house.cast.desk("can_bo", house.cast.office.drafting_unit_id))


def task_id(address: str) -> str:
    return address.rpartition("/")[2]


def test_who_holds_it_is_said_to_all_and_a_stolen_claim_refused(stage: Stage) -> None:
    house, head, address = drafting(stage)
    desk = house.cast.desk("can_bo", house.cast.office.drafting_unit_id)
    form = head.get(address)
    assert "chưa ai nhận riêng" in form.text
    claim_task(desk, task_id(address))
    assert f"đ/c {desk.by.name} từ" in head.get(address).text
    answer = head.http.post(f"{address}/nhan", data=form.form(f"{address}/nhan").filled())
    assert answer.status_code == 403
    freed = head.submit(head.get(address), f"{address}/giai-phong", {"giai_phong_ly_do": "Đi học"})
    assert "trở lại cho cả đơn vị" in freed.text
    assert house.cast.open("soan_thao")[0].assignee is None


def test_a_task_is_given_to_a_colleague_from_the_list(stage: Stage) -> None:
    house, head, address = drafting(stage)
    page = head.get(address)
    wrong = head.submit(page, f"{address}/chuyen", {"chuyen_nguoi": "", "chuyen_ly_do": "Ốm"}, status=422)
    assert "#o-chuyen_nguoi" in wrong.links
    assert wrong.form(f"{address}/chuyen").filled()["chuyen_ly_do"] == "Ốm"
    done = head.submit(page, f"{address}/chuyen", {"chuyen_nguoi": str(officer(house)), "chuyen_ly_do": "Ốm"})
    assert "Đã chuyển việc" in done.text
    assert house.cast.open("soan_thao")[0].assignee == str(officer(house))
    theirs = house.browser("can_bo", house.cast.office.drafting_unit_id).get(address)
    assert "“Ốm”" in theirs.text


def test_an_item_is_delegated_prepared_and_handed_back(stage: Stage) -> None:
    house, head, address = drafting(stage)
    head.submit(head.get(address), f"{address}/uy-quyen", {"uy_quyen_nguoi": str(officer(house))})
    other = house.browser("can_bo", house.cast.office.drafting_unit_id)
    page = other.get(address)
    assert "ủy quyền. Chuẩn bị xong" in page.text
    kept = other.submit(page, address, {"ghi_chu": "Đã rà soát căn cứ", "luu_nhap": "co"})
    assert "Đã lưu nháp" in kept.text
    refused = other.http.post(address, data=page.form(address).filled())
    assert refused.status_code == 409
    other.submit(kept, f"{address}/tra-lai-uy-quyen", {"tra_lai_loi_nhan": "Xong"})
    back = head.get(address)
    assert back.form(address).filled()["ghi_chu"] == "Đã rà soát căn cứ"
    head.submit(back, address)
    assert house.cast.waiting_at() == {"kiem_tra_noi_dung"}


def test_somebody_outside_is_asked_and_answers_on_a_page_of_their_own(stage: Stage) -> None:
    house, head, address = drafting(stage)
    front = house.cast.desk("thu_truong", house.cast.office.front_id)
    typed = {"hoi_nguoi": str(number(front)), "hoi_noi_dung": "Mặt trận có cử người?", "hoi_han": "32/13/2022"}
    page = head.get(address)
    wrong = head.submit(page, f"{address}/hoi", typed, status=422)
    assert "#o-hoi_han" in wrong.links
    asked = head.submit(page, f"{address}/hoi", typed | {"hoi_han": "25/07/2022"})
    assert f"Đang chờ đ/c {front.by.name} trả lời" in asked.text
    answering = house.browser("thu_truong", house.cast.office.front_id)
    inbox = answering.get("/viec")
    (path,) = {link for link in inbox.links if re.fullmatch(r"/viec/\d+-\d+", link)}
    assert "hỏi: “Mặt trận có cử người?”" in inbox.text
    form = answering.get(path)
    assert form.h1 == "Trả lời câu hỏi"
    files = {"tep_kem": PDF}
    done = answering.submit(form, path, {"noi_dung": "Cử 01 đồng chí"}, files=files)
    assert done.h1 == "Trả lời câu hỏi: đã trả lời"
    seen = head.get(address)
    assert "Cử 01 đồng chí" in seen.text
    (file,) = {link for link in seen.links if link.startswith("/trao-doi/tep/")}
    answer = head.http.get(file)
    assert answer.content == PDF[1]
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert house.browser("thu_truong", other_body(house)).http.get(file).status_code == 404


def other_body(house: House) -> int:
    """A body outside the office's own units that nobody asked."""
    with house.cast.database.read() as connection:
        bodies = directory.bodies_of(connection, house.cast.office.id)
        return next(
            body.id
            for body in bodies
            if body.kind not in ("office", "unit", "group") and body.id != house.cast.office.front_id
            if directory.head_of(connection, body.id, house.cast.now.date())
        )


def test_a_question_is_withdrawn_on_the_page(stage: Stage) -> None:
    house, head, address = drafting(stage)
    front = house.cast.desk("thu_truong", house.cast.office.front_id)
    asked = ask_person(house.cast.drafter(), task_id(address), Request(number(front), "Xem giúp"))
    page = head.submit(head.get(address), f"/viec/{asked}/rut")
    assert "Đã rút lại." in page.text
    head.submit(page, address)


def test_comments_on_the_task_stand_on_the_plan_too(stage: Stage) -> None:
    house, head, address = drafting(stage)
    page = head.get(address)
    empty = head.submit(page, f"{address}/trao-doi", {"trao_doi": " "}, status=422)
    assert "#o-trao_doi" in empty.links
    bad = {"tep_kem": ("trang.html", b"<script>", "text/html")}
    refused = head.submit(page, f"{address}/trao-doi", {"trao_doi": "Gửi tệp"}, files=bad, status=422)
    assert "không thuộc loại được nhận" in refused.text
    said = head.submit(page, f"{address}/trao-doi", {"trao_doi": "Xem <b>mục II</b>"}, files={"tep_kem": PDF})
    assert "Xem <b>mục II</b>" in said.text
    tab = head.get(f"{house.plan}/trao-doi")
    assert "Xem <b>mục II</b>" in tab.text
    more = head.submit(tab, f"{house.plan}/trao-doi", {"trao_doi": "Đã xem"})
    assert "Trao đổi (2)" in more.text


def test_a_draft_is_kept_shown_again_and_thrown_away(stage: Stage) -> None:
    _, head, address = drafting(stage)
    page = head.get(address)
    silent = head.http.post(f"{address}/nhap", data=page.form(address).filled() | {"ghi_chu": "dở dang"})
    assert silent.status_code == 204
    again = head.get(address)
    assert again.form(address).filled()["ghi_chu"] == "dở dang"
    assert "van_ban" in again.form(address).filled()
    gone = head.submit(again, f"{address}/bo-nhap")
    assert gone.form(address).filled()["ghi_chu"] == ""


def test_a_signers_password_is_in_no_draft(stage: Stage) -> None:
    house = stage("signing")
    browser, address = house.browser("chu_tich"), house.task("trinh_ky")
    page = browser.get(address)
    kept = browser.submit(page, address, {"ma_ky": "bí mật", "ly_do": "nghĩ thêm", "luu_nhap": "co"})
    assert kept.form(address).filled()["ly_do"] == "nghĩ thêm"
    assert "bí mật" not in kept.html
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_put_off_until_a_day_and_back(stage: Stage) -> None:
    _, head, address = drafting(stage)
    page = head.get(address)
    wrong = head.submit(page, f"{address}/nhac-lai", {"nhac_lai": "hôm nào đó"}, status=422)
    assert "#o-nhac_lai" in wrong.links
    away = head.submit(page, f"{address}/nhac-lai", {"nhac_lai": "25/07/2022"})
    assert (away.h1, "Đang chờ (1)" in away.text) == ("Việc cần xử lý (0)", True)
    assert "Nhắc lại 25/07/2022" in head.get("/viec/dang-cho").text
    back = head.get(address)
    head.submit(back, f"{address}/nhac-lai", {"ngay_bay_gio": "co"})
    assert head.get("/viec").h1 == "Việc cần xử lý (1)"
