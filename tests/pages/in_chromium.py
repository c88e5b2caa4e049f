"""What tests do in a tab of Chromium as a person would."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pages.conftest import PASSWORD


def sign_in(tab: Page, address: str, login: str, *, remember: bool = False) -> None:
    """Open the page on which one signs in, and do."""
    tab.goto(f"{address}/dang-nhap")
    fill_in(tab, login, remember=remember)


def fill_in(tab: Page, login: str, *, remember: bool = False) -> None:
    """Sign in on the page that asks for it."""
    tab.fill("#o-ten_dang_nhap", login)
    tab.fill("#o-mat_khau", PASSWORD)
    if remember:
        tab.check("#o-nho")
    tab.click("form.card button:not([type=button])")
