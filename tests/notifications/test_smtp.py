"""Mail over real SMTP: what arrives, and what each failure of a server means for the letter."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from notifications.channels.error import ChannelError
from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.smtp_post_office import PostOffice
from workflows.store.deliveries import Letter

from .certificates import certificate_for
from .faulty_server import CLOSE, GOOD, HANG, Answer, faulty_server
from .samples import SAMPLES, letter_of

LETTER = letter_of(SAMPLES[0])


def channel_to(port: int, **changes: object) -> SmtpChannel:
    plain = ChannelSettings("127.0.0.1", port, "vp@ducphong.gov.vn", "http://127.0.0.1:8000", tls="none", timeout=0.5)
    return SmtpChannel(replace(plain, **changes))  # type: ignore[arg-type]  # each test names a field of its own


@pytest.fixture
def office() -> Iterator[PostOffice]:
    post_office = PostOffice()
    post_office.start()
    yield post_office
    post_office.stop()


def test_what_arrives_is_what_was_written(office: PostOffice) -> None:
    channel = channel_to(office.port)
    for message in SAMPLES:
        channel.send(letter_of(message))
    channel.close()
    arrived = list(reversed(office.letters))
    assert [letter.subject for letter in arrived] == [letter_of(message).subject for message in SAMPLES]
    for letter, message in zip(arrived, SAMPLES, strict=True):
        sent = letter_of(message)
        assert (letter.text, letter.html, letter.message_id) == (sent.text, sent.html, sent.message_id)
        assert letter.sender == "vp@ducphong.gov.vn"
        assert letter.to == "Đinh Văn Bé <be@ducphong.gov.vn>"
        assert letter.date == "Wed, 18 Nov 2026 08:30:00 +0700"


def test_a_repeat_is_the_same_bytes(office: PostOffice) -> None:
    for _ in range(2):
        channel = channel_to(office.port)
        channel.send(LETTER)
        channel.close()
    first, second = office.letters
    assert first.raw == second.raw
    assert first.message_id == LETTER.message_id


def test_a_batch_is_one_connection() -> None:
    with faulty_server() as server:
        channel = channel_to(server.port)
        for _ in range(3):
            channel.send(LETTER)
        channel.close()
        channel.close()
        assert (server.conversations, len(server.taken)) == (1, 3)


PERMANENT = (550, 552, 554)
TEMPORARY = (421, 450, 451, 452)


@pytest.mark.parametrize("code", [*PERMANENT, *TEMPORARY])
@pytest.mark.parametrize("stage", ["rcpt", "data", "body"])
def test_the_letter_is_refused(stage: str, code: int) -> None:
    error = failure(**{stage: f"{code} khong"})
    assert error.permanent == (code in PERMANENT)
    assert not error.unreachable
    assert str(error).startswith(str(code))


@pytest.mark.parametrize("code", [*PERMANENT, *TEMPORARY])
def test_a_refused_sender_is_not_the_fault_of_the_letter(code: int) -> None:
    error = failure(mail=f"{code} khong")
    assert not error.permanent
    assert not error.unreachable


@pytest.mark.parametrize("code", [421, 450, 554])
@pytest.mark.parametrize("stage", ["greeting"])
def test_a_server_that_takes_nobody_is_unreachable(stage: str, code: int) -> None:
    error = failure(**{stage: f"{code} khong"})
    assert error.unreachable
    assert not error.permanent


@pytest.mark.parametrize("stage", ["greeting", "mail", "rcpt", "data", "body"])
def test_silence_ends_the_batch_and_blames_no_letter(stage: str) -> None:
    error = failure(**{stage: HANG})
    assert error.unreachable == (stage == "greeting")
    assert error.silent == (stage != "greeting")
    assert not error.permanent


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "body"])
def test_a_server_that_hangs_up_is_called_again_for_the_next_letter(stage: str) -> None:
    other = replace(LETTER, address="khac@ducphong.gov.vn")

    def hang_up(_recipient: str) -> str:
        return GOOD[stage] if tried else CLOSE

    tried: list[ChannelError] = []
    with faulty_server(**{stage: hang_up}) as server:
        channel = channel_to(server.port)
        with pytest.raises(ChannelError) as caught:
            channel.send(LETTER)
        tried.append(caught.value)
        channel.send(other)
        channel.close()
        assert not caught.value.permanent and not caught.value.unreachable and not caught.value.silent
        assert server.taken == [other.address]
        assert server.conversations == 2


def test_a_connection_that_was_dropped_between_letters_is_opened_again() -> None:
    with faulty_server(noop=CLOSE) as server:
        channel = channel_to(server.port)
        channel.send(LETTER)
        channel.send(LETTER)
        channel.close()
        assert (server.conversations, len(server.taken)) == (2, 2)


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = error_of(channel_to(taken.getsockname()[1]), LETTER)
    assert error.unreachable and not error.permanent


def test_a_host_that_does_not_exist() -> None:
    error = error_of(channel_to(25, host="khong-co.invalid"), LETTER)
    assert error.unreachable and not error.permanent


@pytest.mark.parametrize(
    "address", ["", "khong phai", "a@", "@xa.vn", "a@xa.vn\r\nBcc: b@xa.vn", "hòa@xa.vn", "a@xa.vn, b@xa.vn"]
)
def test_what_is_no_address_is_refused_before_a_server_hears_of_it(address: str) -> None:
    with faulty_server() as server:
        error = error_of(channel_to(server.port), replace(LETTER, address=address))
        assert error.permanent
        assert server.conversations == 0


def test_starttls_never_falls_back_to_plain_text(office: PostOffice) -> None:
    error = error_of(channel_to(office.port, tls="starttls"), LETTER)
    assert error.unreachable
    assert office.letters == ()


def test_starttls_with_a_certificate_that_is_trusted(tmp_path: Path) -> None:
    certificate = certificate_for("127.0.0.1", tmp_path)
    office = PostOffice(tls=certificate.context)
    office.start()
    try:
        trusting = channel_to(office.port, tls="starttls", ca_file=str(certificate.authority), timeout=5)
        trusting.send(LETTER)
        trusting.close()
        assert len(office.letters) == 1
        assert error_of(channel_to(office.port, tls="starttls", timeout=5), LETTER).unreachable
        assert len(office.letters) == 1
    finally:
        office.stop()


def test_a_wrong_password_is_the_channel_and_not_the_letter(office: PostOffice) -> None:
    error = error_of(channel_to(office.port, user="vp", password="sai"), LETTER)
    assert error.unreachable and not error.permanent


def test_the_password_is_not_shown() -> None:
    assert "bi-mat" not in repr(ChannelSettings("h", 25, "a@b", "http://h", user="u", password="bi-mat"))


def test_the_post_office_keeps_only_the_newest_and_also_in_a_directory(tmp_path: Path) -> None:
    office = PostOffice(directory=tmp_path / "thu", kept=2)
    office.start()
    channel = channel_to(office.port)
    letters = [letter_of(message) for message in SAMPLES[:3]]
    for letter in letters:
        channel.send(letter)
    channel.close()
    office.stop()
    assert [letter.subject for letter in office.letters] == [letters[2].subject, letters[1].subject]
    kept = office.letters[0]
    assert office.letter(kept.id) == kept
    assert office.letter("khong-co") is None
    assert len(list((tmp_path / "thu").glob("*.eml"))) == 3
    with pytest.raises(RuntimeError):
        _ = office.port


def failure(**answers: Answer) -> ChannelError:
    """What a letter meets at a server that answers so."""
    with faulty_server(**answers) as server:
        error = error_of(channel_to(server.port, timeout=0.3), LETTER)
        assert server.taken == []
        return error


def error_of(channel: SmtpChannel, letter: Letter) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        channel.send(letter)
    channel.close()
    return caught.value
