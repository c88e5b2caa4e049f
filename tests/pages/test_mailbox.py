"""The demo's mailbox shows letters as they were designed and as text; nothing in a letter runs or is fetched."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser as Chromium

from notifications.smtp_post_office import PostOffice
from service.app import create_app
from service.settings import Settings
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from tests.pages.served import free_port, served

HOSTILE = (
    '<html><head><title>x</title></head><body><script>document.title = "ran"</script>'
    '<p>Thư có <a href="{base}/tro-giup">liên kết</a></p><img src="https://evil.example/seen.png" alt="">'
    '<img src="{base}/static/icon.svg" onload="document.title = 1" alt="">'
    '<form action="{base}/dang-xuat" method="post">'
    "<button>gửi</button></form></body></html>"
)


def letter(subject: str, text: str, html: str = "<script>alert(1)</script><p>HTML</p>") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@x.example", subject
    mail["Message-ID"] = "<1@x.example>"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    return mail.as_bytes()


def demo_of(house: House, folder: Path, office: PostOffice, base_url: str = "http://testserver") -> FastAPI:
    """The pages of the demonstration over the house's database, with these letters."""
    numbers = count()
    settings = Settings(base_url=base_url, data_dir=folder, demo=True)
    return create_app(
        settings, house.cast.database, lambda: house.cast.now, lambda: f"{next(numbers):032d}", post_office=office
    )


def test_letters_are_listed_and_read(stage: Stage, tmp_path: Path) -> None:
    house = stage("drafting")
    office = PostOffice()
    text = "Mở http://testserver/x/abc. Không mở https://evil.example/x <b>đậm</b>"
    office.take("a@x.example", ["b@x.example"], letter("[Cần ký] Kế hoạch <i>", text))
    browser = Browser(demo_of(house, tmp_path, office))
    listed = browser.get("/hop-thu")
    assert "[Cần ký] Kế hoạch <i>" in listed.text
    page = browser.get(next(link for link in listed.links if link.startswith("/hop-thu/")))
    assert "/x/abc" in page.links
    assert not [link for link in page.links if "evil" in link]
    assert "<b>đậm</b>" in page.text
    assert "alert(1)" not in page.html  # it stands in a frame of its own
    browser.get("/hop-thu/khong-co", status=404)


@pytest.mark.browser
def test_the_designed_part_is_seen_in_a_frame_where_nothing_runs_and_links_leave_it(
    stage: Stage, tmp_path: Path, chromium: Chromium
) -> None:
    port, kept_back = free_port(), dict[str, str | None]()
    office, base = PostOffice(), f"http://127.0.0.1:{port}"
    office.take("a@x.example", ["b@x.example"], letter("Thư", f"{base}/x/{'a' * 80}", HOSTILE.format(base=base)))
    with served(demo_of(stage("drafting"), tmp_path, office, base), port) as address:
        tab = chromium.new_page(viewport={"width": 390, "height": 844})
        tab.on("requestfailed", lambda request: kept_back.update({request.url: request.failure}))
        tab.goto(f"{address}/hop-thu/{office.letters[0].id}")
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
        frame = tab.frame_locator("iframe.letter-frame")
        assert frame.locator("p").inner_text() == "Thư có liên kết"
        assert tab.frames[1].title() == "x" and tab.title().startswith("Thư")
        pictures = ("https://evil.example/seen.png", f"{address}/static/icon.svg")
        assert kept_back == dict.fromkeys(pictures, "csp")
        frame.locator("button").click()
        assert tab.frames[1].url.endswith("/thu")
        frame.get_by_text("liên kết").click()
        tab.wait_for_url(f"{address}/tro-giup")
        tab.context.close()


def test_the_sign_in_page_of_the_demo_offers_accounts(stage: Stage) -> None:
    house = stage("drafting", demo=True)
    page = house.browser().get("/dang-nhap")
    assert house.login("chu_tich") in page.text
    assert "kehoach2026" in page.text
    empty = house.browser().get("/hop-thu")
    assert "Chưa có thư nào" in empty.text
