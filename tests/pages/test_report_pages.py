"""Rules by hand, a report on a matter, the unit's prefilled form, figures that lead to their source, who is late."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import Row, Table

from tests.pages.conftest import House, Stage, instant
from workflows.store import directory, plans
from workflows.store.tables.reporting import cycles, report_rules, submission_reminders

REASON = "Theo Công văn số 12/UBND-VP của tỉnh"
FORM = """
Hồ sơ tiếp nhận | hồ sơ | số nguyên
Tỷ lệ đúng hạn | % | đến 100 | trung bình | không bắt buộc
Kiến nghị | chữ
"""


def _rows(house: House, table: Table) -> list[Row[Any]]:
    with house.cast.database.read() as connection:
        return list(connection.execute(table.select().order_by(table.c.id)).all())


def test_a_rule_is_shown_changed_by_hand_and_taken_back(stage: Stage) -> None:
    house = stage("in_force")
    path = f"{house.plan}/che-do-bao-cao"
    with house.cast.database.read() as connection:
        rule_id = connection.execute(report_rules.select()).one().id
    clerk = house.browser("van_thu")
    page = clerk.get(f"{path}/{rule_id}")
    assert page.form(f"{path}/{rule_id}").filled()["han_don_vi"] == "trước 16/11"
    units = [each.value for each, _ in page.controls if each.name == "don_vi" and each.checked]
    wrong = {"han_don_vi": "cuối năm", "bieu": "Hồ sơ | hồ sơ | nguyên", "ly_do": REASON}
    filled = page.form(f"{path}/{rule_id}").filled() | {"don_vi": units}
    answer = clerk.http.post(f"{path}/{rule_id}", data=filled | wrong)
    assert answer.status_code == 422
    assert "Không hiểu “cuối năm” là ngày hạn" in answer.text
    assert "Biểu, dòng 1: không hiểu “nguyên”" in answer.text
    right = {"han_don_vi": "trước 10/11", "bieu": FORM, "ly_do": REASON}
    assert clerk.http.post(f"{path}/{rule_id}", data=filled | right).status_code == 303
    shown = clerk.get(path).text
    assert "trước 10/11" in shown
    assert REASON in shown
    with house.cast.database.read() as connection:
        dues = {(row.unit_due.month, row.unit_due.day) for row in connection.execute(cycles.select())}
    assert dues == {(11, 9)}
    stranger = house.browser("can_bo", house.cast.office.drafting_unit_id)
    assert stranger.http.get(f"{path}/{rule_id}").status_code == 200  # the drafting unit keeps them, too
    assert clerk.http.post(f"{path}/{rule_id}/bo", data=filled | {"ly_do": REASON}).status_code == 303
    assert "Đã bỏ" in clerk.get(path).text
    with house.cast.database.read() as connection:
        assert connection.execute(cycles.select()).all() == []


def test_a_unit_that_leads_a_duty_and_is_never_asked_is_named(stage: Stage) -> None:
    house = stage("in_force")
    path = f"{house.plan}/che-do-bao-cao"
    clerk = house.browser("van_thu")
    warning = "Chủ trì nhiệm vụ nhưng không báo cáo nào hỏi tới:"
    assert warning not in clerk.get(path).text
    with house.cast.database.write() as connection:
        rule = connection.execute(report_rules.select()).one()
        lead = next(
            unit
            for duty in plans.duties_of(connection, rule.plan_id)
            for unit in (each["body"] for each in duty.leads)
            if unit in rule.units and unit != rule.focal_body_id
        )
        others = [unit for unit in rule.units if unit != lead]
        connection.execute(report_rules.update().values(units=others))
        name = directory.body(connection, lead).name
    assert f"{warning} {name}." in clerk.get(path).text


def test_a_report_on_a_matter_from_opening_to_a_figure_and_back(stage: Stage) -> None:
    house = stage("in_force")
    path = f"{house.plan}/che-do-bao-cao/mot-lan"
    clerk = house.browser("van_thu")
    page = clerk.get(path)
    unit = next(each.value for each, _ in page.controls if each.name == "don_vi")
    today = house.cast.now.date()
    days = {"tu_ngay": "01/01/2022", "han_don_vi": f"{today + timedelta(5):%d/%m/%Y}", "han_co_quan": "01/01/2022"}
    filled = page.form(path).filled() | {"don_vi": [unit], "ten_bao_cao": "Kết quả Tháng chuyển đổi số", "bieu": FORM}
    filled |= {**days, "ly_do": REASON}
    answer = clerk.http.post(path, data=filled)
    assert answer.status_code == 422
    assert "sớm hơn" in answer.text
    assert 'value="Kết quả Tháng chuyển đổi số"' in answer.text
    filled["han_co_quan"] = f"{today + timedelta(9):%d/%m/%Y}"
    assert clerk.http.post(path, data=filled).status_code == 303
    (task,) = house.cast.open("nop_bao_cao")
    own = house.browser("thu_truong", int(unit))
    form = own.get(f"/viec/{task.id}")
    said = own.submit(form, f"/viec/{task.id}", {"noi_dung": "Xong.", "d1": "1.5", "d2": "90", "d3": ""}, status=422)
    assert "không hiểu “1.5” là số" in said.text
    assert "Kiến nghị: chưa có" in said.text
    assert 'value="1.5"' in said.html
    own.submit(said, f"/viec/{task.id}", {"d1": "1.234 hồ sơ", "d2": "", "d3": "Không."})
    with house.cast.database.read() as connection:
        cycle = connection.execute(cycles.select().where(cycles.c.title.is_not(None))).one()
    seen = clerk.get(f"/bao-cao/{cycle.id}")
    assert "1.234" in seen.text
    assert "0/1 đơn vị đã báo cáo" in seen.text  # the share that nobody gave is no zero
    source = next(link for link in seen.links if "/don-vi/" in link)
    sheet = load_workbook(BytesIO(clerk.http.get(f"/bao-cao/{cycle.id}/so-lieu.xlsx").content)).active
    assert any("1.234" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    one = clerk.get(source)
    assert "Kiến nghị: Không." in one.text
    assert "Ít nhất 10 ký tự" in clerk.submit(one, f"{source}/tra-lai", {"ly_do": "sai"}, status=422).text
    clerk.submit(one, f"{source}/tra-lai", {"ly_do": REASON})
    (again,) = house.cast.open("nop_lai_bao_cao")
    form = own.get(f"/viec/{again.id}")
    assert REASON in form.text
    assert form.form(f"/viec/{again.id}").filled()["d1"] == "1.234"
    office = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    assert "Trả lại, chờ gửi lại" in office.get(f"/bao-cao/{cycle.id}").text


def test_who_is_late_is_two_clicks_away_and_comes_as_a_sheet(stage: Stage) -> None:
    house = stage("in_force")
    house.cast.wait(instant(2022, 11, 17))
    clerk = house.browser("van_thu")
    first = clerk.get("/viec")
    assert "/bao-cao" in first.links
    second = clerk.get("/bao-cao")
    assert "/bao-cao/cham" in second.links
    late = clerk.get("/bao-cao/cham")
    assert "2 ngày" in late.text
    sheet = load_workbook(BytesIO(clerk.http.get("/bao-cao/cham/tai-ve").content)).active
    assert any(str(cell.value) == "2" for row in sheet.iter_rows() for cell in row)
    task = house.cast.open("nop_bao_cao")[0]
    own = house.browser("thu_truong", task.variables["don_vi_nop"]).get(f"/viec/{task.id}")
    assert own.form(f"/viec/{task.id}").filled()["noi_dung"].startswith(("1. Nhiệm vụ", "2. Nhiệm vụ", "3. Nhiệm vụ"))


def test_reviews_files_and_indices_are_seen_and_typed_figures_stay(stage: Stage) -> None:
    house = stage("in_force")
    clerk = house.browser("van_thu")
    assert "Chưa có đợt rà soát nào" in clerk.get(f"{house.plan}/ra-soat").text
    assert clerk.http.get(f"{house.plan}/ho-so.pdf").status_code == 404
    page = clerk.get("/chi-so")
    entry = {"chi_so": "PAR INDEX", "don_vi_tinh": "điểm", "nam": "2021", "gia_tri": "87.5", "nguon": REASON}
    wrong = clerk.submit(page, "/chi-so", entry, status=422)
    assert 'value="87.5"' in wrong.html
    clerk.submit(wrong, "/chi-so", {"gia_tri": "87,5", "xep_hang": "12", "chi_tieu": "90"})
    again = clerk.submit(clerk.get("/chi-so"), "/chi-so", entry | {"gia_tri": "90,25", "chi_tieu": "90"})
    assert "90,25" in again.text
    assert "đã sửa 1 lần" in again.text


def test_how_long_files_are_kept_is_said_with_its_basis_by_the_office(stage: Stage) -> None:
    house = stage("in_force")
    clerk = house.browser("van_thu")
    assert "/quy-dinh#luu-tru" in clerk.get("/luu-tru").links
    kept = {"loai_ho_so": "ke_hoach_nhieu_nam", "so_nam": "x", "can_cu_luu_tru": REASON}
    bad = clerk.submit(clerk.get("/quy-dinh"), "/quy-dinh/luu-tru", kept, status=422)
    assert REASON in bad.html
    short = clerk.submit(bad, "/quy-dinh/luu-tru", {"so_nam": "20", "can_cu_luu_tru": "luật"}, status=422)
    clerk.submit(short, "/quy-dinh/luu-tru", {"can_cu_luu_tru": REASON})
    for path in ("/quy-dinh", "/luu-tru"):
        assert f"20 năm – {REASON}" in clerk.get(path).text
    assert "Lưu thời hạn lưu trữ" not in house.browser("chu_tich").get("/quy-dinh").text


def test_late_units_are_reminded_by_hand_with_the_letter_before_the_eyes(stage: Stage) -> None:
    house = stage("in_force")
    house.cast.wait(instant(2022, 11, 17))
    (cycle,) = (row.id for row in _rows(house, cycles) if row.opened_at is not None)
    clerk = house.browser("van_thu")
    page = clerk.get(f"/bao-cao/{cycle}")
    assert "Nhắc tự động" in page.text and f"/bao-cao/{cycle}/nhac" in page.links
    looked = clerk.get(f"/bao-cao/{cycle}/nhac")
    assert "[Chậm báo cáo" in looked.text
    chosen = [each.value for each, _ in looked.controls if each.name == "bao_cao" and each.checked]
    assert chosen and not _rows(house, submission_reminders)
    typed = looked.form(f"/bao-cao/{cycle}/nhac").filled() | {"bao_cao": chosen}
    assert clerk.http.post(f"/bao-cao/{cycle}/nhac", data=typed).status_code == 303
    assert [str(row.submission_id) for row in _rows(house, submission_reminders)] == chosen
    (by,) = {row.by for row in _rows(house, submission_reminders)}
    assert by in clerk.get(f"/bao-cao/{cycle}").text
    again = clerk.http.post(f"/bao-cao/{cycle}/nhac", data=typed)
    assert again.status_code == 422 and "hôm nay" in again.text
    assert house.browser("the_thuc").http.get(f"/bao-cao/{cycle}/nhac").status_code in (403, 404)


def test_a_cycle_that_is_laid_down_says_who_will_be_told_and_when(stage: Stage) -> None:
    house = stage("in_force")
    ahead = next(row for row in _rows(house, cycles) if row.opened_at is None)
    for listed in ("/bao-cao", f"{house.plan}/bao-cao"):
        said = house.browser("van_thu").get(listed).text
        assert f"{ahead.unit_due:%d/%m/%Y}" in said and f"{ahead.office_due:%d/%m/%Y}" in said
    page = house.browser("van_thu").get(f"/bao-cao/{ahead.id}")
    assert f"Sáng {ahead.opens_on:%d/%m/%Y} kỳ tự mở" in page.text
    assert "Bộ phận Văn hóa-Xã hội xã" in page.text and "Người được báo" in page.text
    assert "Trước hạn 7 ngày làm việc: nhắc người giữ việc" in page.text
    assert f"{ahead.unit_due:%d/%m/%Y} 07:00" in page.text  # the morning of the last day
    house.cast.wait(house.cast.now.replace(year=ahead.opens_on.year, month=12, day=1))
    assert "kỳ tự mở" not in house.browser("van_thu").get(f"/bao-cao/{ahead.id}").text
