"""Documents that only LibreOffice opens (.doc, .odt, .rtf) as .docx: one at a time, without macros or links."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflows.errors import Refused

SECONDS = 40
MEMORY_KIB = 4 * 1024 * 1024
_LARGEST_FILE_KIB = 200 * 1024
_PROGRAMS = ("soffice", "libreoffice")
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
)
_ITEM = """<item oor:path="/org.openoffice.Office.{path}">
<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>"""
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""


def converted_to_docx(data: bytes, filename: str, kind: str) -> bytes:
    """The document as .docx.

    Refused with UNSUPPORTED (`advice` docx) where LibreOffice is not installed, TOO_COMPLEX when it takes longer than
    40 seconds, NOT_A_DOCUMENT when it makes nothing of the file.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refused("NO_LIBREOFFICE", filename=filename, kind=kind, advice="docx")
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder, _one_at_a_time():
        source = Path(folder, f"document.{kind}")
        source.write_bytes(data)
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
        _run(program, Path(folder), source, filename)
        made = Path(folder, "out", "document.docx")
        if not made.is_file():
            raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged")
        return made.read_bytes()


def _run(program: str, folder: Path, source: Path, filename: str) -> None:
    """Runs the program in a group of processes that ends as a whole, under bounds that the shell sets."""
    bounds = f"ulimit -v {MEMORY_KIB} -t {SECONDS} -f {_LARGEST_FILE_KIB} -c 0"
    arguments = [
        program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 - a program of the system with our own arguments
        ["/bin/sh", "-c", f'{bounds}; exec "$@"', "sh", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, start_new_session=True,
    ) as running:  # fmt: skip
        try:
            running.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired as late:
            raise Refused("TOO_COMPLEX", filename=filename, seconds=SECONDS) from late
        finally:
            _end(running.pid)


def _end(group: int) -> None:
    """Ends whatever is left of the group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Holds other threads and processes of this user off: one conversion uses a whole processor."""
    lock = Path(tempfile.gettempdir(), f"kehoach-office-{os.getuid()}.lock")
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
