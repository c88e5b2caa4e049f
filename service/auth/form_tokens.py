"""Against forged posts: a token that only our own page can know, and the browser's word on where the post came from."""

from __future__ import annotations

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.datastructures import Headers

FIELD = "khoa_bieu_mau"


def digest(secret: str) -> str:
    """What is kept of a random secret."""
    return sha256(secret.encode()).hexdigest()


def token_of_link(link_token: str) -> str:
    """The form token of the pages behind a link: whoever knows the link could open the page anyway.

    It needs no cookie, because browsers inside chat programs often keep none.
    """
    return digest("link:" + link_token)


def token_of_guest(cookie: str) -> str:
    """The form token of a browser nobody signed in on."""
    return digest("guest:" + cookie)


def marked(token: str, pad: str) -> str:
    """The token as one page shows it: another text on each, so that a packed page tells nothing of it (BREACH)."""
    return f"{pad}.{hmac.new(token.encode(), pad.encode(), sha256).hexdigest()}"


def is_same(expected: str, given: str) -> bool:
    """Whether this is the token, bare or as a page showed it; compared without telling by time how much was right."""
    pad, dot, _ = given.partition(".")
    return hmac.compare_digest((marked(expected, pad) if dot else expected).encode(), given.encode())


def comes_from_us(headers: Headers, base_url: str) -> bool:
    """Whether the browser says that one of our own pages posted; one that says nothing is judged by the token alone.

    `Origin: null` says nothing: browsers send it from pages with `Referrer-Policy: no-referrer`, as links have.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if origin in (None, "null"):
        return True
    return origin == base_url or urlsplit(origin).netloc == headers.get("host")
