"""A real Chromium: keys, the hint of new work, what is typed, no net, and the app on a phone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.in_chromium import fill_in, sign_in
from tests.pages.page_client import Browser as Client
from tests.pages.served import served
from tests.pages.test_in_a_browser import PC, PHONE

pytestmark = pytest.mark.browser


def sign_out(tab: Page) -> None:
    tab.locator("details.menu summary").click()
    tab.get_by_role("button", name="Đăng xuất").click()


def head_of(house: House) -> str:
    return house.login("thu_truong", house.cast.office.drafting_unit_id)


def test_keys_go_to_places_open_help_and_decide_nothing(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, head_of(house))
        tab.goto(f"{address}/viec")
        for keys, path in (("gk", "/ke-hoach"), ("gs", "/so-van-ban"), ("gi", "/viec")):
            tab.keyboard.press(keys[0])
            tab.keyboard.press(keys[1])
            tab.wait_for_url(f"{address}{path}")
        tab.keyboard.press("j")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{address}{house.task('soan_thao')}")
        tab.keyboard.press("?")
        expect(tab.locator("dialog[open]")).to_contain_text("Không phím tắt nào phê duyệt")
        tab.keyboard.press("g")
        tab.keyboard.press("i")  # behind an open dialog no key goes anywhere
        tab.keyboard.press("Escape")
        expect(tab.locator("dialog[open]")).to_have_count(0)
        assert tab.url == f"{address}{house.task('soan_thao')}"
        for key in "abcdefhlmnopqrtuvwyz":
            tab.keyboard.press(key)
        assert tab.url == f"{address}{house.task('soan_thao')}"
        tab.keyboard.press("/")
        tab.wait_for_url(f"{address}/ke-hoach#tim")
        assert tab.evaluate("document.activeElement.id") == "tim"
        tab.keyboard.type("gigk?/")
        assert tab.input_value("#tim") == "gigk?/" and tab.url.startswith(f"{address}/ke-hoach")
        tab.keyboard.press("Escape")
        assert tab.evaluate("document.activeElement.tagName") == "BODY"
        composing = "document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
        tab.evaluate(composing)
        assert tab.locator("dialog").count() == 0
        tab.context.close()
    assert house.cast.waiting_at() == {"soan_thao"}


def test_keys_are_switched_off_or_asked_for_with_alt_by_whoever_wants_it(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, head_of(house))
        for chosen in ("Tắt", "Giữ Alt và bấm phím", "Bấm một phím"):
            tab.goto(f"{address}/toi")
            tab.get_by_label(chosen, exact=True).check()
            tab.get_by_role("button", name="Lưu").click()
            expect(tab.locator("[role=status]")).to_contain_text("Đã lưu")
            if chosen != "Bấm một phím":
                for key in "?gi":
                    tab.keyboard.press(key)
                assert tab.locator("dialog").count() == 0 and tab.url.startswith(f"{address}/toi")
            if chosen == "Tắt":
                for key in ("Alt+Shift+Slash", "Alt+g", "Alt+i"):
                    tab.keyboard.press(key)
                assert tab.locator("dialog").count() == 0 and tab.url.startswith(f"{address}/toi")
            if chosen == "Giữ Alt và bấm phím":
                tab.keyboard.press("Alt+Shift+Slash")
                expect(tab.locator("dialog[open]")).to_contain_text("Giữ phím Alt cùng mỗi phím")
                tab.keyboard.press("Escape")
                expect(tab.locator("dialog[open]")).to_have_count(0)
                tab.keyboard.press("Alt+g")
                tab.keyboard.press("Alt+i")
                tab.wait_for_url(f"{address}/viec")
        tab.keyboard.press("?")
        expect(tab.locator("dialog[open]")).to_have_count(1)
        tab.context.close()


def test_new_work_is_told_and_the_list_does_not_jump(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        tab.route("**/viec.js*", _hurried)
        sign_in(tab, address, house.login("the_thuc"))
        with tab.expect_response("**/viec/moi"):
            tab.goto(f"{address}/viec")
        before = tab.locator("main").inner_text()
        house.cast.act("soan_thao", {})
        house.cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
        expect(tab.locator("#viec-moi")).to_be_visible()
        assert tab.locator("#viec-moi").inner_text().strip() == "1 việc mới – Tải lại"
        assert before in tab.locator("main").inner_text()
        tab.locator("#viec-moi a").click()
        expect(tab.locator("h1")).to_have_text("Việc cần xử lý (1)")
        expect(tab.locator("#viec-moi")).to_be_hidden()
        tab.unroute_all(behavior="ignoreErrors")
        tab.context.close()


def _hurried(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("* 1000)", "* 5)"))


def test_without_a_net_no_button_decides_and_says_why(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}{house.task('trinh_ky')}")
        tab.context.set_offline(True)
        expect(tab.locator("#mat-mang")).to_be_visible()
        buttons = tab.locator("form[method=post] button")
        assert buttons.count() and all(each.is_disabled() for each in buttons.all())
        assert buttons.first.get_attribute("aria-describedby") == "mat-mang"
        tab.context.set_offline(False)
        expect(tab.locator("#mat-mang")).to_be_hidden()
        assert tab.locator("#bieu-mau button.seal").is_enabled()
        tab.context.close()
    assert house.cast.waiting_at() == {"trinh_ky"}


def test_what_is_typed_is_offered_again_in_the_same_tab(stage: Stage, chromium: Browser) -> None:
    house = stage("in_force")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}{house.plan}")
        tab.get_by_text("Dừng kế hoạch").first.click()
        tab.fill("#o-ly_do", "Chưa cân đối được kinh phí")
        tab.reload()
        tab.get_by_role("button", name="Điền lại").click()
        assert tab.input_value("#o-ly_do") == "Chưa cân đối được kinh phí"
        tab.reload()
        tab.get_by_role("button", name="Bỏ", exact=True).click()
        tab.reload()
        assert tab.get_by_role("button", name="Điền lại").count() == 0
        tab.context.close()


def test_a_session_that_ended_while_typing_loses_nothing(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, head_of(house))
        tab.goto(f"{address}{house.task('soan_thao')}")
        tab.context.clear_cookies(name="phien")
        with tab.expect_response("**/nhap"):
            tab.fill("#o-ghi_chu", "Đã rà soát lại căn cứ")
        expect(tab.locator("#het-phien")).to_be_visible()
        tab.locator("#het-phien a").click()
        fill_in(tab, head_of(house))
        tab.get_by_role("button", name="Điền lại").click()
        assert tab.input_value("#o-ghi_chu") == "Đã rà soát lại căn cứ"
        tab.context.close()


def test_what_was_taken_is_not_offered_again_and_what_is_wrong_has_the_focus(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, house.login("van_thu"))
        tab.goto(f"{address}/so-van-ban/vao-so")
        tab.get_by_role("button", name="Ghi và thêm tiếp").click()
        expect(tab.locator(".notice.bad[role=alert]:focus")).to_contain_text("còn 2 chỗ cần sửa")
        tab.fill("#o-trich_yeu", "Thông báo lịch trực Tết Nguyên đán năm 2027")
        tab.fill("#o-nguoi_ky", "Đinh Văn Bé")
        tab.get_by_role("button", name="Ghi và thêm tiếp").click()
        expect(tab.locator(".notice.good")).to_contain_text("Thông báo lịch trực")
        expect(tab.get_by_role("button", name="Điền lại")).to_have_count(0)
        tab.context.close()


def test_another_person_in_the_same_tab_is_offered_nothing(stage: Stage, chromium: Browser) -> None:
    house = stage("in_force")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}{house.plan}")
        tab.get_by_text("Dừng kế hoạch").first.click()
        tab.fill("#o-ly_do", "Chưa cân đối được kinh phí")
        sign_out(tab)
        assert tab.evaluate("Object.keys(sessionStorage).length") == 0
        tab.context.close()


def test_the_last_list_is_kept_on_an_own_device_and_no_decision_page(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        sign_in(tab, address, head_of(house), remember=True)
        tab.goto(f"{address}/viec")
        tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
        tab.reload()
        tab.wait_for_function("navigator.serviceWorker.controller && caches.match('/viec').then(Boolean)")
        tab.goto(f"{address}{house.task('soan_thao')}")
        tab.goto(f"{address}/viec")
        kept = _kept(tab)
        assert "/viec" in kept and not [path for path in kept if path.startswith("/viec/") or "/ke-hoach" in path]
        tab.context.set_offline(True)
        tab.goto(f"{address}/viec")
        expect(tab.locator("main")).to_contain_text("dữ liệu lúc")
        expect(tab.locator("main")).to_contain_text("Trình dự thảo")
        tab.goto(f"{address}{house.task('soan_thao')}")
        expect(tab.locator("h1")).to_have_text("Đang mất mạng")
        tab.context.set_offline(False)
        tab.goto(f"{address}/viec")
        sign_out(tab)
        tab.wait_for_function("caches.has('viec').then(found => !found)")
        tab.context.close()


def test_on_the_device_of_another_no_list_is_kept(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        sign_in(tab, address, head_of(house), remember=True)
        tab.goto(f"{address}/viec")
        tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
        tab.reload()
        tab.wait_for_function("navigator.serviceWorker.controller && caches.match('/viec').then(Boolean)")
        sign_out(tab)
        sign_in(tab, address, house.login("chu_tich"))
        for _ in range(2):
            tab.goto(f"{address}/viec")
        tab.context.set_offline(True)
        tab.goto(f"{address}/viec")
        expect(tab.locator("h1")).to_have_text("Đang mất mạng")
        tab.context.close()


def _kept(tab: Page) -> list[str]:
    return list(
        tab.evaluate(
            """async () => (await Promise.all((await caches.keys()).map(async name =>
            (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname)))).flat()"""
        )
    )


def test_on_a_strangers_device_nothing_is_kept(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, head_of(house))
        tab.goto(f"{address}/viec")
        assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
        tab.context.close()


def test_the_manifest_names_icons_that_are_there(stage: Stage) -> None:
    http = Client(stage("drafting").app).http
    found = json.loads(http.get("/manifest.webmanifest").text)
    assert found["display"] == "standalone" and [each["url"] for each in found["shortcuts"]] == ["/viec", "/bao-cao"]
    for icon in found["icons"]:
        assert http.get(icon["src"]).status_code == 200, icon
    worker = http.get("/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript") and "FACTS" in worker.text
    for path in json.loads(worker.text.partition("= ")[2].partition(";\n")[0])["shell"]:
        assert http.get(path).status_code == 200, path


def test_a_password_is_shown_while_one_wants_it_and_sent_hidden(stage: Stage, chromium: Browser) -> None:
    house = stage("drafting")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        tab.goto(f"{address}/so-van-ban")
        field = tab.locator("#o-mat_khau")
        tab.get_by_label("Tên đăng nhập").fill(head_of(house))
        field.fill(PASSWORD)
        tab.get_by_role("button", name="Hiện mật khẩu").click()
        expect(field).to_have_attribute("type", "text")
        tab.get_by_role("button", name="Ẩn mật khẩu").click()
        expect(field).to_have_attribute("type", "password")
        tab.get_by_role("button", name="Hiện mật khẩu").click()
        field.press("Enter")
        tab.wait_for_url(f"{address}/so-van-ban")
        expect(tab.locator("h1")).to_contain_text("Sổ đăng ký văn bản đi")
