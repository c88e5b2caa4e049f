"""The demo's mailbox shows letters as text with links of our own pages; nothing in a letter runs or leads elsewhere."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from notifications.smtp_post_office import PostOffice
from service.app import create_app
from service.settings import Settings
from tests.pages.conftest import Stage
from tests.pages.page_client import Browser


def letter(subject: str, text: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@x.example", subject
    mail["Message-ID"] = "<1@x.example>"
    mail.set_content(text)
    mail.add_alternative("<script>alert(1)</script><p>HTML</p>", subtype="html")
    return mail.as_bytes()


def test_letters_are_listed_and_read(stage: Stage, tmp_path: Path) -> None:
    house = stage("drafting")
    office = PostOffice()
    text = "Mở http://testserver/x/abc. Không mở https://evil.example/x <b>đậm</b>"
    office.take("a@x.example", ["b@x.example"], letter("[Cần ký] Kế hoạch <i>", text))
    settings = Settings(base_url="http://testserver", data_dir=tmp_path, demo=True)
    numbers = iter(range(1000))
    app = create_app(
        settings, house.cast.database, lambda: house.cast.now, lambda: f"{next(numbers):032d}", post_office=office
    )
    browser = Browser(app)
    listed = browser.get("/hop-thu")
    assert "[Cần ký] Kế hoạch <i>" in listed.text
    page = browser.get(next(link for link in listed.links if link.startswith("/hop-thu/")))
    assert "/x/abc" in page.links
    assert not [link for link in page.links if "evil" in link]
    assert "<b>đậm</b>" in page.text
    assert "alert(1)" not in page.html
    browser.get("/hop-thu/khong-co", status=404)


def test_the_sign_in_page_of_the_demo_offers_accounts(stage: Stage) -> None:
    house = stage("drafting", demo=True)
    page = house.browser().get("/dang-nhap")
    assert house.login("chu_tich") in page.text
    assert "kehoach2026" in page.text
    empty = house.browser().get("/hop-thu")
    assert "Chưa có thư nào" in empty.text
