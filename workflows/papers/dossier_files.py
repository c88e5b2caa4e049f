"""The file of a finished plan as bytes: one PDF of all pages, and one XML that lists every document with its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import pypdfium2
from lxml import etree

from workflows.errors import Refused
from workflows.plans.dossier import Piece


def pages_of(data: bytes) -> int:
    """How many pages a PDF has; NOT_A_DOCUMENT for bytes that are none."""
    with _opened(data) as document:
        return len(document)


def joined(parts: Sequence[bytes]) -> bytes:
    """The pages of all these PDFs, one after the other."""
    whole = pypdfium2.PdfDocument.new()
    try:
        for part in parts:
            with _opened(part) as document:
                whole.import_pages(document)
        content = BytesIO()
        whole.save(content)
        return content.getvalue()
    finally:
        whole.close()


def dossier_xml(facts: Mapping[str, str], pieces: Sequence[Piece]) -> bytes:
    """<hoSo> with the facts as attributes and a <vanBan> for each piece, in their order."""
    root = etree.Element("hoSo", attrib=dict(facts))
    for at, piece in enumerate(pieces, start=1):
        document = etree.SubElement(root, "vanBan", attrib={"stt": str(at), "ngay": piece.day.isoformat()})
        for name, value in (
            ("loai", piece.kind),
            ("soKyHieu", piece.cited),
            ("trichYeu", piece.title),
            ("tacGia", piece.by),
            ("sha256", piece.sha256),
            ("noiDung", piece.text),
        ):
            if value:
                etree.SubElement(document, name).text = _printable(value)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as damage:
        raise Refused("NOT_A_DOCUMENT", filename="pdf", reason="damaged") from damage


def _printable(text: str) -> str:
    """XML has no control characters but tabs and line ends."""
    return "".join(each for each in text if each >= " " or each in "\t\n\r")
