"""Gửi thử: one notice by one way to oneself, at most one a minute and way, and the page says how it ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.channels.error import ChannelError
from notifications.send import send_due
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page
from workflows.store import ways_out
from workflows.store.deliveries import Letter

HERE = "/toi/thong-bao"
TRY = f"{HERE}/gui-thu"


class Way:
    """A way out that keeps what it is given, or refuses it."""

    def __init__(self, name: str, refusal: ChannelError | None = None) -> None:
        self.name, self.refusal, self.letters = name, refusal, list[Letter]()

    def send(self, letter: Letter) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.letters.append(letter)

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("drafting")


def tried(browser: Browser, page: Page, way: str, status: int = 200) -> Page:
    form = next(each for each in page.forms if each.action == TRY and each.filled()["cach"] == way)
    return browser.send(page, form, status=status)


def person(house: House, role: str) -> int:
    return int(house.login(role).removeprefix("u"))


def test_a_letter_arrives_and_the_page_says_so(house: House) -> None:
    browser = house.browser("chu_tich")
    page = tried(browser, browser.get(HERE), "mail")
    assert "Đang chờ gửi" in page.text
    house.letters()
    letters = [each for each in house.cast.channel.letters if each.subject.startswith("[Gửi thử]")]
    assert [each.person_id for each in letters] == [person(house, "chu_tich")]
    assert HERE in letters[0].text
    assert "Đã gửi đi và nơi chuyển đã nhận" in browser.get(HERE).text


def test_once_a_minute_and_way(house: House) -> None:
    browser = house.browser("chu_tich")
    page = tried(browser, browser.get(HERE), "mail")
    refused = tried(browser, page, "mail", status=429)
    assert "Hãy chờ một phút rồi gửi thử lại" in refused.text
    house.letters()
    house.cast.now += timedelta(seconds=59)
    tried(browser, browser.get(HERE), "mail", status=429)
    house.cast.now += timedelta(seconds=1)
    tried(browser, browser.get(HERE), "mail")
    house.letters()
    assert sum(each.subject.startswith("[Gửi thử]") for each in house.cast.channel.letters) == 2


def test_a_letter_that_is_refused_says_why_and_no_clerk_hears_of_it(house: House) -> None:
    browser = house.browser("chu_tich")
    tried(browser, browser.get(HERE), "mail")
    house.letters_sent += 1
    send_due(house.cast.database, house.cast.now, Way("mail", ChannelError("550 no such mailbox", permanent=True)))
    page = browser.get(HERE)
    assert "Không gửi được" in page.text and "550 no such mailbox" in page.text
    house.letters()
    assert not [each for each in house.cast.channel.letters if "không gửi được" in each.subject.casefold()]


def test_a_device_says_only_what_it_always_says_and_a_channel_that_it_is_a_trial(house: House) -> None:
    mine = person(house, "chu_tich")
    device = {"person_id": mine, "endpoint": "https://fcm.googleapis.com/x", "p256dh": "B", "auth": "a", "label": "Máy"}
    with house.cast.database.write() as connection:
        ways_out.subscribe(connection, {**device, "made_at": house.cast.now})
        other = {"person_id": mine, "url": "tgram://1:bi-mat/2", "label": "Nhóm", "events": [], "made_by": "x"}
        channel_id = ways_out.add_other_address(connection, {**other, "made_at": house.cast.now})
        (bell,) = ways_out.subscriptions_of(connection, mine)
    browser = house.browser("chu_tich")
    tried(browser, browser.get(HERE), f"push:{bell.id}")
    tried(browser, browser.get(HERE), f"apprise:{channel_id}")
    push, apprise = Way("push"), Way("apprise", ChannelError("tgram://… did not take it"))
    send_due(house.cast.database, house.cast.now, None, others=(push, apprise))
    assert [each.text for each in push.letters] == ["Có việc mới"]
    page = browser.get(HERE)
    assert "Đã gửi đi" in page.text and "Chưa gửi được; hệ thống sẽ thử lại" in page.text
    assert "bi-mat" not in page.html


def test_nobody_tries_the_way_of_another_or_one_that_is_not_there(house: House) -> None:
    with house.cast.database.write() as connection:
        other = {"person_id": person(house, "chu_tich"), "url": "tgram://1:x/2", "label": "", "events": []}
        channel_id = ways_out.add_other_address(connection, {**other, "made_at": house.cast.now, "made_by": "x"})
    stranger = house.browser("van_thu")
    sent = stranger.get(HERE).form(TRY).filled()
    for way in (f"apprise:{channel_id}", "push:99", "webhook:1", "sms", ""):
        assert stranger.http.post(TRY, data={**sent, "cach": way}).status_code == 404, way
    with house.cast.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox WHERE kind = 'way_tried'").scalar_one() == 0
