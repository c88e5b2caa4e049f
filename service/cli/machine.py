"""What the doctor looks at outside the database: Python, pinned packages, folder, disk, time zone, mail."""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from service.settings import Settings
from workflows.errors import Refused
from workflows.papers.fonts import find_font
from workflows.store.finding import Finding

from .examine_start import is_writable

# The three that must fit together, or Prefect's server does not start, or starts and never fires (docs/decisions/0004).
PINNED = ("prefect", "sqlalchemy", "fastapi")
NETWORK_KINDS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p")
LEAST_FREE_PERCENT = 5


def examine_machine(settings: Settings) -> Iterator[Finding]:
    """Everything about this machine that an office's plans depend on."""
    yield Finding("PYTHON", "ok", {"version": platform.python_version()})
    yield from _packages()
    yield from _folder(settings.data_dir.absolute(), embedded=not settings.database_url)
    yield _time_zone()
    yield _font()
    server = f"{settings.smtp_host}:{settings.smtp_port}" if settings.smtp_host else None
    yield Finding("MAIL", "ok" if server else "warning", {"server": server})


def _packages() -> Iterator[Finding]:
    wanted = {each.name: each.specifier for each in map(Requirement, requires("kehoach") or ()) if each.name in PINNED}
    for name, specifier in wanted.items():
        try:
            found: str | None = version(name)
        except PackageNotFoundError:
            found = None
        fits = found is not None and specifier.contains(found)
        yield Finding("PACKAGE", "ok" if fits else "error", {"name": name, "version": found, "wanted": str(specifier)})


def _folder(folder: Path, *, embedded: bool) -> Iterator[Finding]:
    place = next(each for each in (folder, *folder.parents) if each.exists())
    writable = is_writable(folder)
    state = "ghi được" if writable else "không có quyền ghi"
    # With PostgreSQL the folder may be closed: keys then come by settings, and whatever is missing is refused by name.
    level: Literal["warning", "error"] = "error" if embedded else "warning"
    yield Finding("FOLDER", "ok" if writable else level, {"folder": str(folder), "state": state})
    kind = _kind_of_disk(place)
    if embedded and kind in NETWORK_KINDS:
        yield Finding("NETWORK_FOLDER", "error", {"kind": kind})
    usage = shutil.disk_usage(place)
    percent = round(100 * usage.free / usage.total) if usage.total else 0
    facts = {"free_percent": percent, "free_megabytes": usage.free // 2**20}
    yield Finding("DISK", "ok" if percent >= LEAST_FREE_PERCENT else "error", facts)


def _kind_of_disk(place: Path) -> str | None:
    """The kind of the file system that this folder is on; None where the system does not say."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return None
    lines = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    above = [(len(point), kind) for _, point, kind, *_ in lines if place.is_relative_to(point)]
    return max(above)[1] if above else None


def _time_zone() -> Finding:
    """Seven hours before Greenwich since 1975, with no summer time: anything else is another place's or broken."""
    try:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Finding("TIME_ZONE", "error", {"state": "thiếu hoặc hỏng"})
    if {datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)} != {timedelta(hours=7)}:
        return Finding("TIME_ZONE", "error", {"state": "sai"})
    return Finding("TIME_ZONE", "ok", {"state": "có"})


def _font() -> Finding:
    """Whether official documents can be made as PDF: a font with all of Vietnamese."""
    try:
        font = find_font()
    except Refused as refused:
        return Finding(refused.code, "warning", refused.facts)
    return Finding("FONT", "ok", {"family": font.family, "folder": str(font.folder)})
