"""The plan page for the whole day: history narrowed and exported, one PDF for the signer, days, and why not."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from icalendar import Calendar

from tests.pages.conftest import Stage
from workflows.actions import revise_plan
from workflows.papers.dossier_files import pages_of
from workflows.papers.pdf_text import pdf_text


def test_history_is_narrowed_to_a_person_and_a_kind(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("van_thu")
    whole = browser.get(f"{house.plan}/nhat-ky")
    officer = house.login("the_thuc").removeprefix("u")
    narrowed = browser.get(f"{house.plan}/nhat-ky?nguoi={officer}")
    name = house.cast.actor("the_thuc").name
    assert narrowed.html.count('<tr role="row">') < whole.html.count('<tr role="row">')
    assert name in narrowed.text and narrowed.form("").filled()["nguoi"] == officer
    one_kind = browser.get(f"{house.plan}/nhat-ky?loai=CaseStarted")
    assert one_kind.html.count('<tr role="row">') == 2
    assert "Không tìm thấy dòng nào" in browser.get(f"{house.plan}/nhat-ky?nguoi=999").text
    for odd in ("?trang=-1", "?trang=9999999", "?trang=la", "?loai=%3Cb%3E", "?nguoi=%00'", "?trang=" + "9" * 40):
        browser.get(f"{house.plan}/nhat-ky{odd}")


def test_history_is_exported_as_it_is_narrowed_and_without_formulas(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        connection.exec_driver_sql("UPDATE tasks SET name = '=1+1' WHERE element = 'tiep_thu'")
    browser = house.browser("van_thu")
    answer = browser.http.get(f"{house.plan}/nhat-ky/tai-ve?dang=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Lúc", "Việc", "Người"] and len(rows) > 10
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    officer = house.login("the_thuc").removeprefix("u")
    some = browser.http.get(f"{house.plan}/nhat-ky/tai-ve?dang=csv&nguoi={officer}").content.decode("utf-8-sig")
    names = {row[2] for row in csv.reader(StringIO(some))} - {"Người"}
    assert names == {house.cast.actor("the_thuc").name}
    pdf = browser.http.get(f"{house.plan}/nhat-ky.pdf?nguoi={officer}")
    assert pdf.headers["content-type"] == "application/pdf" and pages_of(pdf.content) >= 1
    assert browser.http.get(f"{house.plan}/nhat-ky.docx").status_code == 404


@pytest.mark.parametrize("step", ["drafting", "signing", "in_force"])
def test_one_pdf_holds_what_a_signer_turns_over(stage: Stage, step: str) -> None:
    house = stage(step)
    page = house.browser("van_thu").get(house.plan)
    assert f"{house.plan}/ho-so-trinh.pdf" in page.links
    answer = house.browser("van_thu").http.get(f"{house.plan}/ho-so-trinh.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    text = pdf_text(answer.content, "ho-so.pdf").upper()
    for words in ("PHIẾU TRÌNH", "TỜ TRÌNH", "QUÁ TRÌNH XỬ LÝ", "SOẠN THẢO KẾ HOẠCH"):
        assert words in text, words
    assert ("TIẾP THU, GIẢI TRÌNH" in text) == (step != "drafting")
    assert ("II. NƠI NHẬN" in text) == (step == "in_force")


def test_the_days_of_a_plan_go_into_a_calendar(stage: Stage) -> None:
    house = stage("in_force")
    answer = house.browser("van_thu").http.get(f"{house.plan}/lich.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    said = [str(each["summary"]) for each in events]
    assert any("Hạn báo cáo kỳ" in each for each in said) and any("nhiệm vụ" in each for each in said)
    assert len({str(each["uid"]) for each in events}) == len(events)
    consulting = stage("consulting")
    asked = consulting.browser("chu_tich").http.get(f"{consulting.plan}/lich.ics")
    assert "Hết hạn lấy ý kiến vòng 1" in asked.text.replace("\r\n ", "")


def test_files_of_a_plan_are_for_those_who_see_it(stage: Stage) -> None:
    house = stage("drafting")
    with house.cast.database.write() as connection:
        connection.exec_driver_sql("UPDATE plans SET office_id = office_id, drafting_unit_id = drafting_unit_id")
    stranger = house.browser("thu_truong", house.cast.office.front_id)
    for path in ("nhat-ky/tai-ve", "nhat-ky.pdf", "ho-so-trinh.pdf", "lich.ics"):
        assert stranger.http.get(f"{house.plan}/{path}").status_code == 404, path


def test_why_one_may_not_is_told_when_asked(stage: Stage) -> None:
    house = stage("consulting")
    page = house.browser("chu_tich").get(house.plan)
    assert "Vì sao đồng chí chưa làm được" in page.text
    silent = len(house.cast.open("lay_y_kien"))
    assert f"Còn {silent} cơ quan chưa cho ý kiến" in page.text
    signing = stage("signing")
    chairman = signing.browser("chu_tich").get(signing.plan)
    assert signing.task("trinh_ky") in chairman.links and "Vì sao đồng chí" not in chairman.text
    clerk = signing.browser("van_thu").get(signing.plan)
    assert signing.task("trinh_ky") not in clerk.links and "Vì sao đồng chí chưa làm được: Ký ban hành" in clerk.text


def test_only_tabs_with_content_are_links_and_counts_are_shown(stage: Stage) -> None:
    drafting = stage("drafting")
    page = drafting.browser("van_thu").get(drafting.plan)
    assert f"{drafting.plan}/bao-cao" not in page.links and "Báo cáo (chưa có)" in page.text
    assert f"{drafting.plan}/tien-trinh" in page.links
    force = stage("in_force")
    page = force.browser("van_thu").get(force.plan)
    for tab in ("tien-trinh", "so-do", "y-kien", "nhiem-vu", "ca-nam", "noi-nhan", "bao-cao", "nhat-ky"):
        assert f"{force.plan}/{tab}" in page.links, tab
    assert "Nhiệm vụ (7)" in page.text and "chưa có)" not in page.text


def test_waiting_running_failed_late_and_paused_are_five_different_things(stage: Stage) -> None:
    house = stage("signing")
    clerk = house.browser("van_thu")
    said = {clerk.get(house.plan).text.partition("Đang ở bước")[1]}
    with house.cast.database.write() as connection:
        (case,) = connection.exec_driver_sql("SELECT case_id FROM plans").one()
        connection.exec_driver_sql("UPDATE tasks SET due = '2022-07-01 00:00:00' WHERE status = 'open'")
    late = clerk.get(house.plan)
    assert "Quá hạn".lower() in late.text
    with house.cast.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE cases SET suspended = true WHERE id = {case}")
    paused = clerk.get(house.plan)
    assert "Đang tạm dừng" in paused.text
    with house.cast.database.write() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO incidents (case_id, incident_id, code, message, at) VALUES ({case}, 'i1', 'LOI', 'lỗi',"
            " '2022-07-18 00:00:00')"
        )
    failed = clerk.get(house.plan)
    assert "Gặp lỗi ở 1 bước tự động" in failed.text
    with house.cast.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM incidents")
        connection.exec_driver_sql("UPDATE cases SET suspended = 0")
        connection.exec_driver_sql("UPDATE tasks SET status = 'completed'")
    running = clerk.get(house.plan)
    assert "đang thực hiện bước tự động" in running.text and said == {"Đang ở bước"}


def test_two_versions_side_by_side_and_from_change_to_change(stage: Stage) -> None:
    house = stage("drafting")
    changed = house.cast.text.replace("Kế hoạch", "Bản kế hoạch", 4)
    revise_plan(house.cast.drafter(), house.cast.plan_id, changed, "Sửa", seen_version=1)
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/phien-ban?tu=1&den=2")
    assert "tới thay đổi tiếp" in page.text and "#doi-1" in page.links and "chỗ thêm" in page.text
    beside = browser.get(f"{house.plan}/phien-ban?tu=1&den=2&kieu=hai-cot")
    assert "Bản cũ" in beside.text and "<ins>" in beside.html and "<del>" in beside.html
    browser.get(f"{house.plan}/phien-ban?tu=99&den=-1&kieu=la")


def test_the_form_is_checked_before_it_is_sent_off(stage: Stage) -> None:
    house = stage("empty")
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    page = browser.get("/ke-hoach/moi")
    review = browser.submit(page, "/ke-hoach/moi", {"van_ban": house.cast.text})
    routing = browser.submit(review, review.path)
    assert "Kiểm tra trước khi trình" in routing.text
    assert [link for link in routing.links if "/doc-hieu" in link]
