"""The child's part of `attachment_text`: the words of a file whose reading the system bounds already."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.letters import composed, seen

from .docx_text import docx_text
from .legacy_text import decode, modernise
from .packages import OLE, ZIP, open_package, package_kind
from .workbook_text import workbook_text

MOST_LETTERS = 400_000  # some hundred and fifty pages


def bounded_text(data: bytes) -> tuple[str, bool]:
    """The text of a PDF, DOCX, XLSX or TXT, and whether it is whole; Refused as `attachment_text` says."""
    text = seen(composed(modernise(_text_of(data)))).replace("\0", " ")
    return text[:MOST_LETTERS], len(text) <= MOST_LETTERS


def _text_of(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        from .pdf_text import pdf_text  # noqa: PLC0415 - only a PDF needs its libraries

        return pdf_text(data, "")
    if data.startswith(ZIP):
        with open_package(data, "") as package:
            kind = package_kind(package)
            if kind == "docx":
                return docx_text(package, "")
        if kind == "xlsx":
            return workbook_text(data, "", MOST_LETTERS)
        raise Refused("UNSUPPORTED", filename="", kind=kind or "zip", advice="docx")
    text = decode(data)
    if text is None or data.startswith(OLE):
        raise Refused("UNSUPPORTED", filename="", kind="", advice="docx")
    return text
