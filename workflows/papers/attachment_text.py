"""What stands in an attached file, for the search: read in a process of its own, bounded in time, memory and length."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.errors import Refused

from .confined import SECONDS, confined_words
from .office_convert import converted_to_docx
from .packages import OLE, ZIP, open_package, package_kind, require_word
from .read_file import LARGEST_FILE

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")


@dataclass(frozen=True)
class AttachmentText:
    """The text, whether it is all there is, and the seconds of a processor that reading it took."""

    text: str
    is_whole: bool
    seconds: float


def attachment_text(data: bytes, filename: str) -> AttachmentText:
    """The text of a PDF, DOCX, XLSX, TXT, DOC or ODT, told by its bytes.

    Refused with SCAN for pictures and for a PDF of pictures; EMPTY, TOO_LARGE, ENCRYPTED, TOO_COMPLEX (more than five
    seconds of a processor, or 512 MB), UNSUPPORTED, NOT_A_DOCUMENT; NO_LIBREOFFICE and CONVERTER_BUSY for DOC and ODT.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("TOO_LARGE", filename=filename, size=len(data), limit=LARGEST_FILE)
    if data.startswith(_PICTURES):
        raise Refused("SCAN", filename=filename, pages=1)
    foreign = _foreign_kind(data, filename)
    read = confined_words(converted_to_docx(data, filename, foreign) if foreign else data, filename)
    found = AttachmentText(str(read["text"]), bool(read["whole"]), float(read["seconds"]) + (SECONDS if foreign else 0))
    if not found.text.strip():
        raise Refused("EMPTY", filename=filename)
    return found


def _foreign_kind(data: bytes, filename: str) -> str | None:
    """The kind of a file that only LibreOffice opens; None: no such file."""
    if data.startswith(OLE):
        require_word(data, filename)
        return "doc"
    if data.startswith(ZIP):
        with open_package(data, filename) as package:
            return "odt" if package_kind(package) == "odt" else None
    return None
