"""An administrator enters what the office shows of itself: the lines of its address, and its emblem as a picture."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import office_face

from .administration import require_administrator
from .desk import Desk

MOST_LINES, LONGEST_LINE = 4, 120
LARGEST_EMBLEM = 60_000  # bytes: every page carries it
# Pictures that hold no program; told by their first bytes, whatever the file calls itself.
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def set_office_address(desk: Desk, office_id: int, lines: str) -> None:
    """Enter the lines, or take them away; Refused: NOT_YOURS, TOO_MANY_LINES, TOO_LONG."""
    require_administrator(desk.by, office_id)
    given = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    if len(given) > MOST_LINES:
        raise Refused("TOO_MANY_LINES", field="dia_chi", most=MOST_LINES)
    if any(len(line) > LONGEST_LINE for line in given):
        raise Refused("TOO_LONG", field="dia_chi", most=LONGEST_LINE)
    with desk.open() as work:
        office_face.set_address(work.connection, office_id, "\n".join(given), work.now, work.by.name)


def set_emblem(desk: Desk, office_id: int, content: bytes) -> None:
    """Put a picture in use; no bytes take it away. Refused: NOT_YOURS, EMBLEM_TOO_LARGE, NO_PICTURE."""
    require_administrator(desk.by, office_id)
    if len(content) > LARGEST_EMBLEM:
        raise Refused("EMBLEM_TOO_LARGE", field="bieu_tuong", most=LARGEST_EMBLEM // 1000)
    media_type = next((kind for mark, kind in _PICTURES if content.startswith(mark)), None)
    if content and media_type is None:
        raise Refused("NO_PICTURE", field="bieu_tuong")
    with desk.open() as work:
        kind = media_type or "application/octet-stream"
        office_face.keep_emblem(work.connection, office_id, kind, content, now=work.now, by=work.by.name)
