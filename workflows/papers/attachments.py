"""Which files may be added to a task, a comment or a decision: documents and scans, told by ending and by bytes."""

from __future__ import annotations

from pathlib import PurePath

from workflows.errors import Refused

from .media_types import media_type_of
from .packages import OLE, ZIP
from .read_file import LARGEST_FILE

FIELD = "tep_kem"  # of every form that takes such files
# How the bytes of a file with this ending begin.
_STARTS: dict[str, bytes] = {
    ".pdf": b"%PDF-",
    ".docx": ZIP,
    ".xlsx": ZIP,
    ".odt": ZIP,
    ".ods": ZIP,
    ".doc": OLE,
    ".xls": OLE,
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
}
ACCEPTED = (*_STARTS, ".txt")


def checked_attachment(name: str, content: bytes) -> str:
    """The media type of a file that may be kept.

    Refused: EMPTY, TOO_LARGE, FILE_NOT_ACCEPTED for an ending that is not on the list, FILE_DISGUISED where the bytes
    are not what the ending says.
    """
    ending = PurePath(name.lower()).suffix
    if not content:
        raise Refused("EMPTY", field=FIELD, filename=name)
    if len(content) > LARGEST_FILE:
        raise Refused("TOO_LARGE", field=FIELD, filename=name, size=len(content), limit=LARGEST_FILE)
    if ending not in ACCEPTED:
        raise Refused("FILE_NOT_ACCEPTED", field=FIELD, filename=name, accepted=[each[1:] for each in ACCEPTED])
    if not (_is_text(content) if ending == ".txt" else content.startswith(_STARTS[ending])):
        raise Refused("FILE_DISGUISED", field=FIELD, filename=name, ending=ending[1:])
    return media_type_of(name)


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
