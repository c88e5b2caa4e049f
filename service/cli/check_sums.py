"""A copy and the SHA-256 that lies beside it, as `sha256sum` writes it: a copy that was changed is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

from workflows.errors import Refused
from workflows.whole_file import put_whole


def beside(file: Path) -> Path:
    """Where the sum of this copy lies."""
    return file.with_name(f"{file.name}.sha256")


def write_sum(file: Path) -> str:
    """Put the sum beside the copy; `sha256sum -c` reads it too."""
    digest = _sum_of(file)
    place = beside(file)
    try:
        put_whole(place, f"{digest}  {file.name}\n".encode())
    except BaseException:  # without its sum nobody could tell whether the copy is damaged
        file.unlink()
        raise
    return digest


def refuse_damaged(file: Path) -> None:
    """DAMAGED_BACKUP when the copy is another than the one that was written; without a sum nothing can be said."""
    place = beside(file)
    if place.is_file() and place.read_text(encoding="utf-8").split()[:1] != [_sum_of(file)]:
        raise Refused("DAMAGED_BACKUP", file=str(file), beside=place.name)


def _sum_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
