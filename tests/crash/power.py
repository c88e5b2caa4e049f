"""A disk that forgets, when the power goes, whatever nobody waited for: a VFS of SQLite in front of its own.

A kill leaves what was written to the kernel, so no kill shows a sync that is missing. Here everything that SQLite asks
of the disk is written down and done; `Disk.cut` says what may be on it if the power went after any of that: what was
synced is there, of the rest nothing, all of it, or some sectors of it. A name that was taken away is gone for good when
its directory was synced, as it is when a journal is made anew, or at once where SQLite asks for it.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_POINTER, _INT, _LONG, _TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_longlong, ctypes.c_char_p
_CLOSE = ctypes.CFUNCTYPE(_INT, _POINTER)
_WRITE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_TRUNCATE = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_SYNC = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)
_OPEN = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)  # the path is kept as it is given
_DELETE = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT)
OK = 0


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods` (sqlite3.h, version 3)."""

    _fields_ = [
        ("version", _INT), ("close", _CLOSE), ("read", _POINTER), ("write", _WRITE), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("others", _POINTER * 13),
    ]  # fmt: skip


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` (sqlite3.h, version 3)."""

    _fields_ = [
        ("version", _INT), ("size_of_file", _INT), ("longest", _INT), ("next", _POINTER), ("name", _TEXT),
        ("own", _POINTER), ("open", _OPEN), ("delete", _DELETE), ("others", _POINTER * 14),
    ]  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Something that was asked of the disk: write, truncate, sync, make or delete a file."""

    what: str
    name: str
    at: int = 0  # where it is written, or the new length
    content: bytes = b""
    synced: bool = False  # whether the directory was synced with it


@dataclass
class _File:
    """What of a file is on the disk for good, and what is on its way there."""

    lasting: bytearray = field(default_factory=bytearray)
    pending: list[Asked] = field(default_factory=list)

    def after(self, kept: list[Asked]) -> bytes:
        """Its content when the disk has done these, too."""
        content = bytearray(self.lasting)
        for each in kept:
            _do(content, each)
        return bytes(content)

    def sync(self) -> None:
        """Everything that is on its way has come."""
        self.lasting, self.pending = bytearray(self.after(self.pending)), []


def _do(content: bytearray, asked: Asked) -> None:
    end = asked.at if asked.what == "truncate" else asked.at + len(asked.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if asked.what == "truncate":
        del content[asked.at :]
    else:
        content[asked.at : end] = asked.content


class Disk:
    """What SQLite asked of the files of this folder, in its order; `log` may be read at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log: list[Asked] = []
        self._before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}

    def cut(self, length: int, chance: random.Random | None) -> dict[str, bytes]:
        """The files when the power goes after so many things were asked.

        Without `chance` the disk has done nothing that nobody waited for, else some sectors of it in any order.
        """
        files = {name: _File(bytearray(content)) for name, content in self._before.items()}
        names: dict[str, _File] = dict(files)  # as they are for whoever asks now
        for asked in self.log[:length]:
            if asked.what == "make":
                names[asked.name] = _File()
            elif asked.what == "delete":
                names.pop(asked.name, None)
            elif asked.what == "sync":
                names[asked.name].sync()
            else:
                names[asked.name].pending.append(asked)
            if asked.synced:
                files = dict(names)
        if chance is not None and chance.random() < 0.5:
            files = names
        return {name: file.after(_some(file.pending, chance)) for name, file in files.items()}


def _some(pending: list[Asked], chance: random.Random | None) -> list[Asked]:
    """Some of what was on its way, by sectors, in the order in which it was asked."""
    if chance is None:
        return []
    share, kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0)), []
    for each in pending:
        if each.what == "truncate":
            kept += [each] if chance.random() < share else []
            continue
        for start in range(0, len(each.content), SECTOR):
            if chance.random() < share:
                kept.append(Asked("write", each.name, each.at + start, each.content[start : start + SECTOR]))
    return kept


@contextmanager
def watched(folder: Path) -> Iterator[Disk]:
    """Whatever database is opened in this folder from now on is written down; one disk at a time."""
    disk = Disk(folder)
    _SHIM.disk = disk
    _SHIM.register()
    try:
        yield disk
    finally:
        _SHIM.unregister()
        _SHIM.disk = None


class _Shim:
    """SQLite's own VFS with four of its functions watched; the callbacks live as long as the process."""

    def __init__(self) -> None:
        self.disk: Disk | None = None
        self._sqlite = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        self._sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        self._real = self._sqlite.sqlite3_vfs_find(None).contents
        self._vfs = _Vfs.from_buffer_copy(self._real)
        self._vfs.name, self._vfs.next = b"forgetful", None
        self._vfs.open, self._vfs.delete = _OPEN(self._open), _DELETE(self._delete)
        self._methods: dict[int, _Methods] = {}  # by the address of those that they stand before
        self._names: dict[int, str] = {}
        self._fresh: set[int] = set()
        self._order = threading.Lock()

    def register(self) -> None:
        """From now on databases are opened through it."""
        assert self._sqlite.sqlite3_vfs_register(ctypes.byref(self._vfs), 1) == OK

    def unregister(self) -> None:
        """No more."""
        assert self._sqlite.sqlite3_vfs_unregister(ctypes.byref(self._vfs)) == OK

    def _open(self, vfs: int, path: int | None, file: int, flags: int, found: int | None) -> int:
        place = _place(path) if path else None
        is_new = place is not None and not place.exists()
        code = int(self._real.open(vfs, path, file, flags, found))
        disk = self.disk
        if code != OK or disk is None or place is None or place.parent != disk.folder:
            return code
        with self._order:
            self._names[file] = place.name
            if is_new:
                self._fresh.add(file)
                disk.log.append(Asked("make", place.name))
            first = ctypes.cast(file, ctypes.POINTER(_POINTER))
            first[0] = ctypes.addressof(self._watched(first[0]))
        return code

    def _watched(self, address: int | None) -> _Methods:
        """These methods, watched."""
        assert address is not None
        known = self._methods.get(address)
        if known is None:
            real = _Methods.from_address(address)
            known = _Methods.from_buffer_copy(real)
            known.close = _CLOSE(lambda file: self._close(real, file))
            known.write = _WRITE(lambda file, content, size, at: self._write(real, file, content, size, at))
            known.truncate = _TRUNCATE(lambda file, size: self._truncate(real, file, size))
            known.sync = _SYNC(lambda file, flags: self._sync(real, file, flags))
            self._methods[address] = known
        return known

    def _note(self, asked: Asked) -> None:
        if self.disk is not None:
            self.disk.log.append(asked)

    def _close(self, real: _Methods, file: int) -> int:
        with self._order:
            self._names.pop(file, None)
            self._fresh.discard(file)
        return int(real.close(file))

    def _write(self, real: _Methods, file: int, content: int, size: int, at: int) -> int:
        with self._order:
            self._note(Asked("write", self._names[file], at, ctypes.string_at(content, size)))
            return int(real.write(file, content, size, at))

    def _truncate(self, real: _Methods, file: int, size: int) -> int:
        with self._order:
            self._note(Asked("truncate", self._names[file], size))
            return int(real.truncate(file, size))

    def _sync(self, real: _Methods, file: int, flags: int) -> int:
        """The first sync of a file that was made syncs its directory (os_unix.c, UNIXFILE_DIRSYNC)."""
        code = int(real.sync(file, flags))
        with self._order:
            self._note(Asked("sync", self._names[file], synced=file in self._fresh))
            self._fresh.discard(file)
        return code

    def _delete(self, vfs: int, path: int, syncs: int) -> int:
        place, code = _place(path), int(self._real.delete(vfs, path, syncs))
        if code == OK and self.disk is not None and place.parent == self.disk.folder:
            with self._order:
                self._note(Asked("delete", place.name, synced=bool(syncs)))
        return code


def _place(path: int) -> Path:
    return Path(ctypes.string_at(path).decode())


_SHIM = _Shim()
