"""The decision page: what it shows, what it refuses, and that a decision is one decision."""

from __future__ import annotations

from tests.pages.conftest import Stage
from workflows.actions import revise_plan
from workflows.store import plans, worklist


def test_it_says_what_who_and_until_when(stage: Stage) -> None:
    house = stage("signing")
    page = house.browser("chu_tich").get(house.task("trinh_ky"))
    assert page.h1 == "Ký ban hành"
    due = "Còn 3 ngày – 21/07/2022"
    for words in ("chưa có số", "Người trình", due, "4/4 cơ quan đã trả lời", "TM. ỦY BAN NHÂN DÂN"):
        assert words in page.text


def test_passing_a_check_moves_the_plan_and_says_where_to(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    page = browser.submit(browser.get(address), address, {"ket_qua": "dat"})
    assert page.path == f"{address}/ket-qua"
    assert "Cho ý kiến về dự thảo" in page.text
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_pressing_twice_is_one_decision_and_the_same_result(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    form = browser.get(address)
    first = browser.submit(form, address, {"ket_qua": "dat"})
    second = browser.submit(form, address, {"ket_qua": "dat"})
    assert (first.path, first.h1) == (second.path, second.h1)


def test_returning_needs_a_reason_and_keeps_what_was_typed(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    page = browser.submit(browser.get(address), address, {"ket_qua": "tra_lai", "ly_do": "ngắn"}, status=422)
    assert page.title.startswith("Lỗi:")
    assert "#o-ly_do" in page.links
    assert page.form(address).filled()["ly_do"] == "ngắn"
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_the_reason_of_a_return_reaches_the_drafter(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    reason = "Phần căn cứ chưa đúng Nghị định 30 <b>đậm</b>."
    browser.submit(browser.get(address), address, {"ket_qua": "tra_lai", "ly_do": reason})
    drafter = house.browser("can_bo", house.cast.office.drafting_unit_id)
    page = drafter.get(house.task("soan_thao"))
    assert reason in page.text


def test_signing_asks_for_a_proof_each_time(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    address = house.task("trinh_ky")
    form = browser.get(address)
    missing = browser.submit(form, address, {"ket_qua": "ky"}, status=422)
    assert "Chưa có mã xác nhận" in missing.text
    code = house.sign_code(browser, form, address)
    other = "123456" if code != "123456" else "654321"
    wrong = browser.submit(form, address, {"ket_qua": "ky", "ma_ky": other}, status=422)
    assert "Mã xác nhận không đúng" in wrong.text
    assert other not in wrong.form(address).filled().values()
    signed = browser.submit(form, address, {"ket_qua": "ky", "ma_ky": code})
    assert signed.h1 == "Ký ban hành: đã ký"
    assert house.cast.waiting_at() == {"cap_so"}


def test_a_plan_sent_back_by_the_chairman_goes_to_the_step_he_names(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    address = house.task("trinh_ky")
    typed = {"ket_qua": "tra_lai", "tra_ve": "tiep_thu", "ly_do": "Cần giải trình kỹ hơn ý kiến của Mặt trận."}
    browser.submit(browser.get(address), address, typed)
    assert house.cast.waiting_at() == {"tiep_thu"}


def test_passing_on_to_the_deputy(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich")
    address = house.task("trinh_ky")
    browser.submit(browser.get(address), address, {"ket_qua": "chuyen", "nguoi_ky": "pho_chu_tich"})
    page = house.browser("pho_chu_tich").get(house.task("trinh_ky"))
    assert "KT. CHỦ TỊCH" in page.text


def test_a_draft_that_changed_meanwhile_is_not_approved(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    form = browser.get(address)
    with house.cast.database.read() as connection:
        text = plans.current_version(connection, house.cast.plan_id).text
    drafter = house.cast.drafter()
    revise_plan(drafter, house.cast.plan_id, text + "\nThêm một dòng.", "bổ sung", seen_version=1)
    page = browser.submit(form, address, {"ket_qua": "dat"}, status=409)
    assert "phiên bản 2" in page.text
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_the_second_of_two_people_sees_who_decided(stage: Stage) -> None:
    house = stage("answering")
    unit = house.cast.office.drafting_unit_id
    address = house.task("tiep_thu")
    head, officer = house.browser("thu_truong", unit), house.browser("can_bo", unit)
    form_of_head, form_of_officer = head.get(address), officer.get(address)
    names = [control.name for control in form_of_head.form(address).controls if control.name.startswith("xu_ly_")]
    answers = dict.fromkeys(names, "tiep_thu")
    head.submit(form_of_head, address, answers)
    page = officer.submit(form_of_officer, address, answers, status=409)
    assert "đã được xử lý trước khi đồng chí bấm" in page.text
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_every_opinion_needs_an_answer_and_the_field_is_named(stage: Stage) -> None:
    house = stage("answering")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = house.task("tiep_thu")
    page = browser.submit(browser.get(address), address, status=422)
    fields = [link for link in page.links if link.startswith("#o-xu_ly_")]
    assert fields and fields[0][1:] in page.ids


def test_somebody_elses_task_is_shown_without_its_form(stage: Stage) -> None:
    house = stage("signing")
    address = house.task("trinh_ky")
    browser = house.browser("van_thu")
    page = browser.get(address)
    assert "Đồng chí chỉ xem được việc này" in page.text
    assert not [form for form in page.forms if form.action == address]


def test_a_post_for_somebody_elses_task_is_refused(stage: Stage) -> None:
    house = stage("checking")
    address = house.task("kiem_tra_the_thuc")
    browser = house.browser("van_thu")
    token = browser.get(address).form("/dang-xuat").filled()
    response = browser.http.post(address, data=token | {"ket_qua": "dat", "da_xem": house.cast.seen_hash()})
    assert response.status_code == 403
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_a_task_can_be_taken_and_given_back(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    address = house.task("soan_thao")
    taken = browser.submit(browser.get(address), f"{address}/nhan")
    with house.cast.database.read() as connection:
        task = worklist.task(connection, address.rpartition("/")[2])
        assert task is not None
        assert task.assignee is not None
    browser.submit(taken, f"{address}/tra-lai-nhom")
    assert house.cast.open("soan_thao")[0].assignee is None


def test_an_unchanged_text_makes_no_version_and_a_changed_one_does(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    address = house.task("soan_thao")
    form = browser.get(address)
    text = form.form(address).filled()["van_ban"].replace("\n", "\r\n")
    browser.submit(form, address, {"van_ban": text})
    with house.cast.database.read() as connection:
        assert plans.plan(connection, house.cast.plan_id).version == 1


def test_a_number_is_given_on_a_day_that_exists(stage: Stage) -> None:
    house = stage("numbering")
    browser = house.browser("van_thu")
    address = house.task("cap_so")
    page = browser.submit(browser.get(address), address, {"ngay": "31/02/2022"}, status=422)
    assert "31/02/2022" in page.text
    done = browser.submit(page, address, {"ngay": "18-07-2022"})
    assert "01/KH-UBND" in done.text


def test_markup_and_control_characters_are_only_text(stage: Stage) -> None:
    house = stage("consulting")
    task = house.cast.open("lay_y_kien")[0]
    body_id = int(task.groups[0].partition("@")[2])
    browser = house.browser("thu_truong", body_id)
    address = f"/viec/{task.id}"
    words = "<script>alert(1)</script>\x00\x07 {{ 7*7 }}"
    browser.submit(browser.get(address), address, {"ket_qua": "khong_nhat_tri", "noi_dung": words})
    page = house.browser("thu_truong", house.cast.office.drafting_unit_id).get(f"{house.plan}/y-kien")
    assert "<script>alert" not in page.html
    assert "{{ 7*7 }}" in page.text
    assert "\x07" not in page.html
