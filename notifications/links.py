"""Links in letters: a random token names a task or a receipt; it opens a page, and a person's POST there decides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import links, telling, worklist
from workflows.store.issuing import recipient
from workflows.store.links import Link

from .codes import is_code, six_digits, slow_hash
from .link_truth import borrowed, why_dead

VALID = timedelta(days=7)
AFTER_DUE = timedelta(days=7)
CODE_VALID = timedelta(minutes=30)
MOST_TRIES = 5
MOST_CODES = 5  # letters with a code for one link in an hour, so that nobody can spend them for others
INCOMING_PAGE = "/so-van-ban-den"
PLAN_PAGE = "/ke-hoach/{}"
DUTIES_PAGE = "/ke-hoach/{}/nhiem-vu"
COMMENTS_PAGE = "/ke-hoach/{}/trao-doi"
TASK_PAGE = "/viec/{}"
DUE_REQUEST_PAGE = "/lui-han/{}"
HOME_PAGE = "/viec"
CHANNELS_PAGE = "/kenh-tin"
SECURITY_PAGE = "/toi/bao-mat"
NOTICES_PAGE = "/toi/thong-bao"
DELEGATIONS_PAGE = "/to-chuc/uy-quyen"
ARCHIVES_PAGE = "/luu-tru"
# Occasions that are about no plan or step, and the page of the office or the person where they are looked at.
OWN_PAGES: Mapping[str, str] = {
    "document_arrived": INCOMING_PAGE,
    "authority_moved": DELEGATIONS_PAGE,
    "security_changed": SECURITY_PAGE,
    "webhook_disabled": CHANNELS_PAGE,
    "retention_due": ARCHIVES_PAGE,
}
UNSUBSCRIBE_PAGE = "/thoi-nhan/{}"
# 22 characters of URL-safe base64 hold 128 bits.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")


def make_link(
    connection: Connection,
    *,
    token: str,
    now: datetime,
    task_id: str | None = None,
    recipient_id: int | None = None,
    person_id: int | None = None,
    body_id: int | None = None,
    version: int | None = None,
    content_hash: str | None = None,
    due: datetime | None = None,
    valid: timedelta = VALID,
) -> str:
    """Keep a new link of a task or a receipt for one person or body, and return its path `/x/<token>`.

    Only the token's SHA-256 is kept. A person's link to a task is bound to the authority that the person acts on now,
    the own or a delegation. It ends after `valid`, at the latest seven days after the due date, or after today when
    that is over already: whoever is late still needs a way in.
    """
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token is at least 128 bits of URL-safe text")
    delegation_id = borrowed(connection, task_id, person_id, now) if task_id and person_id is not None else None
    latest = max(due, now) + AFTER_DUE if due is not None else now + valid
    links.add_link(
        connection,
        token_hash=hash_of(token),
        purpose="task" if task_id is not None else "receipt",
        made_at=now,
        expires_at=min(now + valid, latest),
        task_id=task_id,
        recipient_id=recipient_id,
        person_id=person_id,
        body_id=body_id,
        delegation_id=delegation_id,
        version=version,
        content_hash=content_hash,
    )
    return f"/x/{token}"


def resolve(connection: Connection, token: str, now: datetime) -> Link:
    """The usable link of this token.

    Refused: LINK_UNKNOWN; LINK_EXPIRED, LINK_USED, LINK_REVOKED with `task_id`, `recipient_id`, `person_id`, `body_id`,
    so that the page can show how the matter stands and offer a new link. A link whose grounds have gone since it was
    made is LINK_REVOKED with `why`, judged against what holds now and not against what was noted.
    """
    link = links.find_link(connection, hash_of(token)) if _TOKEN.fullmatch(token) else None
    if link is None or link.purpose == "account":  # that of an invitation is opened elsewhere (invitations.py)
        raise Refused("LINK_UNKNOWN")
    state = link.state(now)
    why = why_dead(connection, link, now) if state in ("usable", "revoked") else None
    if why is not None:
        state = "revoked"
    if state != "usable":
        raise Refused(
            f"LINK_{state.upper()}",
            task_id=link.task_id,
            recipient_id=link.recipient_id,
            person_id=link.person_id,
            body_id=link.body_id,
            why=why,
        )
    return link


def use(connection: Connection, token: str, now: datetime) -> bool:
    """Note that the decision behind this link is made; False when the link was not usable any more."""
    return links.use_link(connection, hash_of(token), now)


def make_code(connection: Connection, token: str, now: datetime) -> None:
    """Ask for a second letter with a code to type, for whom the link was made; Refused: LINK_…, CODE_LIMIT."""
    link = resolve(connection, token, now)
    task = worklist.task(connection, link.task_id) if link.task_id is not None else None
    document = recipient(connection, link.recipient_id) if link.recipient_id is not None else None
    plan_id = task.plan_id if task else document.subject_id if document and document.subject == "plan" else None
    for number in range(1, MOST_CODES + 1):
        if telling.tell(
            connection,
            "link_code",
            f"code:{link.token_hash}:{now:%Y%m%d%H}:{number}",
            now,
            office_id=task.office_id if task else None,
            plan_id=plan_id,
            data={"token_hash": link.token_hash},
        ):
            return
    raise Refused("CODE_LIMIT", most=MOST_CODES)


def set_code(connection: Connection, token_hash: str, token: str, now: datetime) -> str:
    """Give the link a new code of six digits, drawn from a random token; only a slow hash of it is kept."""
    code = six_digits(token)
    links.set_code(connection, token_hash, f"{now.isoformat()} {slow_hash(token_hash, code)}", now)
    return code


def check_code(connection: Connection, token: str, code: str, now: datetime) -> Refused | None:
    """None when the code is right, else LINK_…, CODE_MISSING, CODE_EXPIRED, CODE_LOCKED or CODE_WRONG(tries_left).

    The refusal is returned and not raised, so that the caller's transaction keeps the count of tries.
    """
    try:
        link = resolve(connection, token, now)
    except Refused as refused:
        return refused
    if link.code_hash is None:
        return Refused("CODE_MISSING")
    made_at, _, kept = link.code_hash.partition(" ")
    if now - datetime.fromisoformat(made_at) > CODE_VALID:
        return Refused("CODE_EXPIRED")
    # Counted before it is looked at, so that many guesses at once count as many.
    tries = links.count_wrong_code(connection, link.token_hash)
    if tries > MOST_TRIES:
        return Refused("CODE_LOCKED", most=MOST_TRIES)
    if is_code(kept, link.token_hash, code):
        # Whoever knows the code may have to hand in a corrected form several times.
        links.set_code(connection, link.token_hash, link.code_hash, now)
        return None
    return Refused("CODE_WRONG", tries_left=MOST_TRIES - tries)


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
