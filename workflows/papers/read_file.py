"""The text of an uploaded document: told by its bytes, not its name; what cannot be read is refused with a code."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.letters import composed, seen

from .confined import confined_text
from .docx_text import docx_text
from .html_text import html_text
from .legacy_text import decode, modernise
from .office_convert import converted_to_docx
from .packages import KINDS_OF_PACKAGES, OLE, ZIP, open_package, package_kind, require_word

LARGEST_FILE = 20 * 1024 * 1024
# A page that somebody photographed is a scan like a PDF of pictures.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
# Starts of files that are no text documents at all: drawings, programs, archives, sound.
_OTHERS = (
    b"GIF8",
    b"BM",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"ID3",
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml")


def read_file(data: bytes, filename: str) -> str:
    """The text of a .txt, .md, .html, .docx, .pdf, .doc, .odt or .rtf, tables with one row a line, tabs between cells.

    Refused with EMPTY, TOO_LARGE (20 MB, or a package that unpacks to far more), ENCRYPTED, SCAN (a picture, a PDF of
    pictures), TOO_COMPLEX (not read within 5 seconds), NO_LIBREOFFICE (.doc, .odt, .rtf without it), UNSUPPORTED
    (`advice` says what to save it as) or NOT_A_DOCUMENT.
    """
    if len(data) > LARGEST_FILE:
        raise Refused("TOO_LARGE", filename=filename, size=len(data), limit=LARGEST_FILE)
    if not data.strip():
        raise Refused("EMPTY", filename=filename)
    text = seen(composed(modernise(_text_of(data, filename))))
    if not text.strip():
        raise Refused("EMPTY", filename=filename)
    return text


def _text_of(data: bytes, filename: str) -> str:
    start = data[:1024].lstrip().lower()
    if data.startswith(ZIP):
        return _packaged(data, filename)
    if data.startswith(OLE):
        require_word(data, filename)
        return _converted(data, filename, "doc")
    if start.startswith(b"%pdf"):
        return confined_text(data, filename)
    if start.startswith(b"{\\rtf"):
        return _converted(data, filename, "rtf")
    if data.startswith(_PICTURES):
        raise Refused("SCAN", filename=filename, pages=1)
    if data.startswith(_OTHERS):
        raise Refused("NOT_A_DOCUMENT", filename=filename)
    text = decode(data)
    if text is None:
        raise Refused("NOT_A_DOCUMENT", filename=filename)
    named_html = filename.lower().endswith((".html", ".htm"))
    return html_text(text) if named_html or start.startswith(_HTML_STARTS) else text


def _packaged(data: bytes, filename: str) -> str:
    with open_package(data, filename) as package:
        kind = package_kind(package)
        if kind == "docx":
            return docx_text(package, filename)
    if kind == "odt":
        return _converted(data, filename, "odt")
    if kind in KINDS_OF_PACKAGES:
        raise Refused("UNSUPPORTED", filename=filename, kind=kind, advice="docx")
    raise Refused("NOT_A_DOCUMENT", filename=filename)


def _converted(data: bytes, filename: str, kind: str) -> str:
    with open_package(converted_to_docx(data, filename, kind), filename) as package:
        return docx_text(package, filename)
