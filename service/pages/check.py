"""/kiem-tra: anybody checks a document, by the file or by the code printed on it; no account, nothing is kept."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.responses import Response

from service.auth.policy import PUBLIC, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import signatures
from workflows.errors import Refused
from workflows.papers.signing.check_code import spaced, typed_code
from workflows.papers.signing.confined_verify import NO_TRUST, verdict_on
from workflows.store import signing
from workflows.store.screens import check as screen

from .mistakes import Mistake, mistakes_of

pages = Pages()
# Each check is a process of its own; more than these at once would starve the pages.
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE_SECONDS = 30


@pages.get("/kiem-tra", PUBLIC)
def ask(visit: Guest) -> Response:
    """Where a file is chosen or a code is typed."""
    return _page(visit)


@pages.get("/kiem-tra/tim", PUBLIC)
def find(visit: Guest, ma_kiem_tra: str = "") -> Response:
    """A typed code leads to the document's own page."""
    code = typed_code(ma_kiem_tra)
    if code is None:
        return _page(visit, wrong=[_unknown(ma_kiem_tra)], status=422)
    return visit.go(f"/kiem-tra/{spaced(code)}")


@pages.get("/kiem-tra/{code}", PUBLIC)
def by_code(visit: Guest, code: str) -> Response:
    """What the register says of the document with this code; its file can be checked against it."""
    document = _by_code(visit, code)
    if isinstance(document, Refused):
        return _page(visit, wrong=mistakes_of(document), status=404)
    return _page(visit, document=document)


@pages.post("/kiem-tra", PUBLIC)
def check_file(visit: Guest) -> Response:
    """Check the uploaded file; it is read in a confined process and forgotten."""
    upload = visit.form.files.get("tep_kiem_tra")
    if upload is None:
        return _page(visit, wrong=[Mistake.empty("tep_kiem_tra")], status=422)
    try:
        verdict, trust = _verdict(visit, upload.content)
    except Refused as refused:
        return _page(visit, wrong=mistakes_of(refused), status=status_of(refused))
    values = [each["value"] for each in verdict["signatures"] if not each["is_stamp"]]
    with visit.web.database.read() as connection:
        found = screen.document_of_file(connection, verdict["sha256"], values)
        holders = {
            each["certificate"]: screen.registered_holder(connection, each["certificate"])
            for each in verdict["signatures"]
        }
    document, is_same = found if found is not None else (None, False)
    return _page(
        visit, verdict=_told(verdict), document=document, is_same=is_same, holders=holders, is_test=trust["test"]
    )


def _verdict(visit: Visit, content: bytes) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    _count(visit)
    with visit.web.database.read() as connection:
        trust = signing.trust_of(connection) or NO_TRUST
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise Refused("TOO_MANY_CHECKS")
    try:
        return verdict_on(content, trust, visit.now), trust
    finally:
        _AT_ONCE.release()


def _by_code(visit: Visit, words: str) -> screen.CheckedDocument | Refused:
    """The document, or why not; codes that do not exist are counted, so that nobody finds one by trying."""
    unknown = Refused("UNKNOWN_CHECK_CODE", field="ma_kiem_tra", value=words[:40])
    if not visit.web.checks.allows(visit.address, visit.now):
        raise Refused("TOO_MANY_CHECKS")
    code = typed_code(words)
    if code is None:
        return unknown
    with visit.web.database.read() as connection:
        found = signing.document_by_code(connection, code)
        document = screen.checked_document(connection, *found) if found else None
    if document is None:
        visit.web.checks.count(visit.address, visit.now)
        return unknown
    return document


def _count(visit: Visit) -> None:
    if not visit.web.checks.allows(visit.address, visit.now):
        raise Refused("TOO_MANY_CHECKS")
    visit.web.checks.count(visit.address, visit.now)


def _unknown(words: str) -> Mistake:
    return mistakes_of(Refused("UNKNOWN_CHECK_CODE", field="ma_kiem_tra", value=words[:40]))[0]


def _told(verdict: Mapping[str, Any]) -> Mapping[str, Any]:
    """The verdict with its instants as instants."""
    moments = ("claimed_at", "stamped_at")
    return {
        **verdict,
        "signatures": [
            each | {name: datetime.fromisoformat(each[name]) if each[name] else None for name in moments}
            for each in verdict["signatures"]
        ],
    }


def _page(visit: Visit, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401 - a template's variables
    known: dict[str, Any] = {"wrong": [], "document": None, "verdict": None, "is_same": False, "holders": {}}
    with visit.web.database.read() as connection:
        trust = signing.trust_of(connection)
    known |= {"is_test": bool(trust and trust["test"]), "said": signatures, "typed": {}, "spaced": spaced}
    return visit.page("check.html", status, **(known | facts))
