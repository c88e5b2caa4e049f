"""Nothing is posted into a private network: not by an address, not by a name, not by a name that changes its mind."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

import pytest

from notifications.guarded_post import Outside, UnsafeAddress, demand_safe, resolve_by_system, split
from workflows.errors import Refused

from .listener import listener

PUBLIC = "203.113.131.1"


def always(*addresses: str) -> Outside:
    return Outside(lambda host: addresses)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # metadata of clouds
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",
        "2002:a9fe:a9fe::1",
        "64:ff9b::a9fe:a9fe",
        "fec0::1",  # site-local, before RFC 4193
    ],
)
def test_an_address_inside_is_refused_under_any_name(address: str) -> None:
    with pytest.raises(UnsafeAddress):
        always(address).judge(split("https://may-nhan.example.vn/"))


def test_one_bad_address_among_good_ones_is_enough() -> None:
    with pytest.raises(UnsafeAddress):
        always(PUBLIC, "10.0.0.1").judge(split("https://may-nhan.example.vn/"))
    assert always(PUBLIC).judge(split("https://may-nhan.example.vn/")) == PUBLIC


@pytest.mark.parametrize(
    "url",
    [
        "http://example.vn/",
        "ftp://example.vn/",
        "file:///etc/passwd",
        "gopher://example.vn/",
        "https://user:password@example.vn/",
        "https:///x",
        "https://example.vn/#x",
        "https://example.vn/a b",
        "https://example.vn/\r\nHost: x",
        "https://example.vn:0/",
        "https://[::1",
        "https://example.vn:99999/",
        "",
    ],
)
def test_what_is_no_plain_https_address_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refused:
        demand_safe(always(PUBLIC), url, "dia_chi")
    assert (refused.value.code, refused.value.facts["field"]) == ("BAD_ADDRESS", "dia_chi")


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "127.0.0.1"])
def test_other_ways_to_write_this_machine_are_this_machine(host: str) -> None:
    with pytest.raises((UnsafeAddress, OSError)):
        Outside(resolve_by_system).judge(split(f"https://{host}/"))


def test_a_name_that_nobody_knows_is_said_to_be_unknown() -> None:
    def unknown(host: str) -> Sequence[str]:
        raise OSError(host)

    with pytest.raises(Refused) as refused:
        demand_safe(Outside(unknown), "https://khong-co.example.vn/", "dia_chi")
    assert refused.value.code == "UNKNOWN_HOST"


def test_the_connection_goes_to_the_address_that_was_judged_and_the_name_is_asked_once() -> None:
    """DNS rebinding: the second answer would be another machine, but there is no second question."""
    with listener() as wanted, listener() as other:
        answers = [["127.0.0.1"], ["127.0.0.2"]]
        asked: list[str] = []

        def rebinding(host: str) -> Sequence[str]:
            asked.append(host)
            return answers.pop(0)

        outside = Outside(rebinding, loopback=True)
        answer = outside.post(f"http://may-nhan.example.vn:{wanted.port}/hook?a=1", b"{}", {"x-tin": "1"})
        assert answer.status == 200
        assert asked == ["may-nhan.example.vn"]
        ((path, headers, body),) = wanted.posts
        assert (path, body, headers["x-tin"]) == ("/hook?a=1", b"{}", "1")
        assert headers["host"] == f"may-nhan.example.vn:{wanted.port}"
        assert other.posts == []


def test_an_address_that_turns_inside_after_it_was_kept_is_refused_when_it_is_used() -> None:
    answers = [[PUBLIC], ["169.254.169.254"]]
    outside = Outside(lambda host: answers.pop(0))
    demand_safe(outside, "https://may-nhan.example.vn/", "dia_chi")
    with pytest.raises(UnsafeAddress):
        outside.post("https://may-nhan.example.vn/", b"", {})


def test_a_redirect_is_not_followed() -> None:
    with listener(302) as there:
        answer = Outside(resolve_by_system, loopback=True).post(there.url, b"{}", {})
        assert answer.status == 302
        assert [path for path, _, _ in there.posts] == ["/hook"]


def test_an_answer_that_drips_holds_nobody_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as waiting:

        def drip() -> None:
            spoken, _ = waiting.accept()
            with spoken, suppress(OSError):
                spoken.recv(4096)
                spoken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n")
                while not spoken.sendall(b"."):
                    time.sleep(0.05)

        threading.Thread(target=drip, daemon=True).start()
        began = time.perf_counter()
        with pytest.raises(TimeoutError):
            Outside(resolve_by_system, loopback=True, timeout=0.2).post(
                f"http://127.0.0.1:{waiting.getsockname()[1]}/", b"", {}
            )
        assert time.perf_counter() - began < 5


def test_letters_that_no_address_may_hold_are_escaped_and_what_is_escaped_stays() -> None:
    with listener() as there:
        Outside(resolve_by_system, loopback=True).post(f"{there.url}/kế?a=%C3%A1&b=[1]", b"", {})
    assert there.posts[0][0] == "/hook/k%E1%BA%BF?a=%C3%A1&b=[1]"


def test_https_demands_the_certificate_of_the_name() -> None:
    with listener() as plain, pytest.raises(OSError):
        Outside(resolve_by_system, loopback=True).post(f"https://127.0.0.1:{plain.port}/", b"", {})
