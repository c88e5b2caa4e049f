"""Documents that only LibreOffice opens (.doc, .odt, .rtf) as .docx: one at a time, without macros or links."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflows.errors import Refused

# An office's document takes one to four seconds of a processor and 210 MB (measured with LibreOffice 7.4); the time of
# the wall is longer, for a busy machine gives a program its seconds later.
CPU_SECONDS, WALL_SECONDS = 12, 30
MEMORY_KIB = 1024 * 1024  # of address space; it still starts with three quarters of that
LARGEST_SOURCE = 10 * 1024 * 1024  # bytes
_LARGEST_FILE_KIB = 100 * 1024
PATIENCE_SECONDS = 60  # for one's turn
_TURN = threading.Lock()
# How a program ends that a bound stopped: by the signal itself, or by a shell in between that says so.
_SIGNALS = (signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGXFSZ)
_STOPPED = frozenset({*(-each for each in _SIGNALS), *(128 + each for each in _SIGNALS)})
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

    Refused with NO_LIBREOFFICE (`advice` docx) where it is not installed, TOO_LARGE above 10 MB, TOO_COMPLEX when it
    takes more than 12 seconds of a processor, 30 of the wall or 1 GB, CONVERTER_BUSY when others take longer than a
    minute, NOT_A_DOCUMENT when it makes nothing of the file.
    """
    if len(data) > LARGEST_SOURCE:
        raise Refused("TOO_LARGE", filename=filename, size=len(data), limit=LARGEST_SOURCE)
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refused("NO_LIBREOFFICE", filename=filename, kind=kind, advice="docx")
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder, _one_at_a_time(filename):
        source = Path(folder, f"document.{kind}")
        source.write_bytes(data)
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items=items), encoding="utf-8")
        ended = _run(program, Path(folder), source, filename)
        made = Path(folder, "out", "document.docx")
        if made.is_file():
            return made.read_bytes()
        if ended in _STOPPED:
            raise Refused("TOO_COMPLEX", filename=filename, seconds=CPU_SECONDS)
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged")


def _run(program: str, folder: Path, source: Path, filename: str) -> int:
    """How the program ended, run in a group of processes that ends as a whole, under bounds that the shell sets."""
    # A bound a command: dash takes one only, and with two it would set none and go on.
    bounds = " && ".join(f"ulimit {each}" for each in _bounds())
    arguments = [
        program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 - a program of the system with our own arguments
        ["/bin/sh", "-c", f'{bounds} && exec "$@"', "sh", *arguments],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, start_new_session=True,
    ) as running:  # fmt: skip
        try:
            return running.wait(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as late:
            raise Refused("TOO_COMPLEX", filename=filename, seconds=WALL_SECONDS) from late
        finally:
            _end(running.pid)


def _bounds() -> Iterator[str]:
    """Address space, processor time, size of a written file, and no core."""
    yield f"-v {MEMORY_KIB}"
    yield f"-t {CPU_SECONDS}"
    yield f"-f {_LARGEST_FILE_KIB * 2}"  # in blocks of 512 bytes
    yield "-c 0"


def _end(group: int) -> None:
    """Ends whatever is left of the group."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


@contextmanager
def _one_at_a_time(filename: str) -> Iterator[None]:
    """Holds other threads and processes of this user off: one conversion uses a whole processor."""
    if not _TURN.acquire(timeout=PATIENCE_SECONDS):
        raise Refused("CONVERTER_BUSY", filename=filename)
    lock = Path(tempfile.gettempdir(), f"kehoach-office-{os.getuid()}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
    finally:
        _TURN.release()
