"""One client that checks every page it fetches, and fills forms the way a person does: from the page it sees."""

from __future__ import annotations

import atexit
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from lxml.etree import HTMLParser
from starlette.testclient import TestClient

from service.auth.form_tokens import FIELD

HOST = "http://testserver"
HEADINGS = ("h1", "h2", "h3")
UNLABELLED = {"hidden", "submit", "button"}


@dataclass
class Control:
    """One control of a form."""

    tag: str
    name: str
    value: str
    kind: str
    id: str
    checked: bool = False


@dataclass
class Form:
    """One form of a page."""

    method: str
    action: str
    id: str
    controls: list[Control] = field(default_factory=list)

    def filled(self) -> dict[str, str]:
        """What a browser would send when nothing is changed and no button has a name."""
        sent: dict[str, str] = {}
        for control in self.controls:
            if not control.name or control.tag == "button" or control.kind in ("submit", "file"):
                continue
            if control.kind in ("checkbox", "radio") and not control.checked:
                continue
            sent[control.name] = control.value
        return sent


class Page:
    """A fetched page, taken apart."""

    def __init__(self, path: str, status: int, html: str, headers: Mapping[str, str]) -> None:
        self.path, self.status, self.html, self.headers = path, status, html, headers
        self.lang, self.title = "", ""
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.headings: list[tuple[str, str]] = []
        self.controls: list[tuple[Control, Mapping[str, str]]] = []
        self.forms: list[Form] = []
        self.addresses: list[str] = []
        self.offences: list[str] = []
        self.links: list[str] = []
        self.text = ""
        if html:
            parser = HTMLParser(target=_Reading(self), huge_tree=True)
            parser.feed(html)
            parser.close()

    @property
    def h1(self) -> str:
        """The one main heading."""
        return " ".join(next(words for tag, words in self.headings if tag == "h1").split())

    def form(self, action: str) -> Form:
        """The form that posts or gets to this path."""
        found = [each for each in self.forms if each.action == action]
        assert found, f"{self.path} has no form for {action}: {[each.action for each in self.forms]}"
        return found[0]


class _Reading:
    """What lxml tells while it reads a page (in C, for hundreds of tests read thousands), written into the page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._inside: list[str] = []
        self._form: Form | None = None
        self._area: Control | None = None
        self._select: Control | None = None
        self._said: list[str] = []
        self._words: list[str] = []

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """A tag opens."""
        self._listen()
        page = self._page
        self._inside.append(tag)
        if "id" in given:
            page.ids.append(given["id"])
        if tag == "html":
            page.lang = given.get("lang", "")
        if tag in HEADINGS:
            page.headings.append((tag, ""))
        if tag == "label":
            page.labels.add(given.get("for", ""))
        page.addresses += [given[name] for name in ("href", "src", "action") if name in given]
        if tag == "a" and "href" in given:
            page.links.append(given["href"])
        self._watch(tag, given)
        self._control(tag, given)

    def _watch(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "style" or "style" in given or (tag == "script" and "src" not in given):
            self._page.offences.append(f"inline {tag} {dict(given)}")
        self._page.offences += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag == "form":
            self._form = Form(given.get("method", "get").lower(), given.get("action", ""), given.get("id", ""))
            self._page.forms.append(self._form)

    def _control(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "option" and self._select is not None:
            if "selected" in given or not self._select.checked:
                self._select.value = given.get("value", "\0text")
                self._select.checked = self._select.checked or "selected" in given or not self._select.value
            return
        if tag not in ("input", "textarea", "select", "button"):
            return
        control = Control(
            tag,
            given.get("name", ""),
            given.get("value", "on" if given.get("type") == "checkbox" else ""),
            given.get("type", "text" if tag == "input" else tag),
            given.get("id", ""),
            "checked" in given,
        )
        self._page.controls.append((control, given))
        if self._form is not None:
            self._form.controls.append(control)
        if tag == "textarea":
            self._area = control
        if tag == "select":
            self._select, control.value = control, "\0none"

    def end(self, tag: str) -> None:
        """A tag closes; lxml closes also what the page left open."""
        self._listen()
        self._inside.pop()
        if tag == "form":
            self._form = None
        if tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        if tag == "select":
            self._select = None

    def data(self, said: str) -> None:
        """A part of the text between two tags."""
        self._said.append(said)

    def close(self) -> None:
        """The end of the page."""
        self._page.text = " ".join(" ".join(self._words).split())

    def _listen(self) -> None:
        if not self._said:
            return
        data, page = "".join(self._said), self._page
        self._said.clear()
        if "title" in self._inside and "svg" not in self._inside:
            page.title += data
        if self._inside and self._inside[-1] not in ("script", "title"):
            self._words.append(data)
        for heading in HEADINGS:
            if heading in self._inside:
                page.headings[-1] = (heading, page.headings[-1][1] + data)
        if self._area is not None:
            self._area.value += data
        if self._select is not None and self._select.value in ("\0text", "\0none") and self._inside[-1] == "option":
            self._select.value = data.strip()


def faults_of(page: Page, language: str) -> Iterator[str]:
    """What every page must have, and does not."""
    if page.lang != language:
        yield f"lang is {page.lang!r}"
    if not page.title.strip() or page.title.strip() == "– kehoach":
        yield "no title"
    if sum(tag == "h1" for tag, _ in page.headings) != 1:
        yield f"h1: {page.headings}"
    doubled = {each for each in page.ids if page.ids.count(each) > 1}
    if doubled:
        yield f"duplicate ids {sorted(doubled)}"
    yield from page.offences
    yield from _without_label(page)
    for form in page.forms:
        if form.method == "post" and not form.filled().get(FIELD):
            yield f"no form token in {form.action}"
    yield from _astray(page)
    yield from _bare(page)
    if re.search(r"Traceback|\bNone\b|Undefined|&lt;bound", page.html):
        yield "leftovers of a program on the page"


def _without_label(page: Page) -> Iterator[str]:
    for control, given in page.controls:
        named = control.id in page.labels or "aria-label" in given or "aria-labelledby" in given
        if control.tag != "button" and control.kind not in UNLABELLED and not named:
            yield f"no label for {control}"


def _astray(page: Page) -> Iterator[str]:
    """Addresses that leave the house, and links to places that are not on the page."""
    for address in page.addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("", "data") and not address.startswith(HOST):
            yield f"external address {address}"
    for fragment in [each[1:] for each in page.links if each.startswith("#")]:
        if fragment not in page.ids:
            yield f"link to #{fragment}, which is not there"


def _bare(page: Page) -> Iterator[str]:
    """Headers that are not there."""
    for needed in ("content-security-policy", "x-content-type-options", "referrer-policy"):
        if needed not in page.headers:
            yield f"no {needed}"
    if "default-src 'self'" not in page.headers.get("content-security-policy", ""):
        yield "weak content-security-policy"
    if page.headers.get("cache-control") != "no-store":
        yield "may be cached"


@cache
def _portal() -> BlockingPortal:
    """The one event loop in which applications answer; a client would else start one for each request."""
    opened = ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(start_blocking_portal())


os.register_at_fork(after_in_child=_portal.cache_clear)  # a child has none of the threads of its parent


class Browser:
    """A person's browser without JavaScript."""

    def __init__(self, app: FastAPI, *, leaves_no_thread: bool = False, **headers: str) -> None:
        self.http = TestClient(app, base_url=HOST, follow_redirects=False, headers=headers)
        if not leaves_no_thread:
            self.http.portal = _portal()

    def get(self, path: str, status: int = 200) -> Page:
        """Fetch a page, follow redirects, check it."""
        return self._follow(self.http.get(path), status, path)

    def submit(
        self, page: Page, action: str, typed: Mapping[str, str] | None = None, *, status: int = 200, files: Any = None
    ) -> Page:
        """Send the page's form for this address with what was typed over it."""
        return self.send(page, page.form(action), typed, status=status, files=files)

    def send(
        self, page: Page, form: Form, typed: Mapping[str, str] | None = None, *, status: int = 200, files: Any = None
    ) -> Page:
        """Send this form of the page with what was typed over it."""
        sent = form.filled() | dict(typed or {})
        known = {control.name for control in form.controls}
        assert set(typed or {}) <= known, f"the form has no {set(typed or {}) - known}"
        if form.method == "get":
            return self._follow(self.http.get(form.action, params=sent), status, form.action)
        return self._follow(self.http.post(form.action or page.path, data=sent, files=files), status, form.action)

    def speak(self, page: Page, language: str) -> Page:
        """Choose the language of the pages from now on, on this page."""
        return self.submit(page, "/ngon-ngu", {"ngon_ngu": language})

    def sign_in(self, login: str, password: str, remember: bool = False) -> Page:
        """Sign in from the sign-in page, and see where that leads."""
        return self._follow(self._handed_in(login, password, remember), 200, "/dang-nhap")

    def enter(self, login: str, password: str, remember: bool = False) -> None:
        """Sign in, and look at nothing yet: most tests are not about the page that comes first."""
        answer = self._handed_in(login, password, remember)
        assert answer.status_code == 303, f"{login}: {answer.status_code} {_gist(answer.text)}"

    def _handed_in(self, login: str, password: str, remember: bool) -> Any:
        typed = {"ten_dang_nhap": login, "mat_khau": password, **({"nho": "co"} if remember else {})}
        form = self.get("/dang-nhap").form("/dang-nhap")
        assert set(typed) <= {control.name for control in form.controls}
        return self.http.post("/dang-nhap", data=form.filled() | typed)

    def _follow(self, response: Any, status: int, path: str) -> Page:
        for _ in range(5):
            if response.status_code not in (302, 303, 307):
                break
            path = response.headers["location"]
            response = self.http.get(path)
        assert response.status_code == status, f"{path}: {response.status_code} {_gist(response.text)}"
        assert response.headers["content-type"].startswith("text/html"), response.headers["content-type"]
        page = Page(path, response.status_code, response.text, response.headers)
        asked = response.request.headers.get("cookie", "")
        faults = list(faults_of(page, "en" if "ngon_ngu=en" in asked else "vi"))
        assert not faults, f"{path}: {faults}"
        return page


def _gist(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())[:800]
