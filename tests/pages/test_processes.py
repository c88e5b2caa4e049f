"""/quy-trinh: deployed processes, their running cases on the picture and in the list, versions side by side."""

from __future__ import annotations

from tests.engine.building import file, process
from tests.pages.administrators import GUI_TIN, administrator, troubled_case
from tests.pages.conftest import Stage
from workflows.actions import deploy_definition
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.store import clockwork, directory


def test_the_list_counts_the_running_cases_of_the_own_office(stage: Stage) -> None:
    house = stage("signing")
    page = house.browser("van_thu").get("/quy-trinh")
    assert {"/quy-trinh/ke_hoach", "/quy-trinh/bao_cao", "/quy-trinh/nhiem_vu"} <= set(page.links)
    assert "(1 hồ sơ)" in page.text
    assert house.browser().get("/quy-trinh", status=401).h1 == "Đăng nhập"


def test_a_version_shows_where_its_cases_stand(stage: Stage) -> None:
    house = stage("signing")
    page = house.browser("van_thu").get("/quy-trinh/ke_hoach")
    assert "1 hồ sơ đang chạy" in page.text
    assert "Ký ban hành – Việc của người, Lãnh đạo Đang ở đây: 1 chỗ" in page.text
    assert 'id="dang-o-day"' in page.html
    assert page.html.count('aria-current="step"') == 1


def test_the_file_is_downloaded_as_it_was_deployed(stage: Stage) -> None:
    house = stage("empty")
    troubled_case(house)
    answer = house.browser("van_thu").http.get("/quy-trinh/gui_tin/1/tep")
    assert answer.content == GUI_TIN
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''gui_tin-1.bpmn"


def test_two_versions_are_compared_in_words(stage: Stage) -> None:
    house = stage("empty")
    troubled_case(house)
    body = '<startEvent id="s"/><endEvent id="e"/><userTask id="u" name="Xem" camunda:candidateGroups="can_bo@99"/>'
    deploy_definition(house.cast.clock, file(process(body, "s u e", key="gui_tin")))
    browser = house.browser("van_thu")
    assert "(mới nhất là 2 )" in browser.get("/quy-trinh/gui_tin/1").text
    page = browser.get("/quy-trinh/gui_tin/2?voi=1")
    assert "Bớt Việc tự động: Gửi tin & báo" in page.text
    assert "Đổi Việc của người: Xem tên: không có → [nay] Xem nhóm được giao: không có → [nay] can_bo@99" in page.text
    assert "Thêm Đường nối: Bắt đầu (s) → Xem" in page.text


def test_names_in_a_file_are_text_and_nothing_more(stage: Stage) -> None:
    house = stage("empty")
    name = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=&quot;"
    said = f"<documentation>{name}</documentation>"
    body = f'<startEvent id="s" name="{name}"/><userTask id="u" name="{name}">{said}</userTask>'
    deploy_definition(house.cast.clock, file(process(body, "s u", key="la")))
    page = house.browser("van_thu").get("/quy-trinh/la")
    assert "<script>alert" not in page.html


def test_of_a_process_beyond_reading_a_page_says_so(stage: Stage) -> None:
    """Six thousand steps: no picture, and a list that ends with how many more there are."""
    house = stage("empty")
    tasks = "".join(f'<manualTask id="t{number}"/>' for number in range(6_000))
    deploy_definition(
        house.cast.clock, file(process(f'<startEvent id="s"/><endEvent id="e"/>{tasks}', "s e", key="la"))
    )
    page = house.browser("van_thu").get("/quy-trinh/la")
    assert "Không vẽ sơ đồ: quy trình có 6003 bước và đường nối, nhiều hơn 2000." in page.text
    assert "Còn 1003 bước không liệt kê ở đây" in page.text
    assert page.html.count("<li") < 5_100


def test_what_was_never_deployed_is_not_there(stage: Stage) -> None:
    browser = stage("empty").browser("van_thu")
    for path in ("khong_co", "ke_hoach/99", "ke_hoach/1?voi=99", "ke_hoach/x"):
        browser.get(f"/quy-trinh/{path}", status=404)


def test_the_processes_are_handed_on_to_an_office_with_an_administrator(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(house.cast.office.id), now=house.cast.now, by=None)
        empty = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Vắng")
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        post = directory.add_post(connection, other, "quan_tri", "Quản trị hệ thống")
        directory.hold(connection, post, directory.add_person(connection, "Đỗ Quản Trị"))
    browser = administrator(house)
    assert "/giu-quy-trinh" in browser.get("/quy-trinh").links
    page = browser.get("/giu-quy-trinh")
    assert "xã Khác" in page.text
    assert "xã Vắng" not in page.text
    refused = browser.submit(page, "/giu-quy-trinh", {"co_quan_so": str(empty)}, status=422)
    assert "chưa có người quản trị" in refused.text
    assert browser.submit(page, "/giu-quy-trinh", {"co_quan_so": ""}, status=422).h1 == "Cơ quan giữ quy trình"
    page = browser.submit(page, "/giu-quy-trinh", {"co_quan_so": str(other)})
    assert "Đã chuyển" in page.text
    assert "Ủy ban nhân dân xã Khác giữ quy trình" in page.text
    browser.get("/van-hanh", status=403)
    house.browser("van_thu").get("/giu-quy-trinh", status=403)
