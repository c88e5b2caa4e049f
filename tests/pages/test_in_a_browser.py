"""A real Chromium on a phone and on an old PC: every page fits, and a letter is decided in two taps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from service.words import vi
from tests.pages.conftest import House, Stage
from tests.pages.in_chromium import sign_in
from tests.pages.served import served
from tests.pages.test_link import link_for

PHONE: ViewportSize = {"width": 390, "height": 844}
PC: ViewportSize = {"width": 1024, "height": 768}
pytestmark = pytest.mark.browser
TARGETS = """() => [...document.querySelectorAll(
    'button, a.button, input:not([type=hidden]), select, summary, .places a')]
  .filter(e => e.offsetParent && !e.closest('.skip'))
  .map(e => ({text: (e.innerText || e.name || '').slice(0, 30), box: (e.type === 'checkbox' || e.type === 'radio')
    ? e.closest('.choice').getBoundingClientRect() : e.getBoundingClientRect()}))
  .filter(t => t.box.height < 43.5).map(t => t.text + ' ' + t.box.height)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Seen:
    """What a tab complained of, and which hosts it asked."""

    def __init__(self, tab: Page, address: str) -> None:
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        tab.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("request", lambda request: self._note(request.url, address))

    def _note(self, url: str, address: str) -> None:
        if not url.startswith(address):
            self.strangers.append(url)


def fits(tab: Page) -> None:
    assert tab.evaluate(SIDEWAYS) <= 0, f"{tab.url} scrolls sideways"
    assert tab.evaluate(TARGETS) == [], tab.url


def test_pages_fit_and_nothing_is_blocked(stage: Stage, chromium: Browser) -> None:
    """Each page is loaded once, and looked at in each light in each size."""
    house = stage("signing")
    with served(house.app) as address:
        context = chromium.new_context(viewport=PHONE, locale="en-US")
        tab = context.new_page()
        seen = Seen(tab, address)
        sign_in(tab, address, house.login("chu_tich"))
        tabs = [f"{house.plan}/{key}".rstrip("/") for key, _ in vi.PLAN_TABS]
        lists = ["/viec", "/ke-hoach", "/so-van-ban", "/bao-cao", "/thiet-ke", "/tro-giup"]
        for path in [*lists, house.task("trinh_ky"), *tabs]:
            tab.goto(f"{address}{path}")
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # the words that it takes
                for size in (PHONE, PC):
                    tab.set_viewport_size(size)
                    fits(tab)
        assert not seen.complaints
        assert not seen.strangers
        context.close()


def test_a_row_is_one_target_and_the_skip_link_comes_first(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    with served(house.app) as address:
        tab = chromium.new_page(viewport=PHONE)
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}/viec")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        box = tab.locator(".row").bounding_box()
        assert box
        tab.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
        tab.wait_for_url(f"**{house.task('trinh_ky')}")
        tab.context.close()


def test_the_decision_page_shows_what_matters_without_scrolling(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}{house.task('trinh_ky')}")
        for words in ("chưa có số", "Còn 3 ngày – 21/07/2022", "4/4 cơ quan đã trả lời"):
            box = tab.get_by_text(words).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < 760, words
        bar = tab.locator(".bar").bounding_box()
        assert bar is not None
        assert bar["y"] + bar["height"] <= PHONE["height"] + 1
        tab.locator(".bar a.seal").click()
        field = tab.locator("#o-ma_ky").bounding_box()
        assert field is not None
        assert 0 <= field["y"] < 700
        tab.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_letter_to_the_decision_in_two_taps(stage: Stage, chromium: Browser, scripts: bool) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    with served(house.app) as address:
        context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts)
        tab = context.new_page()
        sign_in(tab, address, house.login("the_thuc"), remember=True)
        context.clear_cookies(name="phien")
        tab.goto(f"{address}{path}")  # the tap in the letter
        tab.locator(".bar button").first.click()
        tab.wait_for_url("**/ket-qua")
        assert "Cho ý kiến về dự thảo" in tab.inner_text("main")
        context.close()
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_a_scanner_that_opens_the_link_in_a_browser_decides_nothing(stage: Stage, chromium: Browser) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    with served(house.app) as address:
        tab = chromium.new_context().new_page()
        tab.goto(f"{address}{path}")
        for button in tab.locator("main button").all():
            button.click(timeout=1000)
        tab.context.close()
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_keys_walk_the_rows_and_none_decides(stage: Stage, chromium: Browser) -> None:
    house: House = stage("in_force")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, house.login("thu_truong", house.cast.office.drafting_unit_id))
        tab.goto(f"{address}/ke-hoach")
        tab.keyboard.press("/")
        assert tab.evaluate("document.activeElement.id") == "tim"
        tab.keyboard.type("jk")
        assert tab.input_value("#tim") == "jk"
        tab.goto(f"{address}/viec")
        tab.keyboard.press("j")
        assert "whole" in tab.evaluate("document.activeElement.className")
        tab.context.close()


def test_a_sheet_prints_without_navigation(stage: Stage, chromium: Browser) -> None:
    house = stage("in_force")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PC).new_page()
        sign_in(tab, address, house.login("van_thu"))
        tab.goto(f"{address}/so-van-ban")
        tab.emulate_media(media="print")
        assert not tab.locator(".top").is_visible()
        assert tab.locator(".only-print").first.is_visible()
        assert tab.locator("table").is_visible()
        tab.context.close()


def test_the_header_of_a_phone_takes_two_rows_at_most(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    with served(house.app) as address:
        tab = chromium.new_context(viewport={"width": 320, "height": 844}).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        for width in (320, 390):
            tab.set_viewport_size({"width": width, "height": 844})
            tab.evaluate("document.querySelector('.me-name').textContent = 'Nguyễn Thị Hoàng Phương Thảo Nguyên'")
            header = tab.locator(".top").bounding_box()
            assert header is not None
            assert header["height"] <= 112, width
        tab.context.close()


def test_the_diagram_opens_at_the_step_that_waits_and_fits_without_scripts(stage: Stage, chromium: Browser) -> None:
    house = stage("signing")
    with served(house.app) as address:
        tab = chromium.new_context(viewport=PHONE).new_page()
        sign_in(tab, address, house.login("chu_tich"))
        tab.goto(f"{address}{house.plan}/so-do")
        live, frame = tab.locator("#dang-o-day").bounding_box(), tab.locator(".diagram").bounding_box()
        assert live is not None
        assert frame is not None
        assert frame["x"] <= live["x"] <= frame["x"] + frame["width"] - live["width"]
        assert frame["y"] <= live["y"] <= frame["y"] + frame["height"] - live["height"]
        current = tab.locator(".tabs [aria-current]").bounding_box()
        assert current is not None
        assert 0 <= current["x"] < PHONE["width"] - current["width"]
        state = tab.context.storage_state()
        plain = chromium.new_context(viewport=PHONE, java_script_enabled=False, storage_state=state).new_page()
        plain.goto(f"{address}{house.plan}/so-do")
        plain.get_by_text("Thu vừa màn hình").click()
        whole = plain.locator(".diagram svg").bounding_box()
        assert whole is not None
        assert whole["width"] <= PHONE["width"]
        plain.get_by_text("Xem cỡ thật").click()
        plain.context.close()
        tab.context.close()
