"""Posting to an address that a person typed: only to the public network, to the very address that was looked at."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit

from workflows.errors import Refused

# From a host name to its addresses, as text; tests give their own.
Resolver = Callable[[str], Sequence[str]]
TIMEOUT = 10.0  # seconds for each part of an answer
WHOLE = 3  # so many times that for a whole conversation: an answer that drips would hold up everybody's letters
MOST_READ = 4_096  # bytes of an answer
_HOMES = [ipaddress.ip_network(each) for each in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")]
_PORTS = {"https": 443, "http": 80}


class UnsafeAddress(Exception):
    """Nothing is sent there: no https, or an address inside a private network."""


@dataclass(frozen=True)
class Answer:
    """What the other side answered; a redirect is an answer like any other and is not followed."""

    status: int
    text: str


@dataclass(frozen=True)
class Outside:
    """How this house reaches the outside; `loopback` lets in this very machine, also by http, for a trial.

    `inside` lets in private networks too, by https: for what an operator names, never for what a person types.
    """

    resolve: Resolver
    loopback: bool = False
    timeout: float = TIMEOUT
    inside: bool = False
    most_read: int = MOST_READ

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post to this address; UnsafeAddress, or OSError when there is no conversation."""
        return self._ask("POST", url, body, headers)

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:
        """Read from this address, under the same guard."""
        return self._ask("GET", url, None, headers)

    def _ask(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        """One conversation.

        The name is resolved once, every address it has is judged, and the connection goes to the first of them: a
        second answer of the name server changes nothing (DNS rebinding).
        """
        parts = split(url)
        pinned = self.judge(parts)
        connection = _connection(parts, pinned, self.timeout)
        end = threading.Timer(WHOLE * self.timeout, connection.cut)
        end.daemon = True
        end.start()
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            asked = quote(path, safe="/?%:@!$&'()*+,;=~[]")  # letters that an address may not hold
            connection.request(method, asked, body=body, headers={"User-Agent": "kehoach", **headers})
            response = connection.getresponse()
            answer = Answer(response.status, response.read(self.most_read).decode("utf-8", "replace"))
        except http.client.HTTPException as error:
            raise ConnectionError(f"{type(error).__name__}: {error}") from error
        finally:
            end.cancel()
            connection.close()
        if connection.is_cut:
            raise TimeoutError("the answer takes too long")
        return answer

    def judge(self, parts: SplitResult) -> str:
        """The address to connect to; UnsafeAddress."""
        if parts.scheme != "https" and not self.loopback:
            raise UnsafeAddress("only https")  # before anybody is asked who that is
        host = parts.hostname or ""
        try:
            found = list(self.resolve(host))
        except UnicodeError as error:
            raise UnsafeAddress("not a host name") from error
        if not found:
            raise OSError(f"{host} has no address")
        addresses = [_plain(ipaddress.ip_address(each.partition("%")[0])) for each in found]
        at_home = all(each.is_loopback for each in addresses)
        if at_home and self.loopback:
            return found[0]
        if parts.scheme != "https":
            raise UnsafeAddress("only https")
        if not all(_is_public(each) or (self.inside and _is_at_home(each)) for each in addresses):
            raise UnsafeAddress("an address inside a private network")
        return found[0]


def resolve_by_system(host: str) -> list[str]:
    """The addresses of a host name as this machine finds them; OSError when it has none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def split(url: str) -> SplitResult:
    """The parts of an address to post to; UnsafeAddress for anything else, names and passwords included."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnsafeAddress("not an address") from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or parts.fragment or port == 0:
        raise UnsafeAddress("not an address")
    if any(ord(mark) <= 32 or ord(mark) == 127 for mark in url):
        raise UnsafeAddress("not an address")
    return parts


def demand_safe(outside: Outside, url: str, field: str) -> None:
    """Refuse an address that would never be posted to: BAD_ADDRESS; one that does not answer now is kept."""
    try:
        outside.judge(split(url))
    except UnsafeAddress as error:
        raise Refused("BAD_ADDRESS", field=field) from error
    except OSError as error:
        raise Refused("UNKNOWN_HOST", field=field, host=urlsplit(url).hostname or "") from error


def _plain(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An IPv4 address that wears an IPv6 coat is judged as what it is."""
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether anybody on the internet has it: not private, link-local (metadata of clouds), loopback or multicast."""
    nat64 = ipaddress.ip_network("64:ff9b::/96")
    of_a_site = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    inside = address.is_multicast or address.is_reserved or of_a_site or address in nat64
    return address.is_global and not inside


def _is_at_home(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it is of a private network of an organisation: RFC 1918 or RFC 4193, no link-local, no loopback."""
    return any(address in each for each in _HOMES if each.version == address.version)


def _connection(parts: SplitResult, pinned: str, timeout: float) -> _Pinned:
    port = parts.port or _PORTS[parts.scheme]
    trust = ssl.create_default_context() if parts.scheme == "https" else None
    return _Pinned(parts.hostname or "", port, pinned, timeout, trust)


class _Pinned(http.client.HTTPConnection):
    """Speaks to one address under the name of its host; with `trust` by TLS, with a certificate of that name."""

    def __init__(self, host: str, port: int, pinned: str, timeout: float, trust: ssl.SSLContext | None) -> None:
        self.default_port = _PORTS["https" if trust else "http"]  # of the class in the library, left out of Host
        super().__init__(host, port, timeout=timeout)
        self.pinned = pinned
        self.trust = trust
        self.spoken: socket.socket | None = None
        self.is_cut = False

    def connect(self) -> None:
        """Connect to the address that was judged."""
        self.sock = socket.create_connection((self.pinned, self.port), self.timeout)
        if self.trust is not None:
            self.sock = self.trust.wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.spoken = self.sock
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def cut(self) -> None:
        """End the conversation from another thread, below TLS: whoever reads finds nothing more."""
        self.is_cut = True
        if self.spoken is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.spoken, socket.SHUT_RDWR)
