"""The mail server of the demonstration takes whatever is sent to it: forged, bounced, broken, in no known code."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

import pytest

from notifications.smtp_post_office import PostOffice

BOUNCE = b"""From: <>\r\nSubject: Undelivered\r\nContent-Type: multipart/report; boundary=q\r\n\r\n--q\r
Content-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n--q--\r\n"""
STRANGE = {
    "html_only": b"From: chu_tich@xa.vn\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
    "no_header": b"\r\nonly words",
    "unknown_code": b"Subject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\n\xff\xfeabc",
    "control": b"Subject: a\x1b[31m\x07b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nx\x1by",
    "no_date": b'Date: 99 Foo 99999\r\nFrom: <<>>,,\r\nTo: "\r\nSubject: d\r\n\r\nx',
    "no_parts": b'Content-Type: multipart/mixed; boundary="\r\n\r\n--x',
    "no_base64": b"Content-Transfer-Encoding: base64\r\nContent-Type: text/plain\r\n\r\n!!!!###",
    "half_a_letter": b"Subject: =?utf-8?b?7aCA?=\r\n\r\nx",
    "bounce": BOUNCE,
    "auto_reply": b"Auto-Submitted: auto-replied\r\nSubject: Re: [Vi\xe1\xbb\x87c]\r\n\r\nI am away",
}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    opened = PostOffice()
    opened.start()
    yield opened
    opened.stop()


@pytest.mark.parametrize("kind", STRANGE)
def test_a_letter_is_taken_and_shown_as_plain_words_whatever_it_is(office: PostOffice, kind: str) -> None:
    with smtplib.SMTP("127.0.0.1", office.port) as server:
        server.sendmail("ai_do@example.vn", ["van_thu@example.vn"], STRANGE[kind])
    (letter,) = office.letters
    shown = letter.to + letter.subject + letter.date + letter.message_id
    assert shown.isprintable()
    assert "\x1b" not in letter.text + letter.html
    assert letter.raw.strip() == STRANGE[kind].strip()


def test_what_is_too_large_is_refused_and_the_next_is_taken(office: PostOffice) -> None:
    with smtplib.SMTP("127.0.0.1", office.port) as server:
        with pytest.raises(smtplib.SMTPResponseException) as refused:
            server.sendmail("a@example.vn", ["b@example.vn"], b"Subject: x\r\n\r\n" + b"y" * 70 * 150_000)
        assert refused.value.smtp_code == 552
    with smtplib.SMTP("127.0.0.1", office.port) as server:
        server.sendmail("a@example.vn", ["b@example.vn"], b"Subject: y\r\n\r\nx")
    assert [each.subject for each in office.letters] == ["y"]
