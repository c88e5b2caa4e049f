"""Twenty people press the same button at once, over real sockets: one decides, the others are told who did (G4)."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.actions.colleagues import join
from tests.actions.small_office import REASON, started
from tests.conftest import KINDS
from tests.nightly import size
from tests.pages.conftest import PASSWORD, house_of, open_accounts
from tests.pages.page_client import HOST, Browser
from tests.pages.served import served
from tests.stories.cast import Cast
from workflows.engine import Actor
from workflows.store.database import Database

from .right import log_wrong, rows_wrong
from .told import tell

CLIENTS = 20
PATIENCE = 60  # seconds; a busy machine is no failure
STEP = "soan_thao"


@dataclass
class Pressing:
    """One signed-in person with the filled form of the draft, and the client that sends it."""

    by: Actor
    client: httpx.Client
    fields: dict[str, str]
    answer: httpx.Response | None = None
    seconds: float = 0.0

    def press(self, task_id: str, ready: threading.Barrier) -> None:
        """Send the form the moment that everybody is ready."""
        self.answer = None
        ready.wait()
        began = time.perf_counter()
        self.answer = self.client.post(f"/viec/{task_id}", data=self.fields)
        self.seconds = time.perf_counter() - began


@pytest.mark.parametrize("database", [KINDS[1], KINDS[2]], indirect=True)
def test_of_twenty_who_press_at_once_one_decides(database: Database, tmp_path: Path) -> None:
    cast = started(database)
    staff = [join(cast, f"Cán bộ {number:02d} Nguyễn", "can_bo").by for number in range(CLIENTS)]
    open_accounts(cast)
    house = house_of(cast, tmp_path)
    rounds, times = size(1, 200), []
    with served(house.app) as address:
        pressing = [_ready(Browser(house.app), by, house.task(STEP), address) for by in staff]
        for _ in range(rounds):
            times += _round(cast, pressing)
            _draft_again(cast)
        for each in pressing:
            each.client.close()
    times.sort()
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    tell(f"{kind}: {rounds} rounds of {CLIENTS}: p50 {p50:.0f} ms, p99 {p99:.0f} ms from the press to the answer")
    assert [*log_wrong(database), *rows_wrong(database)] == []


def _ready(browser: Browser, by: Actor, page: str, address: str) -> Pressing:
    """Signed in, with the form before the eyes."""
    browser.sign_in(f"u{by.person}", PASSWORD)
    fields = browser.get(page).form(page).filled()
    headers = {"host": HOST.removeprefix("http://")}
    cookies = dict(browser.http.cookies)
    return Pressing(by, httpx.Client(base_url=address, cookies=cookies, headers=headers, timeout=PATIENCE), fields)


def _round(cast: Cast, pressing: list[Pressing]) -> list[float]:
    """All press at once; how long each waited for its answer."""
    (task,) = cast.open(STEP)
    ready = threading.Barrier(len(pressing))
    threads = [threading.Thread(target=each.press, args=(task.id, ready)) for each in pressing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [(each.by.name, each.answer) for each in pressing if each.answer is not None]
    assert len(answers) == len(pressing)
    winners = [name for name, answer in answers if answer.status_code == 303]
    assert len(winners) == 1, sorted(answer.status_code for _, answer in answers)
    for name, answer in answers:
        if name not in winners:
            assert answer.status_code == 409, answer.text
            assert winners[0] in answer.text
    return [each.seconds for each in pressing]


def _draft_again(cast: Cast) -> None:
    """The head sends it back, and it is again everybody's."""
    cast.act("kiem_tra_noi_dung", {"ket_qua": "tra_lai", "ly_do": REASON})
    (task,) = cast.open(STEP)
    assert task.assignee is None
