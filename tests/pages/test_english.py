"""English: the catalogue says all that the source says, and pages show no other Vietnamese than data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlalchemy import select

from service.languages import extract
from service.languages.catalogue import catalogue
from service.languages.current import LANGUAGES, SOURCE, speaking
from service.languages.literals import is_vietnamese
from service.words import dates, vi
from service.words.refusals import sentence_of
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from tests.pages.test_every_page import LISTS
from workflows.errors import Reason
from workflows.store import display
from workflows.store.tables import metadata

ROOT = Path(__file__).parents[2]
OF_CLERKS = ("/so-van-ban", "/so-van-ban-den", "/thiet-lap", "/thiet-lap-van-thu", "/so-van-ban/chua-xac-nhan")
TOLD = {"title", "aria-label", "placeholder", "alt", "label"}
FILES = re.compile(r"/(tai-ve|tep)(/|$|\?)|\.\w+($|\?)|/van-ban/|^/static/")
PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != SOURCE])
def test_the_catalogue_says_what_the_source_says(language: str) -> None:
    """A missing message: `python -m service.languages.extract --write` puts its skeleton into the catalogue."""
    assert not extract.faults(language, extract.messages())
    assert language in display.LANGUAGES


@pytest.mark.parametrize("name", ["drafting", "checking", "consulting", "answering", "signing", "numbering", "issuing"])
def test_no_vietnamese_but_data_where_people_decide(stage: Stage, name: str) -> None:
    house = stage(name)
    tasks = {task.form or "": task for task in house.cast.open()}
    tabs = [f"{house.plan}/{tab}".rstrip("/") for tab, _ in vi.PLAN_TABS]
    leaks: dict[str, str] = {}
    for task in tasks.values():
        role, _, body_id = task.groups[0].partition("@")
        browser = _english_browser(house, role, int(body_id))
        told = [f"/viec/{task.id}", *tabs]
        leaks |= _leaks(house, ((path, browser.get(path).html) for path in told))
        tabs = []
    assert not leaks, _said(leaks)


def test_no_vietnamese_but_data_wherever_links_lead(stage: Stage) -> None:
    house = stage("in_force")
    kinds: set[str] = set()
    head = _english_browser(house, "thu_truong", house.cast.office.drafting_unit_id)
    pages = dict(_reached(head, [*LISTS], kinds))
    assert len(pages) > 60
    pages |= dict(_reached(_english_browser(house, "van_thu", None), [*OF_CLERKS], kinds))
    leaks = _leaks(house, pages.items())
    assert not leaks, _said(leaks)


def test_sentences_count_and_say_days_as_english_does() -> None:
    at = datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)
    with speaking("en"):
        assert dates.lateness(at, at + timedelta(days=1)).words == "1 day overdue – 2 March 2026"
        assert dates.lateness(at, at + timedelta(days=2)).words == "2 days overdue – 2 March 2026"
        assert dates.period_said("2026-Q3") == "Q3 2026"
        assert dates.figure_words(Decimal("1234567.5")) == "1,234,567.5"
        assert sentence_of(Reason("FIELD_REQUIRED", {"field": "ly_do"})).startswith("Reason is empty. ")
    assert dates.lateness(at, at + timedelta(days=1)).words == "Quá hạn 1 ngày – 02/03/2026"


def test_a_language_that_nobody_knows_is_vietnamese(stage: Stage) -> None:
    browser = stage("empty").browser()
    browser.submit(browser.get("/dang-nhap"), "/ngon-ngu", {"ngon_ngu": "xx", "tiep_tuc": "/tro-giup"})
    assert browser.get("/tro-giup").h1 == "Trợ giúp"
    browser.speak(browser.get("/tro-giup"), "en")
    assert browser.get("/tro-giup").h1 == "Help"
    assert browser.get("/khong-co", 404).title.startswith("Page not found")


def test_a_person_reads_in_the_chosen_language_wherever_they_sign_in(stage: Stage) -> None:
    house = stage("drafting")
    here, there = house.browser("thu_truong"), house.browser("thu_truong")
    page = here.get("/toi")
    here.speak(page, "en")
    assert here.get("/viec").h1.startswith("To do")
    assert there.http.get("/viec").status_code == 200  # the page on which the other browser hears of it
    assert there.get("/viec").h1.startswith("To do")
    later = Browser(house.app)
    signing_in = later.get("/dang-nhap")
    typed = {"ten_dang_nhap": house.login("thu_truong"), "mat_khau": PASSWORD}
    assert later.submit(signing_in, "/dang-nhap", typed).lang == "en"


def _english_browser(house: House, role: str, body_id: int | None) -> Browser:
    browser = house.browser(role, body_id)
    browser.speak(browser.get("/viec"), "en")
    return browser


def _leaks(house: House, pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Vietnamese on these pages that is no data of the office, and where."""
    data, checked, leaks = _data_of(house), set[str](), dict[str, str]()
    for path, html in pages:
        for phrase in _phrases(html):
            if phrase not in checked and phrase not in data:
                leaks[phrase] = path
            checked.add(phrase)
    return leaks


def _said(leaks: dict[str, str]) -> str:
    return json.dumps(leaks, ensure_ascii=False, indent=1)


def _reached(browser: Browser, waiting: list[str], kinds: set[str]) -> Iterator[tuple[str, str]]:
    """Every page of our own that a person can reach by links, one of each kind of address that is not known yet."""
    while waiting:
        path = waiting.pop(0)
        response = browser.http.get(path, follow_redirects=True)
        if not response.headers["content-type"].startswith("text/html"):
            continue
        assert response.status_code in (200, 403, 404), path
        assert '<html lang="en"' in response.text
        yield path, response.text
        for link in re.findall(r'href="(/[^"]*)"', response.text):
            kind = re.sub(r"\d+", "1", link.partition("?")[0])
            if kind not in kinds and not FILES.search(link):
                kinds.add(kind)
                waiting.append(link)


class _Told(HTMLParser):
    """What a page tells, piece by piece, but for what a template itself says to be Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._foreign = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("lang", "vi") in attrs and tag != "span":
            self._foreign = tag
        self.pieces += [value for name, value in attrs if name in TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._foreign:
            self._foreign = ""

    def handle_data(self, data: str) -> None:
        if not self._foreign:
            self.pieces.append(data)


def _phrases(html: str) -> Iterator[str]:
    """Runs of words with a letter of Vietnamese, without the English words around them."""
    told = _Told()
    told.feed(html)
    for piece in told.pieces:
        for found in PHRASE.findall(_plain(piece)):
            said: list[str] = []
            for word in [*found.split(), ""]:
                if word and word not in _english():
                    said.append(word)
                    continue
                vietnamese = [at for at, each in enumerate(said) if is_vietnamese(each)]
                if vietnamese:
                    yield " ".join(said[vietnamese[0] : vietnamese[-1] + 1])
                said = []


def _plain(text: str) -> str:
    return " ".join(normalize("NFC", text).casefold().split())


@cache
def _english() -> frozenset[str]:
    """Words that English has and Vietnamese has not."""
    source, said = (set(re.findall(r"[^\W\d_]+", re.sub(r"\{.*?\}", "", _plain(" ".join(each))))) for each in _texts())
    return frozenset(said - source)


def _texts() -> tuple[Iterable[str], Iterable[str]]:
    return catalogue("en").keys(), catalogue("en").values()


@cache
def _shipped() -> str:
    """Vietnamese that comes with the engine: names of steps, and what readers of documents say."""
    files = (*(ROOT / "workflows").rglob("*.bpmn"), *(ROOT / "workflows" / "plans").rglob("*.py"))
    return _plain(" ".join(path.read_text(encoding="utf-8") for path in files))


def _data_of(house: House) -> str:
    """All text that the office's database holds."""
    texts = [_shipped()]
    with house.cast.database.read() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                texts += [json.dumps(each, ensure_ascii=False, default=str) for each in row if each is not None]
    return _plain(" ".join(texts).replace("\\n", " "))
