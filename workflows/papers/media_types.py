"""Media types of the files that an office handles, by the ending of their names."""

from __future__ import annotations

from pathlib import PurePath

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_BY_ENDING = {
    ".docx": DOCX,
    ".pdf": PDF,
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".rtf": "application/rtf",
    ".txt": "text/plain; charset=utf-8",
}


def media_type_of(name: str) -> str:
    """By the ending; bytes of no known kind for any other, so that no browser shows them as a page."""
    return _BY_ENDING.get(PurePath(name.lower()).suffix, "application/octet-stream")
