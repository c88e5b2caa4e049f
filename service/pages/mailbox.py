"""/hop-thu, of the demonstration only: the letters as they arrived, like on a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from notifications.smtp_post_office import ReceivedLetter
from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest, Visit
from workflows.errors import NotFound

pages = Pages()
SHOWN = 60
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
# A letter is a stranger's page: it runs, loads and posts nothing, and whoever follows a link leaves its frame.
LETTER_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
LETTER_HEADERS = {"content-security-policy": LETTER_POLICY, "x-frame-options": "SAMEORIGIN"}


@pages.get("/hop-thu", PUBLIC)
def letters(visit: Guest, nguoi: str = "") -> Response:
    """The newest letters, of everybody or of one address."""
    kept = _letters(visit)
    addresses = sorted({letter.recipient for letter in kept})
    shown = [letter for letter in kept if not nguoi or letter.recipient == nguoi]
    return visit.page(
        "letters.html", letters=shown[:SHOWN], total=len(shown), addresses=addresses, whose=nguoi, most=SHOWN
    )


@pages.get("/hop-thu/{letter_id}", PUBLIC)
def letter(visit: Guest, letter_id: str) -> Response:
    """One letter: its designed part in a frame, and its text with its addresses as links."""
    found = _letter(visit, letter_id)
    return visit.page("letter.html", letter=found, body=with_links(found.text, visit.web.settings.base_url))


@pages.get("/hop-thu/{letter_id}/thu", PUBLIC)
def designed(visit: Guest, letter_id: str) -> Response:
    """The designed part of one letter, for the frame on its page; nothing in it runs or is fetched."""
    found = _letter(visit, letter_id)
    if not found.html:
        raise NotFound("letter")
    return HTMLResponse(for_frame(found.html, visit.web.settings.base_url), headers=LETTER_HEADERS)


def for_frame(html: str, base_url: str) -> str:
    """The letter with links that open in place of the page around it, those of our own pages on this host."""
    here = html.replace(f'href="{base_url}/', 'href="/')
    head = _HEAD.search(here)
    at = head.end() if head else 0
    return f'{here[:at]}<base target="_top">{here[at:]}'


def with_links(text: str, base_url: str) -> Markup:
    """The text, escaped, with addresses of our own pages as links that stay on this host."""
    parts: list[str] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        parts.append(str(escape(text[at : match.start()])))
        address = match.group(0).rstrip(".,;)")
        tail = match.group(0)[len(address) :]
        own = address.startswith(base_url + "/")
        path = escape(address[len(base_url) :])
        parts.append(f'<a href="{path}">{escape(address)}</a>' if own else str(escape(address)))
        parts.append(str(escape(tail)))
        at = match.end()
    parts.append(str(escape(text[at:])))
    # Every part above was escaped.
    return Markup("".join(parts))  # noqa: S704 - every part was escaped


def _letter(visit: Visit, letter_id: str) -> ReceivedLetter:
    found = next((each for each in _letters(visit) if each.id == letter_id), None)
    if found is None:
        raise NotFound("letter")
    return found


def _letters(visit: Visit) -> Sequence[ReceivedLetter]:
    return visit.web.post_office.letters if visit.web.post_office else ()
