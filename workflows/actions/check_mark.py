"""The code under which a document is checked, kept with its number and printed on it as a QR code."""

from __future__ import annotations

from workflows.papers.signing.check_code import check_code, qr_svg, spaced
from workflows.papers.write_pdf import CheckMark
from workflows.store import clockwork, signing

from .desk import Work


def keep_check_mark(work: Work, content_hash: str, subject: str, subject_id: int, notation: str) -> CheckMark | None:
    """Keep the document's code; what is printed of it, None while nobody has said at which address the pages are."""
    code = check_code(content_hash, subject, subject_id, notation)
    signing.keep_code(work.connection, code, subject, subject_id)
    address = clockwork.setting(work.connection, signing.CHECK_ADDRESS)
    if address is None:
        return None
    where = f"{address}/kiem-tra/{spaced(code)}"
    return CheckMark(where, qr_svg(where))
