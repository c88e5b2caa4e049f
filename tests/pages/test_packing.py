"""Pages travel packed; the form token is another text on every page, and a page with a secret address travels plain."""

from __future__ import annotations

from service.auth.form_tokens import FIELD, is_same, marked
from tests.pages.conftest import Stage
from tests.pages.test_link import link_for


def test_a_token_counts_bare_and_as_a_page_showed_it() -> None:
    assert is_same("token", "token")
    assert is_same("token", marked("token", "pad"))
    assert not is_same("token", marked("other", "pad"))
    assert not is_same("token", marked("token", "pad").replace("pad", "dap"))
    assert not is_same("token", "pad.")
    assert not is_same("token", "")


def test_two_pages_show_two_tokens_and_both_count(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    first, second = (browser.get("/toi").form("/toi").filled()[FIELD] for _ in range(2))
    assert first != second
    for token in (first, second):
        page = browser.submit(browser.get("/toi"), "/toi", {FIELD: token, "giao_dien": "dark"})
        assert "Đã lưu" in page.text


def test_pages_are_packed_but_for_those_with_a_secret_address(stage: Stage) -> None:
    house = stage("consulting")
    browser = house.browser("chu_tich")
    assert browser.http.get("/toi").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in browser.http.get("/toi", headers={"accept-encoding": "identity"}).headers
    link = link_for(house, "lay_y_kien", body=True)
    assert "content-encoding" not in house.browser().http.get(link).headers
