"""Duties as a table, a board, a file and a page each; an unclear one is settled where it is shown."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.actions.small_office import stored
from tests.pages.conftest import House, Stage, instant
from workflows.store import duties as rows
from workflows.store.tables.plans import duties, occurrences


def at_work(stage: Stage) -> House:
    """The plan of seven yearly duties, each with its first year open."""
    house = stage("in_force")
    house.cast.sweep()
    return house


def first_of(house: House) -> Any:
    return stored(house.cast.database, occurrences)[0]


def test_the_table_filters_sorts_and_counts(stage: Stage) -> None:
    house = at_work(stage)
    browser = house.browser("van_thu")
    lead = first_of(house).body_id
    assert browser.get("/nhiem-vu?trang_thai=dang_lam").text.count("Đang thực hiện") >= 7
    own = browser.get(f"/nhiem-vu?don_vi={lead}&trang_thai=dang_lam&xep=don_vi&nguoc=co")
    assert "Bộ phận Văn hóa-Xã hội xã" in own.text and "Tỷ lệ xong" in own.text
    assert "Không có nhiệm vụ nào với bộ lọc này" in browser.get("/nhiem-vu?muon=co").text
    house.cast.now = instant(2023, 1, 9)
    late = house.browser("van_thu").get("/nhiem-vu?muon=co")
    assert "quá hạn 9 ngày – 31/12/2022" in late.text


def test_the_table_is_narrowed_to_what_a_body_helps_with(stage: Stage) -> None:
    house = at_work(stage)
    kept = stored(house.cast.database, duties)
    alone = kept[0]
    with house.cast.database.write() as connection:
        connection.execute(
            duties.update().where(duties.c.id == alone.id).values(coop=[{"raw": "không rõ", "body": None}])
        )
    helper = next(each["body"] for each in kept[1].coop if each["body"])
    helped = [duty for duty in kept[1:] if helper in {each["body"] for each in duty.coop}]
    browser = house.browser("van_thu")
    page = browser.get(f"/nhiem-vu?phoi_hop={helper}&ky=moi")
    assert f'<option value="{helper}" selected>' in page.html
    assert all(duty.title[:100] in page.text for duty in helped)
    assert alone.title not in page.text
    assert "với bộ lọc này" in browser.get("/nhiem-vu?phoi_hop=999999").text


def test_the_board_has_a_column_for_each_state(stage: Stage) -> None:
    browser = at_work(stage).browser("van_thu")
    this_year = browser.get("/nhiem-vu/bang")
    assert "Chưa bắt đầu (0)" in this_year.text
    page = browser.get(next(link for link in this_year.links if link.startswith("/nhiem-vu/bang?")))
    for heading in ("Chưa bắt đầu (21)", "Đang thực hiện (7)", "Chờ xác nhận (0)", "Hoàn thành (0)"):
        assert heading in page.text


def test_the_table_leaves_as_a_worksheet_and_as_csv(stage: Stage) -> None:
    house = at_work(stage)
    browser = house.browser("van_thu")
    book = browser.http.get("/nhiem-vu/tai-ve?trang_thai=dang_lam")
    sheet = load_workbook(BytesIO(book.content)).active
    assert sheet is not None and sheet.max_row == 4 + 7
    plain = browser.http.get("/nhiem-vu/tai-ve?trang_thai=dang_lam&dang=csv")
    assert plain.text.startswith("\ufeffKế hoạch,STT,Nhiệm vụ") and plain.text.count("Đang thực hiện") == 7


def test_the_unit_says_how_far_it_is_with_a_file_and_everybody_reads_it(stage: Stage) -> None:
    house = at_work(stage)
    first = first_of(house)
    address = f"/nhiem-vu/{first.id}"
    unit = house.browser("can_bo", first.body_id)
    page = unit.get(address)
    sent = {"tien_do": "Đã phát 3 chuyên mục", "phan_tram": "40%"}
    files = {"tep_kem": ("bien-ban.txt", "Biên bản".encode(), "text/plain")}
    form = page.form(f"{address}/tien-do").filled() | sent
    unit.http.post(f"{address}/tien-do", data=form, files=files)
    seen = house.browser("van_thu").get(address)
    assert "Đã phát 3 chuyên mục" in seen.text and "bien-ban.txt" in seen.text and "(40%)" in seen.text
    wrong = unit.submit(unit.get(address), f"{address}/tien-do", {"phan_tram": "nhiều"}, status=422)
    assert "nhiều" in wrong.text
    assert not [form for form in seen.forms if form.action.endswith("/tien-do")]


def test_a_leader_puts_it_off_with_a_reason(stage: Stage) -> None:
    house = at_work(stage)
    first = first_of(house)
    address = f"/nhiem-vu/{first.id}"
    leader = house.browser("chu_tich")
    short = leader.submit(leader.get(address), f"{address}/hoan", {"han_moi": "31/01/2023", "ly_do": "vội"}, status=422)
    assert short.text.count("Lý do") >= 1
    reason = "Chờ kinh phí bổ sung của huyện"
    page = leader.submit(leader.get(address), f"{address}/hoan", {"han_moi": "31/01/2023", "ly_do": reason})
    assert "hạn 31/12/2022 → 31/01/2023" in page.text and reason in page.text


def test_what_is_unclear_is_shown_and_settled_by_the_focal_unit(stage: Stage) -> None:
    house = at_work(stage)
    duty = stored(house.cast.database, duties)[-1]
    with house.cast.database.write() as connection:
        rows.settle(connection, duty.id, time=None, time_raw="Khi có điều kiện", unclear="thoi_han")
        connection.execute(
            occurrences.delete().where(occurrences.c.duty_id == duty.id, occurrences.c.case_id.is_(None))
        )
        connection.execute(occurrences.update().where(occurrences.c.duty_id == duty.id).values(key="truoc-day"))
    tab = f"{house.plan}/nhiem-vu"
    assert "Chưa rõ thời hạn" in house.browser("van_thu").get(tab).text
    unit = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    address = f"{tab}/{duty.id}/lam-ro"
    again = unit.submit(unit.get(tab), address, {"thoi_gian": "lúc nào tiện"}, status=422)
    assert "Chưa hiểu thời hạn “lúc nào tiện”" in again.text
    done = unit.submit(again, address, {"thoi_gian": "Trước ngày 16/11/2022"})
    assert "Chưa rõ thời hạn" not in done.text and "Trước ngày 16/11/2022" in done.text


def test_the_budget_stands_as_the_plan_states_it(stage: Stage) -> None:
    house = stage("drafting")
    page = house.browser("van_thu").get(f"{house.plan}/nhiem-vu")
    for words in ("Nguồn kinh phí", "Lập dự toán", "Tổng hợp dự toán", "Bộ phận Tài chính-Kế toán"):
        assert words in page.text
