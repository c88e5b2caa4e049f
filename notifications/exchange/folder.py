"""Envelopes through a folder that another program carries (a gateway of the province, a share, a stick)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workflows.actions.exchanging.carrier import Brought, CarrierError
from workflows.papers.edxml_read import LARGEST
from workflows.whole_file import put_whole

ENDING = ".edxml"
# Ours to write; theirs to write; what we took in; what nobody could make use of.
SENT, INBOX, RECEIVED, FAILED = "sent", "inbox", "received", "failed"
FOR_OTHERS = 0o666  # as the umask of this program allows: another program takes it away


@dataclass(frozen=True)
class FolderCarrier:
    """Writes to <folder>/sent and reads <folder>/inbox of each peer; a file counts once it has its whole name."""

    folders: Mapping[str, Path]

    @property
    def peers(self) -> Collection[str]:
        """Whose folders these are."""
        return self.folders.keys()

    def send(self, peer: str, name: str, content: bytes) -> None:
        """Write beside, then rename: whoever reads the folder never sees half a file."""
        try:
            put_whole(self._place(peer, SENT) / name, content, mode=FOR_OTHERS)
        except OSError as error:
            raise CarrierError(f"{type(error).__name__}: {error.strerror}") from error

    def bring(self, limit: int) -> Iterator[Brought]:
        """The whole files of every inbox, oldest first; partial, hidden and linked ones are left alone."""
        for peer in self.folders:
            try:
                found = sorted(self._place(peer, INBOX).glob(f"*{ENDING}"), key=lambda each: each.lstat().st_mtime)
            except OSError:
                continue
            for path in found[:limit]:
                if path.is_symlink() or not path.is_file() or path.name.startswith("."):
                    continue
                with path.open("rb") as file:
                    # One byte more than the largest, so that one that is too large is known as such.
                    yield Brought(peer, path.name, file.read(LARGEST + 1))

    def put_away(self, brought: Brought, *, good: bool) -> None:
        """Move it out of the inbox."""
        place = self._place(brought.peer, RECEIVED if good else FAILED)
        (self._place(brought.peer, INBOX) / brought.name).replace(place / brought.name)

    def _place(self, peer: str, name: str) -> Path:
        place = self.folders[peer] / name
        place.mkdir(parents=True, exist_ok=True)
        return place
