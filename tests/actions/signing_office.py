"""The small office with keys: its chairman, its vice-chairman and its seal can sign digitally."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from service.demo.signing import set_up_signing
from tests.stories.cast import Cast
from workflows.actions.sign_documents import sign_documents
from workflows.papers.signing.trust import Trust
from workflows.papers.signing.verify_pdf import PdfVerdict, verify_pdf
from workflows.store import document_files, signing
from workflows.store.database import Database
from workflows.store.signing import SigningOrder

from .small_office import START, started

PASSWORD = "mật khẩu kho khóa thử"


def signing_office(database: Database, folder: Path) -> Cast:
    """The office with keys, and the plan signed in the system, waiting for its number."""
    cast = started(database)
    set_up_signing(database, folder / "keys", PASSWORD, START - timedelta(days=30), START)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    return cast


def sign(cast: Cast) -> tuple[int, int, int]:
    """The clock has signatures made: found, done, failed."""
    swept = sign_documents(cast.clock)
    return swept.found, swept.done, swept.failed


def orders(cast: Cast) -> dict[str, SigningOrder]:
    """The orders of the plan by role."""
    with cast.database.read() as connection:
        return signing.orders_of(connection, "plan", cast.plan_id)


def files(cast: Cast, role: str) -> list[bytes]:
    """The kept files of the plan in this role."""
    with cast.database.read() as connection:
        found = document_files.files_of(connection, "plan", cast.plan_id, role)
        return [document_files.file_content(connection, each.id) for each in found]


def judged(cast: Cast, content: bytes) -> PdfVerdict:
    """What verification says about these bytes."""
    with cast.database.read() as connection:
        trust = signing.trust_of(connection)
    assert trust is not None
    return verify_pdf(content, Trust.from_json(trust), cast.now)
