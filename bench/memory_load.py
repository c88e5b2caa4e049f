"""What people do to a web process while its memory is measured: each a browser that looks, searches, fetches, acts."""

from __future__ import annotations

import http.cookiejar
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.pages.conftest import PASSWORD
from tests.pages.page_client import Page

WORDS = ("tuyên truyền", "cải cách", "thủ tục", "không có từ này", "hội nông dân", "2026")
RETURN = {"ket_qua": "tra_lai", "ly_do": "Sửa lại mục II cho rõ hơn trước khi trình"}


@dataclass(frozen=True)
class Person:
    """Who works: the sign-in name and role, a plan in force, and one that goes to and fro between two steps."""

    login: str
    role: str
    in_force: int
    on_its_way: int


# The kind of a request, how often it is made, its address or the act.
Kinds = list[tuple[str, int, Callable[["Browser", random.Random], object]]]


class Browser:
    """One signed-in browser."""

    def __init__(self, address: str, login: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        page = self.get("/dang-nhap")
        form = next(each for each in page.forms if any(control.kind == "password" for control in each.controls))
        fields = form.filled()
        names = [each.name for each in form.controls if each.kind in ("text", "password")]
        fields |= dict(zip(names, (login, PASSWORD), strict=False))
        self.post(form.action or "/dang-nhap", fields)

    def fetch(self, path: str) -> bytes:
        """The bytes behind an address."""
        with self._opener.open(self._address + path, timeout=120) as answer:
            return bytes(answer.read())

    def get(self, path: str) -> Page:
        """A page, taken apart."""
        return Page(path, 200, self.fetch(path).decode(), {})

    def post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form; who comes too late is told so, which is no failure."""
        body = urllib.parse.urlencode(fields).encode()
        asked = urllib.request.Request(self._address + path, body, {"Origin": self._address})
        try:
            with self._opener.open(asked, timeout=120) as answer:
                answer.read()
        except urllib.error.HTTPError as error:
            error.read()
            if error.code not in (409, 410, 422):
                raise


def works_of(person: Person) -> Kinds:
    """What this person does, and how often."""
    force, way = f"/ke-hoach/{person.in_force}", f"/ke-hoach/{person.on_its_way}"
    tabs = ("", "/tien-trinh", "/nhiem-vu", "/nhat-ky")
    kinds: Kinds = [
        ("inbox", 6, lambda browser, rng: browser.fetch("/viec")),
        ("plans", 3, lambda browser, rng: browser.fetch("/ke-hoach")),
        (
            "plan",
            6,
            lambda browser, rng: browser.fetch(force + rng.choice(tabs)),
        ),
        ("diagram", 1, lambda browser, rng: browser.fetch(f"{force}/so-do")),
        ("search", 3, lambda browser, rng: browser.fetch(f"/tim?tu={urllib.parse.quote(rng.choice(WORDS))}")),
        ("pdf", 1, lambda browser, rng: browser.fetch(f"{way}/van-ban/ke_hoach.pdf")),
        ("docx", 1, lambda browser, rng: browser.fetch(f"{way}/van-ban/ke_hoach.docx")),
        ("xlsx", 2, lambda browser, rng: browser.fetch("/viec/tai-ve?dang=xlsx")),
        ("calendar", 2, lambda browser, rng: browser.fetch(f"{force}/lich.ics")),
    ]
    if person.role in ("can_bo", "thu_truong"):
        kinds.append(("task", 6, lambda browser, rng: _act(browser, person, rng)))
    return kinds


def _act(browser: Browser, person: Person, rng: random.Random) -> None:
    """Open a task of the inbox and hand it in: a draft on to its check, a check back to its draft."""
    found = re.findall(r'href="(/viec/\d+-\d+)"', browser.fetch("/viec").decode())
    if not found:
        return
    address = rng.choice(found)
    page = browser.get(address)
    form = next((each for each in page.forms if each.action == address), None)
    if form is None:
        return
    fields = form.filled()
    names = {each.name for each in form.controls}
    if person.role == "thu_truong" and "ket_qua" in names:
        fields |= RETURN
    browser.post(address, fields)


class Work:
    """All that is done to one server, counted."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kinds: Counter[str] = Counter()
        self.failures: list[str] = []
        self.signed_in = threading.Semaphore(0)

    @property
    def answered(self) -> int:
        """How many requests were answered (an act is three)."""
        return sum(self.kinds.values()) + 2 * self.kinds["task"]

    def await_answer(self) -> None:
        """Until the server answers."""
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.address}/livez", timeout=5).read()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise RuntimeError("the server did not start")

    def go_on(self, person: Person, kinds: Kinds, seed: int, over: threading.Event) -> None:
        """Do one thing after the other until it is over."""
        rng = random.Random(seed)
        try:
            browser = Browser(self.address, person.login)
            self.signed_in.release()
            while not over.is_set():
                kind, _, act = rng.choices(kinds, [often for _, often, _ in kinds])[0]
                act(browser, rng)
                self.kinds[kind] += 1
        except Exception as error:  # told at the end, and the end is now
            where = getattr(error, "url", "")
            self.failures.append(f"{person.role}: {error!r} {where}")
