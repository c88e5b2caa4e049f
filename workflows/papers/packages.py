"""Zip packages (docx, odt, xlsx) opened with care: no bomb is unpacked, no password is asked for."""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from workflows.errors import Refused

# How a package begins, and a container of before 2007 (OLE).
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 5000
_HIGHEST_RATIO = 400
KINDS_OF_PACKAGES = ("odt", "xlsx", "pptx")


def open_package(data: bytes, filename: str) -> ZipFile:
    """The package, judged by the sizes that it declares (zipfile never unpacks more than is declared).

    Refused with TOO_LARGE for a bomb, ENCRYPTED for entries under a password, NOT_A_DOCUMENT when it is damaged.
    """
    try:
        package = ZipFile(BytesIO(data))
        entries = package.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as damage:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from damage
    unpacked = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > 1_000_000 and entry.file_size > _HIGHEST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or bomb:
        raise Refused("TOO_LARGE", filename=filename, size=unpacked, limit=MOST_UNPACKED)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("ENCRYPTED", filename=filename)
    return package


def package_kind(package: ZipFile) -> str | None:
    """ "docx", "odt", "xlsx", "pptx", or None for any other package."""
    names = set(package.namelist())
    if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
        return "docx"
    parts = {"xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
    found = next((kind for kind, part in parts.items() if part in names), None)
    return found or ("odt" if "content.xml" in names and "mimetype" in names else None)


def require_word(container: bytes, filename: str) -> None:
    """Of an OLE container only a Word document from before 2007 is read.

    Refused with ENCRYPTED (a document of today under a password) or UNSUPPORTED.
    """
    if "EncryptedPackage".encode("utf-16-le") in container:
        raise Refused("ENCRYPTED", filename=filename)
    if "WordDocument".encode("utf-16-le") not in container:
        raise Refused("UNSUPPORTED", filename=filename, kind="doc", advice="docx")
