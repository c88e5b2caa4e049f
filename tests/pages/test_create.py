"""From a text to a plan under way: read, reviewed, routed, started; bad texts are refused with what was typed kept."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page
from tests.stories.cast import plan_text
from workflows.store.tables.plans import plans

NEW = "/ke-hoach/moi"


def drafter(house: House) -> Browser:
    return house.browser("can_bo", house.cast.office.drafting_unit_id)


def hand_in(house: House, browser: Browser, text: str, status: int = 200) -> Page:
    return browser.submit(browser.get(NEW), NEW, {"van_ban": text}, status=status)


def test_a_real_plan_from_text_to_its_first_step(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    review = hand_in(house, browser, plan_text("000_duc_phong.txt"))
    assert review.h1 == "Kiểm tra phần máy đọc"
    assert "Nhiệm vụ (7)" in review.text
    routing = browser.submit(review, review.path)
    assert routing.h1 == "Chọn đường đi"
    assert "Kiểm tra thể thức" in routing.text and "chậm nhất" in routing.text
    again = browser.submit(routing, routing.path, {"xem_truoc": "co", "so_ngay": "10"})
    assert again.form(routing.path).filled()["so_ngay"] == "10"
    started = browser.submit(again, routing.path)
    assert started.h1 == "Trình dự thảo" and "Kế hoạch đã vào quy trình" in started.text
    submitted = browser.submit(started, started.path.partition("?")[0])
    assert "Kiểm tra nội dung" in submitted.text
    assert "Đang ở bước 1/8 Kiểm tra nội dung" in browser.get(review.path.rpartition("/")[0]).text


def test_a_file_is_read_like_pasted_text(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    upload = {"tep": ("kế hoạch.txt", plan_text("001_duc_tan.txt").encode(), "text/plain")}
    page = browser.submit(browser.get(NEW), NEW, files=upload)
    assert page.h1 == "Kiểm tra phần máy đọc"


def test_what_is_no_plan_is_refused_and_stays_on_the_page(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    page = hand_in(house, browser, "Thư mời họp tổ dân phố", status=422)
    assert "không giống một kế hoạch" in page.text
    assert page.form(NEW).filled()["van_ban"] == "Thư mời họp tổ dân phố"
    assert "không có nội dung" in hand_in(house, browser, "   ", status=422).text
    with house.cast.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(plans)).scalar_one() == 0


def test_a_photograph_of_a_page_is_refused_with_what_to_do(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    upload = {"tep": ("anh.png", b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "image/png")}
    page = browser.submit(browser.get(NEW), NEW, status=422, files=upload)
    assert "là ảnh quét 1 trang, không có chữ để đọc" in page.text


def test_a_file_that_is_too_large_is_refused(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    upload = {"tep": ("to.txt", b"a" * 6_000_000, "text/plain")}
    page = browser.submit(browser.get(NEW), NEW, status=413, files=upload)
    assert "quá lớn" in page.text


def test_nothing_starts_unconfirmed(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    review = hand_in(house, browser, plan_text("000_duc_phong.txt"))
    address = review.path.replace("doc-hieu", "duong-di")
    page = browser.submit(browser.get(address), address, status=422)
    assert "chưa được người soạn xác nhận" in page.text


def test_numbers_of_the_route_are_checked_at_their_field(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    review = hand_in(house, browser, plan_text("000_duc_phong.txt"))
    routing = browser.submit(review, review.path)
    page = browser.submit(routing, routing.path, {"so_ngay": "nhiều"}, status=422)
    assert "#o-so_ngay" in page.links
    page = browser.submit(routing, routing.path, {"so_ngay": "999"}, status=422)
    assert page.title.startswith("Lỗi:")


def test_a_corrected_text_becomes_the_next_version(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    review = hand_in(house, browser, plan_text("000_duc_phong.txt"))
    address = review.path.replace("doc-hieu", "sua")
    text = review.form(address).filled()["van_ban"] + "\nThêm dòng cuối."
    again = browser.submit(review, address, {"van_ban": text, "ghi_chu": "thêm"})
    assert "phiên bản 2" in again.text
    stale = browser.submit(review, address, {"van_ban": text + " nữa"}, status=409)
    assert "trước đồng chí" in stale.text


def test_an_unknown_body_is_taught_on_the_page(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    text = plan_text("000_duc_phong.txt").replace("Văn phòng UBND xã", "Tổ Công nghệ số cộng đồng Hoa Phượng")
    review = hand_in(house, browser, text)
    teach = review.path.replace("doc-hieu", "day-ten")
    if not [form for form in review.forms if form.action == teach]:
        raise AssertionError(review.text[:2000])
    refused = browser.submit(review, review.path, status=422)
    assert "Danh bạ chưa có cơ quan" in refused.text
    page = refused
    for _ in range(5):
        if not [form for form in page.forms if form.action == teach]:
            break
        page = browser.submit(page, teach)
    assert browser.submit(page, review.path.partition("#")[0]).h1 == "Chọn đường đi"


def test_somebody_of_another_unit_sees_no_draft_review(stage: Stage) -> None:
    house = stage("empty")
    review = hand_in(house, drafter(house), plan_text("000_duc_phong.txt"))
    house.browser("van_thu").get(review.path, status=404)
