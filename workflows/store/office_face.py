"""What an office shows of itself on every page and every printed list: its emblem and the lines of its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from . import directory, document_files
from .clockwork import set_setting, setting
from .local_days import local_day
from .setting_changes import note_setting

ADDRESS = "dia_chi_co_quan"
EMBLEM = "bieu_tuong"
_SUBJECT = "office"


@dataclass(frozen=True)
class OfficeFace:
    """An office as it shows itself; `emblem` is the hash of its picture, or nothing."""

    id: int
    name: str
    address: tuple[str, ...]
    emblem: str


def address_of(connection: Connection, office_id: int) -> str:
    """The lines of the office's address; nothing where none were entered."""
    lines: str | None = setting(connection, ADDRESS, office_id)
    return lines or ""


def set_address(connection: Connection, office_id: int, lines: str, now: datetime, by: str) -> None:
    """Enter the lines, or take them away."""
    set_setting(connection, ADDRESS, lines or None, now=now, by=by, office_id=office_id)


def emblem_of(connection: Connection, office_id: int) -> document_files.DocumentFile | None:
    """The picture in use; an emblem that was taken away is an empty file."""
    kept = document_files.files_of(connection, _SUBJECT, office_id, EMBLEM)
    return kept[-1] if kept and kept[-1].size else None


def emblem_bytes(connection: Connection, file_id: int) -> bytes:
    """The picture itself."""
    return document_files.file_content(connection, file_id)


def keep_emblem(
    connection: Connection, office_id: int, media_type: str, content: bytes, *, now: datetime, by: str
) -> None:
    """Put a picture in use; no bytes take the emblem away."""
    before = emblem_of(connection, office_id)
    new = document_files.keep_file(connection, _SUBJECT, office_id, EMBLEM, EMBLEM, media_type, content, now, by)
    note_setting(connection, office_id, EMBLEM, before.id if before else None, new if content else None, now, by)


def face_of(connection: Connection, person_id: int, now: datetime) -> OfficeFace | None:
    """The face of the office in which the person holds the highest post; None for whoever holds none."""
    held = directory.posts_held(connection, person_id, local_day(now))
    if not held:
        return None
    place = directory.body(connection, held[0].body_id)
    office = place if place.kind == "office" or place.office_id is None else directory.body(connection, place.office_id)
    return office_face(connection, office.id, office.name)


def office_face(connection: Connection, office_id: int, name: str) -> OfficeFace:
    """What this office shows of itself."""
    emblem = emblem_of(connection, office_id)
    lines = address_of(connection, office_id).splitlines()
    return OfficeFace(office_id, name, tuple(lines), emblem.sha256 if emblem else "")
