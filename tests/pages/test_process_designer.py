"""The step table of a draft: edited, checked, tried out, published by a second person, cases moved; without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.administrators import administrator
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser, Page
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.store import accounts, cases, clockwork, directory, process_drafts
from workflows.store.accounts import account_of

LIBRARY = Path(__file__).parents[2] / "workflows" / "bpmn" / "library"


def second_administrator(house: House, login: str = "quantri2", office_id: int = 0) -> Browser:
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Phạm Quản Trị")
        post = directory.add_post(connection, office_id or house.cast.office.id, "quan_tri", "Quản trị hệ thống")
        directory.hold(connection, post, person)
        known = account_of(connection, int(next(iter(house.logins))))
        assert known is not None
        accounts.add_account(connection, person, login, known.password_hash)
    browser = Browser(house.app)
    browser.sign_in(login, PASSWORD)
    return browser


def administrator_elsewhere(house: House) -> Browser:
    with house.cast.database.write() as connection:
        elsewhere = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân", level="xã")
    return second_administrator(house, "quantri3", elsewhere)


def opened(house: House) -> tuple[Browser, Page, str]:
    browser = administrator(house)
    page = browser.submit(browser.get("/quy-trinh/ke_hoach"), "/soan-quy-trinh/mo")
    return browser, page, page.path.partition("?")[0]


@pytest.fixture
def house(stage: Stage) -> House:
    found = stage("signing")
    with found.cast.database.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(found.cast.office.id), now=found.cast.now, by=None)
    return found


def test_the_table_says_who_until_when_and_what_follows(house: House) -> None:
    _, page, _ = opened(house)
    assert "Thủ trưởng, đơn vị soạn thảo" in page.text
    assert "10 ngày làm việc" in page.text
    assert "-2 người giữ, 0 người giữ, +1 thủ trưởng" in page.text
    assert "→ Soạn thảo kế hoạch, “Trả lại” khi" in page.text
    assert "Không có lỗi" in page.text


def test_a_step_is_added_filled_in_moved_and_taken_away(house: House) -> None:
    browser, page, place = opened(house)
    step = browser.submit(page, f"{place}/them", {"ten": "Thẩm định tài chính", "vao": "f_noi_dung_dat"})
    assert step.h1 == "Thẩm định tài chính"
    typed = {
        "so_ngay": "3", "nhac": "-1 người giữ, +1 thủ trưởng", "bieu_mau": "kiem_tra", "chuc_danh-1": "thu_truong",
        "noi-1": "${don_vi_soan}", "khac": "soan_thao",
    }  # fmt: skip
    page = browser.submit(step, f"{place}/buoc/tham_dinh_tai_chinh", typed)
    assert "Thẩm định tài chính" in page.text
    assert "Thủ trưởng, đơn vị soạn thảo khác người làm: Soạn thảo kế hoạch" in page.text
    assert "3 ngày làm việc" in page.text
    assert 'data-element="tham_dinh_tai_chinh"' in page.html
    page = browser.submit(page, f"{place}/doi", {"buoc": "tham_dinh_tai_chinh", "vao": "f_the_thuc_dat"})
    assert "dời bước Thẩm định tài chính" in page.text
    page = browser.submit(page, f"{place}/bo", {"buoc": "tham_dinh_tai_chinh"})
    assert 'data-element="tham_dinh_tai_chinh"' not in page.html
    page = browser.submit(page, f"{place}/hoan-tac")
    assert 'data-element="tham_dinh_tai_chinh"' in page.html


def test_what_is_wrong_is_shown_while_one_edits_and_keeps_the_draft_from_being_published(house: House) -> None:
    browser, page, place = opened(house)
    browser.submit(page, f"{place}/them", {"ten": "Xem lại", "vao": "f_bat_dau"})
    page = browser.get(place)
    assert "Bước «Xem lại» chưa giao cho chức danh nào." in page.text
    assert "#buoc-xem_lai" in page.links
    page = browser.submit(page, f"{place}/trinh", {"ghi_chu": "Thêm bước xem lại"}, status=422)
    assert "còn 1 lỗi nên chưa trình" in page.text
    assert page.title.startswith("Lỗi:")


def test_bad_fields_are_said_at_the_field_and_nothing_is_lost(house: House) -> None:
    browser, _, place = opened(house)
    step = browser.get(f"{place}/buoc/tiep_thu")
    for typed, said in (
        ({"so_ngay": "0"}, "từ 1 đến 250"),
        ({"nhac": "hôm sau báo sếp"}, "Không đọc được các mức nhắc"),
        ({"nhac": f"1{' ' * 9000}a\nb"}, "Không đọc được các mức nhắc"),
        ({"ten": ""}, "Hãy ghi tên bước"),
    ):
        page = browser.submit(step, f"{place}/buoc/tiep_thu", {"mo_ta": "Còn nguyên", **typed}, status=422)
        assert said in page.text
        assert "Còn nguyên" in page.html


def test_two_who_edit_at_once_are_told_of_each_other(house: House) -> None:
    browser, page, place = opened(house)
    other = second_administrator(house)
    theirs = other.get(place)
    browser.submit(page, f"{place}/them", {"ten": "Bước của tôi", "vao": "f_bat_dau"})
    refused = other.submit(theirs, f"{place}/them", {"ten": "Bước của bạn", "vao": "f_bat_dau"}, status=409)
    assert "Bản thảo đã được Lê Quản Trị sửa" in refused.text
    assert "buoc_cua_ban" not in other.get(place).html


def test_a_branch_is_changed_added_and_taken_away(house: House) -> None:
    browser, _, place = opened(house)
    step = browser.get(f"{place}/buoc/ket_qua_ky")
    page = browser.submit(
        step, f"{place}/them-duong", {"toi": "kiem_tra_noi_dung", "dieu_kien": "${tra_ve == 'noi_dung'}"}
    )
    assert "→ Kiểm tra nội dung khi ${tra_ve == 'noi_dung'}" in page.text
    step = browser.get(f"{place}/buoc/ket_qua_ky")
    page = browser.submit(step, f"{place}/bo-duong")
    assert "bỏ đường đi" in page.text


def test_the_file_goes_out_and_comes_back(house: House) -> None:
    browser, page, place = opened(house)
    sent = browser.http.get(f"{place}/tep")
    changed = sent.content.replace("Tiếp thu, giải trình ý kiến".encode(), "Giải trình ý kiến".encode())
    page = browser.submit(page, f"{place}/tep", files={"tep": ("a.bpmn", changed, "application/xml")})
    assert "Giải trình ý kiến" in page.text
    page = browser.submit(page, f"{place}/tep", files={"tep": ("a.bpmn", b"<a/>", "application/xml")}, status=422)
    assert "Không nhận được tệp" in page.text
    other = (LIBRARY / "nhiem_vu.bpmn").read_bytes()
    page = browser.submit(page, f"{place}/tep", files={"tep": ("a.bpmn", other, "application/xml")}, status=422)
    assert "Tệp không có quy trình ke_hoach" in page.text
    start = browser.get("/soan-quy-trinh/tu-tep")
    page = browser.submit(start, "/soan-quy-trinh/tu-tep", files={"tep": ("b.bpmn", other, "application/xml")})
    assert "nhiem_vu" in page.h1
    there = b'<?xml version="1.0" encoding="TCVN"?>' + other.partition(b"?>")[2]
    page = browser.submit(
        start, "/soan-quy-trinh/tu-tep", files={"tep": ("c.bpmn", there, "application/xml")}, status=422
    )
    assert "Không đọc được bảng mã của tệp" in page.text


def test_a_second_person_publishes_and_running_cases_stay_until_they_are_moved_and_back(house: House) -> None:
    browser, page, place = opened(house)
    step = browser.get(f"{place}/buoc/tiep_thu")
    page = browser.submit(step, f"{place}/buoc/tiep_thu", {"so_ngay": "7"})
    compared = browser.get(f"{place}/so-sanh")
    assert "hạn: [trước] ${ngay_lam_viec(5)} → [nay] ${ngay_lam_viec(7)}" in compared.text
    assert "is-changed" in compared.html
    page = browser.submit(page, f"{place}/trinh", {"ghi_chu": "Tiếp thu thêm hai ngày"})
    assert "Đồng chí đã trình nên người quản trị thứ hai xác nhận" in page.text
    draft_id = int(place.rpartition("/")[2])
    with house.cast.database.read() as connection:
        revision = process_drafts.draft(connection, draft_id).revision
    forged = browser.http.post(
        f"{place}/cong-bo", data={**page.form(f"{place}/rut").filled(), "lan_sua": str(revision)}
    )
    assert forged.status_code == 403
    assert "không tự xác nhận được" in forged.text
    other = second_administrator(house)
    done = other.submit(other.get(place), f"{place}/cong-bo")
    assert "Đã công bố phiên bản 2" in done.text
    assert "Lê Quản Trị; Phạm Quản Trị" in done.text
    (task,) = house.cast.open("trinh_ky")

    def version() -> int:
        with house.cast.database.read() as connection:
            case = cases.load_case(connection, task.case_id, lock=False)
            return cases.definition_row(connection, case.definition_id).version

    assert version() == 1
    moves = other.get("/chuyen-ho-so/ke_hoach/2")
    assert "1 hồ sơ chuyển được, 0 chưa" in moves.text
    assert version() == 1
    moved = other.submit(moves, "/chuyen-ho-so/ke_hoach/2", {"ly_do": "Dùng hạn mới từ hôm nay"})
    assert "1 hồ sơ đã chuyển" in moved.text
    assert version() == 2
    stranger = administrator_elsewhere(house)
    theirs = stranger.get("/chuyen-ho-so/ke_hoach/2?xong=1")
    assert "Dùng hạn mới" not in theirs.text and "Lần chuyển số 1" not in theirs.text
    token = stranger.get("/viec").form("/dang-xuat").filled()
    assert stranger.http.post("/chuyen-ho-so/lan/1/hoan-tac", data=token).status_code == 404
    other.submit(moved, "/chuyen-ho-so/lan/1/hoan-tac")
    assert version() == 1


def test_a_trial_says_who_gets_which_letter_and_sends_none(house: House) -> None:
    browser, _, place = opened(house)
    page = browser.get(f"{place}/chay-thu")
    before = len(house.cast.channel.letters)
    typed = {"ke_hoach": str(house.cast.plan_id), "tu_ngay": "01/08/2022", "den_het": "30/09/2022"}
    page = browser.submit(page, f"{place}/chay-thu", typed)
    assert "Soạn thảo kế hoạch: đã trình" in page.text
    assert "Ký ban hành: đã ký" in page.text
    assert "[Cần" in page.text
    assert len(house.cast.channel.letters) == before
    page = browser.submit(page, f"{place}/chay-thu", {"den_het": "01/07/2022"}, status=422)
    assert "Ngày cuối phải sau ngày bắt đầu" in page.text


def test_only_the_office_that_keeps_the_processes_changes_them(house: House) -> None:
    _, _, place = opened(house)
    clerk = house.browser("van_thu")
    assert "Sửa thành bản thảo" not in clerk.get("/quy-trinh/ke_hoach").text
    clerk.get(place, status=403)
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Quản Trị Khác")
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        directory.hold(connection, directory.add_post(connection, office, "quan_tri", "Quản trị"), person)
        known = account_of(connection, int(next(iter(house.logins))))
        assert known is not None
        accounts.add_account(connection, person, "khac", known.password_hash)
    stranger = Browser(house.app)
    stranger.sign_in("khac", PASSWORD)
    assert "Sửa thành bản thảo" not in stranger.get("/quy-trinh/ke_hoach").text
    refused = stranger.get(place, status=403)
    assert "cơ quan giữ quy trình" in refused.text
