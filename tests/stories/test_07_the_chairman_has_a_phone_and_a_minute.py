"""A letter over real SMTP, a phone-size browser without JavaScript: read, sign in three taps, and the plan moves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from notifications.channels.memory import MemoryChannel
from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.deliver import deliver
from notifications.smtp_post_office import PostOffice
from service.app import create_app
from service.auth.passwords import hash_password
from service.settings import Settings
from tests.databases import SqliteTemplate
from tests.pages.served import free_port, served
from tests.shelf import Files
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import revise_plan
from workflows.store import accounts, clockwork, directory
from workflows.store.screens.security import MAIL_CODES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "Một mật khẩu đủ dài"
PHONE = {"width": 390, "height": 844}


@dataclass
class Phone:
    """A phone's browser that counts taps."""

    page: Page
    taps: int = field(default=0)

    def open_letter_link(self, url: str) -> None:
        """The tap on the link in the letter."""
        self.taps += 1
        self.page.goto(url)

    def tap(self, selector: str) -> None:
        """One tap."""
        self.taps += 1
        self.page.locator(selector).first.click()

    def text(self) -> str:
        """What can be read."""
        return self.page.locator("body").inner_text()


@dataclass
class Scene:
    """The office with its plan before the Chairman, its post office, and its pages on a real socket."""

    cast: Cast
    office: PostOffice
    url: str
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def send_letters(self) -> None:
        """Everything that is to be told leaves by SMTP."""
        settings = ChannelSettings("127.0.0.1", self.office.port, "kehoach@ubnd.example", self.url, tls="none")
        deliver(
            self.cast.database,
            self.cast.now,
            SmtpChannel(settings),
            base_url=self.url,
            tokens=lambda: f"{next(self.numbers):04x}{'a' * 28}",
        )

    def link_in_letter_to(self, address: str, subject: str) -> str:
        """The one link of the newest letter of this kind to this address."""
        letter = next(
            one for one in self.office.letters if one.recipient == address and one.subject.startswith(subject)
        )
        (link,) = set(re.findall(r"http://\S+/x/\w+", letter.text))
        return str(link)

    def phone(self, login: str | None) -> Phone:
        """A phone without JavaScript; with a login it is one on which that person signed in before."""
        page = self.tab(viewport=PHONE, java_script_enabled=False, locale="en-US")
        if login:
            page.goto(f"{self.url}/dang-nhap")
            sign_in(page, login)
        return Phone(page)

    def tab(self, **habits: Any) -> Page:
        """A tab of a browser that nobody used before."""
        self.contexts.append(self.chromium.new_context(**habits))
        return self.contexts[-1].new_page()


def sign_in(page: Page, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


@pytest.fixture(scope="module")
def submitted(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Cast]:
    """The plan lies before the Chairman, who has an account: brought so far once, copied for each test."""
    shelf = Files(sqlite_template, tmp_path_factory.mktemp("submitted"))
    database = shelf.begin()
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))
    cast.import_and_start()
    cast.pass_to_signature()
    chairman = cast.actor("chu_tich")
    with database.write() as connection:
        clockwork.set_setting(connection, MAIL_CODES, True, now=cast.now, by=None)
        accounts.add_account(connection, int(chairman.person or 0), "chutich", hash_password(PASSWORD))
    shelf.keep("submitted")
    database.close()
    return shelf, cast


@pytest.fixture
def scene(submitted: tuple[Files, Cast], chromium: Browser, tmp_path: Path) -> Iterator[Scene]:
    """The office, its post office and its pages."""
    shelf, made = submitted
    with ExitStack() as stack:
        database = shelf.copy("submitted", tmp_path)
        stack.callback(database.close)
        cast = replace(made, database=database, channel=MemoryChannel())
        office = PostOffice()
        office.start()
        stack.callback(office.stop)
        port, numbers = free_port(), count()
        settings = Settings(data_dir=tmp_path, base_url=f"http://127.0.0.1:{port}")
        app = create_app(settings, database, lambda: cast.now, lambda: f"{next(numbers):06d}{'t' * 26}")
        url = stack.enter_context(served(app, port))
        scene = Scene(cast, office, url, chromium)
        yield scene
        for context in scene.contexts:
            context.close()


def type_code(scene: Scene, phone: Phone) -> None:
    """Ask for a code, read it in the letter, and type it."""
    phone.tap("button[name=xin_ma]")
    scene.send_letters()
    letter = next(one for one in scene.office.letters if one.subject.startswith("[Mã ký]"))
    (code,) = re.findall(r"là (\d{6})", letter.text)
    phone.page.get_by_label("Mã xác nhận").fill(code)


def chairman_address(scene: Scene) -> str:
    with scene.cast.database.read() as connection:
        return directory.person(connection, int(scene.cast.actor("chu_tich").person or 0)).email or ""


def test_the_chairman_signs_from_the_letter_in_three_taps(scene: Scene) -> None:
    phone = scene.phone("chutich")
    scene.send_letters()
    phone.open_letter_link(scene.link_in_letter_to(chairman_address(scene), "[Cần ký"))
    assert "Truyền thông nâng cao chỉ số cải cách hành chính" in phone.text()
    type_code(scene, phone)
    phone.tap("button[value=ky]")
    assert phone.taps <= 3
    assert scene.cast.waiting_at() == {"cap_so"}
    assert "Cấp số" in phone.text()
    phone.page.goto(f"{scene.url}/ke-hoach/{scene.cast.plan_id}")
    assert "Cấp số, ngày văn bản" in phone.text()


def test_looking_at_the_link_changes_nothing(scene: Scene) -> None:
    scene.send_letters()
    link = scene.link_in_letter_to(chairman_address(scene), "[Cần ký")
    for _ in range(3):
        scanner = scene.tab(java_script_enabled=True)
        scanner.goto(link)
        scanner.close()
    assert scene.cast.waiting_at() == {"trinh_ky"}
    phone = scene.phone("chutich")
    phone.open_letter_link(link)
    type_code(scene, phone)
    phone.tap("button[value=ky]")
    assert scene.cast.waiting_at() == {"cap_so"}


def test_a_forwarded_link_asks_who_is_there(scene: Scene) -> None:
    scene.send_letters()
    stranger = scene.phone(None)
    stranger.open_letter_link(scene.link_in_letter_to(chairman_address(scene), "[Cần ký"))
    assert stranger.page.locator("button[value=ky]").count() == 0
    assert "Đăng nhập" in stranger.text()
    assert scene.cast.waiting_at() == {"trinh_ky"}


def test_a_used_link_says_what_became_of_it(scene: Scene) -> None:
    scene.send_letters()
    link = scene.link_in_letter_to(chairman_address(scene), "[Cần ký")
    scene.cast.act("trinh_ky", {"ket_qua": "ky"})
    phone = scene.phone("chutich")
    phone.open_letter_link(link)
    assert phone.page.locator("button[value=ky]").count() == 0
    assert scene.cast.actor("chu_tich").name in phone.text()


def test_the_draft_changed_while_the_phone_lay_on_the_table(scene: Scene) -> None:
    scene.send_letters()
    phone = scene.phone("chutich")
    phone.open_letter_link(scene.link_in_letter_to(chairman_address(scene), "[Cần ký"))
    type_code(scene, phone)
    changed = scene.cast.text.replace("Hàng năm", "Hằng năm", 1)
    revise_plan(scene.cast.drafter(), scene.cast.plan_id, changed, "Sửa lỗi chính tả", seen_version=1)
    phone.tap("button[value=ky]")
    assert "phiên bản mới" in phone.text()
    assert scene.cast.waiting_at() == {"trinh_ky"}
    scene.send_letters()
    phone.open_letter_link(scene.link_in_letter_to(chairman_address(scene), "[Liên kết mới"))
    assert "phiên bản 2" in phone.text().lower()
