"""Attached files become searchable: each is read once, outside of any transaction, and what came of it is kept."""

from __future__ import annotations

import logging
from typing import Final

from workflows.errors import NotFound, Refused
from workflows.papers.attachment_text import attachment_text
from workflows.papers.confined import SECONDS
from workflows.store import document_files, file_words
from workflows.store.file_words import ReadWords, UnreadFile

from .desk import Desk, Swept

# Of a processor, in one round: what hostile files take of the sweeps that come after.
SECONDS_OF_A_ROUND: Final = 30.0
# Another program was at it: the file waits for the next round.
_LATER: Final = frozenset({"CONVERTER_BUSY"})
_log = logging.getLogger(__name__)


def read_attachments(desk: Desk, limit: int = 500) -> Swept:
    """Read the files that wait, oldest first, until a round's time is used up; a file that cannot be read is noted.

    Only what is wrong with this machine counts as failed, and is tried again.
    """
    with desk.database.read() as connection:
        waiting = file_words.unread_files(connection, limit)
    done = failed = 0
    left = SECONDS_OF_A_ROUND
    for file in waiting:
        if left <= 0:
            break
        try:
            read, seconds = _read(desk, file)
        except Exception:
            _log.exception("file %s could not be read", file.id)
            failed += 1
            continue
        left -= seconds
        if read is not None:
            with desk.open() as work:
                done += file_words.keep_file_words(work.connection, file, read)
    return Swept(len(waiting), done, failed)


def _read(desk: Desk, file: UnreadFile) -> tuple[ReadWords | None, float]:
    """What stands in the file, and the seconds that it took; None: not now."""
    try:
        with desk.database.read() as connection:
            content = document_files.file_content(connection, file.id)
        found = attachment_text(content, file.name)
    except NotFound:
        return None, 0.0
    except Refused as refused:
        seconds = SECONDS if refused.code == "TOO_COMPLEX" else 1.0
        if refused.code in _LATER:
            return None, seconds
        state = file_words.SCAN if refused.code == "SCAN" else file_words.UNREADABLE
        return ReadWords(state, reason=refused.code), seconds
    return ReadWords(file_words.WHOLE if found.is_whole else file_words.BEGINNING, found.text), found.seconds
