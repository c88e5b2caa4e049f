"""Forms as the pages show them, filled in as nobody should fill them in, and what must hold of each answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit

from hypothesis import strategies as st

from service.auth.form_tokens import FIELD
from tests.pages.page_client import Browser, Form, Page

# What nobody types, or somebody who wants to see what happens; half a surrogate pair comes as its three bytes.
ODD = (
    "", " \t ", "\x00", "một\x00hai", "\x1b[31mđỏ\x07", "\ud800", "\u202e\u2066", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "'; DROP TABLE plans; --", "../../etc/passwd", "=1+1",
    "a" * 70_000, "ế" * 5_000, "💥" * 300, "dòng\r\n" * 200, "-1", "0", "1.5", "1e400", "NaN", "9" * 30, "2147483648",
    "9223372036854775808", "１２", "٣", "1", "2", "999999", "31/02/2026", "29/02/2025", "00/00/0000", "01/01/0001",
    "31/12/9999", "1/1/99999", "2026-13-45", "25:61", "https://127.0.0.1/", "javascript:alert(1)", "nguoi@999999",
    "chu_tich@1", "co", "khong", "https://example.org/" + "a" * 3_000,
)  # fmt: skip
TRICKS = ("", "", "", "without_token", "with_another_token", "doubled", "without_field", "with_more", "twice")


@dataclass(frozen=True)
class Found:
    """A form on the page where it stands."""

    page: str
    form: Form

    @property
    def action(self) -> str:
        """Where it is sent."""
        return self.form.action or self.page

    @property
    def kind(self) -> str:
        """The same form on whatever page, of whatever thing."""
        names = sorted({each.name for each in self.form.controls if each.name})
        return re.sub(r"\d+(-\d+)?", "#", urlsplit(self.action).path) + " " + ",".join(names)[:200]


def forms_of(browser: Browser, starts: Iterable[str], most: int) -> dict[str, Found]:
    """The forms that somebody meets who follows the links of these pages: one of each kind."""
    todo, seen, found = list(starts), set(), {}
    shapes: dict[str, int] = {}
    while todo and len(seen) < most:
        path = todo.pop(0)
        shape = re.sub(r"\d+(-\d+)?", "#", path)
        if path in seen or shapes.get(shape, 0) > 2:
            continue
        seen.add(path)
        shapes[shape] = shapes.get(shape, 0) + 1
        answer = browser.http.get(path)
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        page = Page(path, 200, answer.text, answer.headers)
        todo += [
            each.partition("#")[0] for each in page.links if each.startswith("/") and not each.startswith("/static")
        ]
        for form in page.forms:
            if form.method == "post":
                each = Found(path, form)
                found.setdefault(each.kind, each)
    return found


@dataclass
class Attack:
    """One form with what is sent in it."""

    found: Found
    sent: list[tuple[str, str]]
    trick: str

    def body(self) -> bytes:
        """As a browser would escape it, half surrogate pairs too."""
        return "&".join(f"{_escaped(name)}={_escaped(value)}" for name, value in self.sent).encode()


def _escaped(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")


@st.composite
def attacks(draw: st.DrawFn, forms: Mapping[str, Found]) -> Attack:
    """Some form, one to three of its fields filled in oddly, and one more oddity in how it is sent."""
    found = forms[draw(st.sampled_from(sorted(forms)))]
    names = sorted({each.name for each in found.form.controls if each.name and each.name != FIELD})
    sent = dict(found.form.filled())
    for button in [each for each in found.form.controls if each.tag == "button" and each.name][:1]:
        sent[button.name] = button.value
    if names:
        for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
            sent[name] = draw(st.sampled_from(ODD))
    trick = draw(st.sampled_from(TRICKS))
    pairs = list(sent.items())
    if trick == "without_token":
        pairs = [each for each in pairs if each[0] != FIELD]
    elif trick == "with_another_token":
        pairs = [(name, "x" * 43 if name == FIELD else value) for name, value in pairs]
    elif trick == "doubled":
        pairs += [(name, draw(st.sampled_from(ODD))) for name, _ in pairs if name != FIELD]
    elif trick == "without_field" and names:
        left = draw(st.sampled_from(names))
        pairs = [each for each in pairs if each[0] != left]
    elif trick == "with_more":
        pairs += [
            (draw(st.sampled_from(("", "xem_lai", "la", "x" * 300, "\x00", "ket_qua"))), draw(st.sampled_from(ODD)))
        ]
    return Attack(found, pairs, trick)
