"""Whether an uploaded Word file still has revisions that nobody accepted; its text is read as if all were."""

from __future__ import annotations

from collections.abc import Iterable
from zipfile import BadZipFile

from lxml import etree

from workflows.errors import Refused

from .docx_numbering import W
from .docx_text import part_of
from .packages import open_package, package_kind

_REVISIONS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))


def tracked_changes(data: bytes, filename: str) -> int:
    """How many insertions, deletions and moves the body of this .docx keeps as revisions; 0 for any other file."""
    if not data.startswith(b"PK"):
        return 0
    try:
        with open_package(data, filename) as package:
            if package_kind(package) != "docx":
                return 0
            body = part_of(package, filename)
    except (Refused, etree.LxmlError, BadZipFile, OSError, KeyError, ValueError, StopIteration):
        return 0
    return _count(body.iter(*_REVISIONS)) if body is not None else 0


def _count(found: Iterable[object]) -> int:
    return sum(1 for _ in found)
