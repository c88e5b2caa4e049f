"""What holds of every letter: golden words, equal parts, safe headers, short subjects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields, replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels.mime import mail_of
from notifications.compose import SUBJECT_LIMIT, identity
from notifications.kinds import KINDS
from notifications.messages import (
    AboutPlan,
    AboutTask,
    LinkCode,
    Linked,
    Message,
    OpinionAsked,
    SignCode,
    TaskLateAbove,
    TaskOpened,
)
from notifications.one_line import one_line

from .samples import SAMPLES, URL, letter_of

GOLDEN = Path(__file__).with_name("golden")
TEMPLATES = Path(__file__).parents[2] / "notifications" / "templates" / "vi"
every_kind = pytest.mark.parametrize("message", SAMPLES, ids=lambda message: message.template)


def golden_text(message: Message) -> str:
    letter = letter_of(message)
    headers = "".join(f"{name}: {value}\n" for name, value in letter.headers.items())
    return f"Subject: {letter.subject}\n{headers}\n{letter.text}\n{letter.html}"


@every_kind
def test_golden(message: Message) -> None:
    path = GOLDEN / f"{message.template}.txt"
    if os.environ.get("KEHOACH_RECORD_GOLDEN") == "1":
        path.write_text(golden_text(message), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == golden_text(message)


def test_every_kind_has_a_sample_three_templates_and_a_golden_file() -> None:
    assert [type(message) for message in SAMPLES] == list(KINDS)
    wanted = {f"{kind.template}.{end}" for kind in KINDS for end in ("subject.txt", "text.txt", "html")}
    assert {path.name for path in TEMPLATES.iterdir()} == wanted | {"layout.html", "layout.text.txt", "rows.html"}
    assert {path.stem for path in GOLDEN.iterdir()} == {kind.template for kind in KINDS}


@every_kind
def test_every_field_of_a_message_is_said(message: Message) -> None:
    spoken: dict[str, Any] = {
        field.name: f"«{field.name}»" for field in fields(message) if isinstance(getattr(message, field.name), str)
    }
    spoken |= {field.name: 90_001 for field in fields(message) if type(getattr(message, field.name)) is int}
    letter = letter_of(replace(message, **spoken))
    for name, value in spoken.items():
        if name in ("mark", "about"):
            assert str(value) in letter.subject
        else:
            assert str(value) in letter.text and str(value) in letter.html, name


def test_a_body_without_account_reads_about_the_code_and_an_account_does_not() -> None:
    asked = next(message for message in SAMPLES if isinstance(message, OpinionAsked))
    assert "mã xác nhận" in letter_of(asked).text
    assert "mã xác nhận" not in letter_of(replace(asked, by_code=False)).text


@every_kind
def test_the_first_two_lines_say_to_whom_what_and_what_by_when(message: Message) -> None:
    first, second, third = letter_of(message).text.splitlines()[:3]
    assert first.startswith(f"Kính gửi {message.greeting}: ")
    if isinstance(message, AboutPlan):
        assert message.title in first
    assert second
    assert third == ""
    due = getattr(message, "due", None)
    assert due is None or due in second


@every_kind
def test_text_and_html_have_equal_content(message: Message) -> None:
    letter = letter_of(message)
    assert words_of_html(letter.html) == letter.text.split()


@every_kind
def test_one_link_and_the_same_address_as_visible_text(message: Message) -> None:
    letter = letter_of(message)
    found = Page(letter.html)
    if isinstance(message, Linked):
        assert set(found.links) == {URL}
        assert letter.text.count(URL) == 1
        assert found.words.count(URL) == 1
    else:
        assert isinstance(message, LinkCode | SignCode)
        assert found.links == [] and "http" not in letter.text


@every_kind
def test_html_is_light_and_made_of_presentation_tables(message: Message) -> None:
    letter = letter_of(message)
    page = Page(letter.html)
    assert len(letter.html.encode()) <= 60_000
    assert page.tables and all(role == "presentation" for role in page.tables)
    assert not page.tags & {"img", "script", "style", "link", "form"}


@every_kind
def test_headers_of_a_machine_that_nobody_can_unsubscribe_from(message: Message) -> None:
    headers = letter_of(message).headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "vi"
    assert headers["Date"] == "Wed, 18 Nov 2026 08:30:00 +0700"
    assert headers["In-Reply-To"] == headers["References"] == "<plan-3@ducphong.gov.vn>"
    assert not any(name.lower().startswith("list-") for name in headers)


def test_the_identity_rests_on_key_and_address_alone() -> None:
    one = identity("task:7-2", "a@xa.vn", "xa.vn")
    assert one == identity("task:7-2", "a@xa.vn", "xa.vn")
    assert len({one, identity("task:7-3", "a@xa.vn", "xa.vn"), identity("task:7-2", "b@xa.vn", "xa.vn")}) == 3


@given(st.text(max_size=300))
def test_a_subject_stays_short_and_keeps_what_matters(title: str) -> None:
    for message in SAMPLES:
        if isinstance(message, AboutPlan):
            subject = letter_of(titled(message, title)).subject
            assert len(subject) <= SUBJECT_LIMIT
            assert subject.startswith("[")
            if isinstance(message, TaskLateAbove):
                assert subject.endswith("đ/c Nguyễn Thị Hòa quá hạn 3 ngày")


def test_a_plan_is_called_kh_in_the_subject() -> None:
    for title in (
        "Kế hoạch về việc tuyên truyền CCHC 2026",
        "Về việc tuyên truyền CCHC 2026",
        "tuyên truyền CCHC 2026",
    ):
        message = titled(replace(opened(), mark="Cần ký, hạn 20/11"), title)
        assert letter_of(message).subject == "[Cần ký, hạn 20/11] KH tuyên truyền CCHC 2026"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_people_type_creates_a_header(title: str, name: str, step: str) -> None:
    message = replace(opened(), title=title, about=title, step=step, greeting=name)
    plain = mail_of(letter_of(opened()), "vp@xa.vn", "Văn phòng")
    letter = replace(letter_of(message), name=one_line(name))
    mail = mail_of(letter, "vp@xa.vn", name)
    read = message_from_bytes(mail.as_bytes(), policy=SMTP)
    assert sorted(read.keys()) == sorted(plain.keys())
    assert read.defects == []
    assert [address.addr_spec for address in read["To"].addresses] == ["be@ducphong.gov.vn"]
    assert decoded(mail["To"]) == " ".join(filter(None, (letter.name, "<be@ducphong.gov.vn>")))
    assert str(read["Subject"]) == letter.subject
    assert read["Content-Language"] == "vi"


def test_line_breaks_in_names_and_titles_stay_words() -> None:
    message = titled(opened(), "Kế hoạch\r\nBcc: x@y.vn\r\n\r\nxin chào")
    letter = replace(letter_of(message), name="A\r\nBcc: x@y.vn")
    read = message_from_bytes(mail_of(letter, "vp@xa.vn", "Văn phòng").as_bytes(), policy=SMTP)
    assert read["Bcc"] is None
    assert "Bcc: x@y.vn xin chào" in str(read["Subject"])


def test_markup_that_people_type_is_shown_and_not_run() -> None:
    message = replace(opened(), title='<script>alert("x")</script> & Co', step='"><img src=x onerror=alert(1)>')
    letter = letter_of(message)
    assert not Page(letter.html).tags & {"script", "img"}
    assert "<script>" in letter.text
    assert words_of_html(letter.html) == letter.text.split()


def test_the_same_letter_is_the_same_bytes() -> None:
    letter = letter_of(opened())
    assert mail_of(letter, "vp@xa.vn", "Văn phòng").as_bytes() == mail_of(letter, "vp@xa.vn", "Văn phòng").as_bytes()


def titled(message: AboutPlan, title: str) -> AboutPlan:
    """The message about a plan of this title."""
    changed = replace(message, title=title)
    return replace(changed, about=title) if isinstance(changed, AboutTask) else changed


def decoded(header: str) -> str:
    """As mail readers decode it; the newer parser of the library puts spaces between the encoded words of a name."""
    return str(make_header(decode_header(header)))


def opened() -> TaskOpened:
    return next(message for message in SAMPLES if isinstance(message, TaskOpened))


def words_of_html(html: str) -> list[str]:
    return Page(html).words


class Page(HTMLParser):
    """The body of a letter as a reader sees it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tables: list[str | None] = []
        self.tags: set[str] = set()
        self._in_body = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_body = self._in_body or tag == "body"
        if tag == "a":
            self.links.extend(attribute(attrs, "href"))
        if tag == "table":
            self.tables.append(next(attribute(attrs, "role"), None))

    def handle_data(self, data: str) -> None:
        if self._in_body:
            self.words.extend(data.split())


def attribute(attrs: list[tuple[str, str | None]], name: str) -> Iterator[str]:
    return (value for key, value in attrs if key == name and value is not None)
