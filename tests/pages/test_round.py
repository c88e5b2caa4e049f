"""The page of a consultation round: what it counts, and what may be done from it."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from tests.pages.conftest import House, Stage
from workflows.store import consultation
from workflows.store.consultation import Opinion

REASON = "Cần thêm ý kiến chuyên môn"
PNG = b"\x89PNG\r\n\x1a\n scan"


def opinions(house: House, number: int = 1) -> list[Opinion]:
    with house.cast.database.read() as connection:
        found = consultation.rounds_of(connection, house.cast.plan_id)[number - 1]
        return consultation.everybody_asked(connection, found.id)


def unit_not_asked(house: House) -> int:
    asked = {each.body_id for each in opinions(house)} | {house.cast.office.drafting_unit_id}
    kinds = ("unit", "association", "agency", "party")
    return next(body for kind in kinds for body in house.cast.office.bodies.get(kind, ()) if body not in asked)


def test_it_counts_explains_and_lists(stage: Stage) -> None:
    house = stage("answering")
    page = house.browser("thu_truong", house.cast.office.drafting_unit_id).get(f"{house.plan}/y-kien/1")
    assert "ngày làm việc từ thứ" in page.text
    assert "không được coi là đồng ý" in page.text
    given = opinions(house)
    assert page.html.count('role="rowheader"') == len(given)
    assert "Không; đã đủ theo quy tắc" in page.text
    house.browser("thu_truong", house.cast.office.drafting_unit_id).get(f"{house.plan}/y-kien/9", status=404)


def test_add_drop_and_remind_from_the_page(stage: Stage) -> None:
    house = stage("consulting")
    address, extra = f"{house.plan}/y-kien/1", unit_not_asked(house)
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    form = browser.get(f"{address}?viec=hoi-them")
    wrong = browser.submit(form, f"{address}/hoi-them", {"co_quan": str(extra), "ly_do": "ít"}, status=422)
    assert wrong.form(f"{address}/hoi-them").filled()["co_quan"] == str(extra)
    page = browser.submit(wrong, f"{address}/hoi-them", {"co_quan": str(extra), "ly_do": REASON})
    assert "Hỏi thêm" in page.text and REASON in page.text
    browser.submit(page, f"{address}/nhac")
    again = browser.submit(page, f"{address}/nhac", status=422)
    assert "vừa được nhắc" in again.text
    form = browser.get(f"{address}?viec=thoi-hoi")
    page = browser.submit(form, f"{address}/thoi-hoi", {"co_quan": str(extra), "ly_do": REASON})
    assert "Thôi hỏi" in page.text
    assert next(each for each in opinions(house) if each.body_id == extra).dropped_at


def test_a_clerk_enters_a_paper_and_everybody_may_fetch_it(stage: Stage) -> None:
    house = stage("consulting")
    address, body = f"{house.plan}/y-kien/1", opinions(house)[0].body_id
    clerk = house.browser("van_thu")
    form = clerk.get(f"{address}?viec=nhap-thay")
    typed = {
        "co_quan": str(body),
        "ket_qua": "khong_nhat_tri",
        "so_cong_van": "15/MTTQ-BTT",
        "ngay_cong_van": "18/7/2022",
    }
    assert "Chưa nhập Tệp công văn" in clerk.submit(form, f"{address}/nhap-thay", typed, status=422).text
    sent = form.form(f"{address}/nhap-thay").filled() | typed
    answered = clerk.http.post(f"{address}/nhap-thay", data=sent, files={"tep_cong_van": ("cv.png", PNG, "image/png")})
    assert answered.status_code in (200, 303)
    page = clerk.get(address)
    assert "nhập thay" in page.text and "15/MTTQ-BTT" in page.text and "không có chữ ký số" in page.text
    (link,) = [each for each in page.links if "/y-kien/tep/" in each]
    assert clerk.http.get(link).content == PNG


def test_an_opinion_is_split_and_answered(stage: Stage) -> None:
    house = stage("answering")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    (given,) = [each for each in opinions(house) if each.text]
    address = f"{house.plan}/y-kien/1"
    page = browser.submit(browser.get(address), f"{address}/tach/{given.id}", {"cac_diem": "Một.\nHai."})
    answer = next(form for form in page.forms if form.action == f"{address}/tra-loi/{given.id}")
    keys = sorted({each.name for each in answer.controls if each.name.startswith("xu_ly_d")})
    assert len(keys) == 2
    wrong = browser.submit(page, f"{address}/tra-loi/{given.id}", {keys[0]: "tiep_thu"}, status=422)
    assert wrong.title.startswith("Lỗi:")
    done = browser.submit(wrong, f"{address}/tra-loi/{given.id}", {keys[0]: "tiep_thu", keys[1]: "tiep_thu"})
    assert "Tiếp thu" in done.text
    assert next(each for each in opinions(house) if each.id == given.id).disposition == "tiep_thu"


def test_the_table_is_a_worksheet_without_formulas(stage: Stage) -> None:
    house = stage("answering")
    (given,) = [each for each in opinions(house) if each.text]
    with house.cast.database.write() as connection:
        consultation.change_opinion(connection, given.id, text="=HYPERLINK(1)")
    answer = house.browser("van_thu").http.get(f"{house.plan}/y-kien/bang.xlsx")
    cells = [cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    (cell,) = [each for each in cells if "HYPERLINK" in str(each.value)]
    assert cell.data_type == "s"


def test_a_second_round_shows_each_body_what_changed(stage: Stage) -> None:
    house = stage("answering")
    (given,) = [each for each in opinions(house) if each.text]
    text = house.cast.text.replace("MỤC TIÊU", "MỤC ĐÍCH", 1).replace("năm", "trong năm", 1)
    fields = {f"xu_ly_{given.id}": "tiep_thu", "van_ban": text, "lay_lai": "co", "hoi_ai": "co_y_kien"}
    house.cast.act("tiep_thu", fields)
    second = [each.body_id for each in opinions(house, 2)]
    front = house.cast.office.front_id
    assert set(second) == {given.body_id, front} & {each.body_id for each in opinions(house)}
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get(f"{house.plan}/y-kien/2/thay-doi/{given.body_id}")
    assert "chỗ thêm" in page.text and "Phiên bản 1 (đã xem) → 2" in page.text
    assert "hỏi lần đầu" in browser.get(f"{house.plan}/y-kien/1/thay-doi/{given.body_id}").text
    browser.get(f"{house.plan}/y-kien/2/thay-doi/999", status=404)


def test_the_step_of_answering_takes_an_opinion_in_part_and_says_why(stage: Stage) -> None:
    house = stage("answering")
    (task,) = house.cast.open("tiep_thu")
    address = f"/viec/{task.id}"
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get(address)
    (given,) = [each for each in opinions(house) if each.text]
    typed = {f"xu_ly_{given.id}": "tiep_thu_mot_phan"}
    wrong = browser.submit(page, address, typed, status=422)
    browser.submit(wrong, address, typed | {f"giai_trinh_{given.id}": "Kinh phí theo dự toán."})
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_an_opinion_may_come_with_a_file(stage: Stage) -> None:
    house = stage("consulting")
    task = house.cast.open("lay_y_kien")[0]
    browser = house.browser("thu_truong", int(task.variables["co_quan_hoi"]))
    page = browser.get(f"/viec/{task.id}")
    sent = page.form(f"/viec/{task.id}").filled() | {"ket_qua": "khong_nhat_tri"}
    browser.http.post(f"/viec/{task.id}", data=sent, files={"tep_cong_van": ("cv.png", PNG, "image/png")})
    given = next(each for each in opinions(house) if each.body_id == task.variables["co_quan_hoi"])
    assert given.outcome == "khong_nhat_tri" and given.text
    assert "cv.png" in browser.get(f"{house.plan}/y-kien/1").text
