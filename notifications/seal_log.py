"""The evening's checkpoint: written, signed, and put where whoever can write the database cannot reach it.

A file in a folder, which may be another machine's, and where an address is named a mail with the same lines. At least
once: what did not leave is tried again by the next sweep, for a checkpoint is noted as gone only after both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from workflows.actions.checkpoint_log import checkpoint_log
from workflows.actions.desk import Desk, Swept
from workflows.papers.signing.seal_key import SealKey, seal_key
from workflows.store.checkpoints import Sealed, note_left, to_leave
from workflows.store.deliveries import Letter
from workflows.store.local_days import local_day
from workflows.whole_file import put_whole

from .channels.channel import Channel
from .channels.error import ChannelError

KEY = "checkpoint_key.pem"
FOLDER = "checkpoints"


@dataclass(frozen=True)
class Outside:
    """The key, and where checkpoints go: the folder of files, and a mail address (empty: none)."""

    key: SealKey
    folder: Path
    address: str = ""


def outside(data_dir: Path, key: str = "", folder: str = "", address: str = "") -> Outside:
    """The places of an installation: what is not set is beside its data, a key (PEM) that is not set is made there."""
    return Outside(seal_key(data_dir / KEY, key), Path(folder) if folder else data_dir / FOLDER, address)


def seal_log(desk: Desk, places: Outside, mail: Channel | None) -> Swept:
    """Write today's checkpoint, then let every one leave that has not; one that could not is counted as failed."""
    swept = checkpoint_log(desk, sign=places.key.sign)
    with desk.database.read() as connection:
        waiting = to_leave(connection)
    for sealed in waiting:
        try:
            _put(places.folder, sealed)
            if places.address:
                _send(mail, places.address, sealed)
        except (OSError, ChannelError):
            return swept + Swept(0, 0, 1)  # the others would fail as well
        with desk.open() as work:
            note_left(work.connection, sealed.id, work.now)
    return swept


def as_told(sealed: Sealed) -> Mapping[str, object]:
    """What stands in the file and in the mail."""
    return {
        "id": sealed.id,
        "at": sealed.at.isoformat(timespec="microseconds"),
        "previous": sealed.previous,
        "root": sealed.root,
        "signed_by": sealed.signed_by,
        "signature": sealed.signature,
    }


def _put(folder: Path, sealed: Sealed) -> None:
    """Whole or not at all; the same checkpoint again is the same file."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    put_whole(folder / f"{local_day(sealed.at):%Y-%m-%d}-{sealed.id}.json", _lines(sealed).encode())


def _send(mail: Channel | None, address: str, sealed: Sealed) -> None:
    if mail is None:
        raise ChannelError("no mail server")
    try:
        mail.send(_letter(address, sealed))
    finally:
        mail.close()


def _letter(address: str, sealed: Sealed) -> Letter:
    lines = _lines(sealed)
    return Letter(
        outbox_id=0,
        person_id=None,
        body_id=None,
        name="",
        address=address,
        channel="mail",
        subject=f"Điểm chốt nhật ký {local_day(sealed.at):%d/%m/%Y} số {sealed.id}",
        text=lines,
        html=f"<pre>{escape(lines)}</pre>",
        headers={"Message-ID": f"<checkpoint-{sealed.root}@kehoach>"},
        message_id=f"<checkpoint-{sealed.root}@kehoach>",
    )


def _lines(sealed: Sealed) -> str:
    return json.dumps(as_told(sealed), ensure_ascii=False, indent=1) + "\n"
