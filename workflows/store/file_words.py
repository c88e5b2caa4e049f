"""The words of files that people attached: a row waits from the moment the file is kept, a sweep fills it in once.

A waiting file is found by its name already. Only files of SEARCHED are in it: an issued document and its signed copies
say what the plan's text says. A file that is taken away or destroyed loses its words in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Select, delete, insert, null, select, update

from workflows.plans.written_words import folded_words, marked_words

from .suspending import goes_on
from .tables.books import incoming
from .tables.consultation import opinions, rounds
from .tables.file_words import file_words
from .tables.issuing import document_files
from .tables.plans import plans
from .tables.work_items import comments
from .word_index import WordIndex

FILE_WORDS: Final = WordIndex("file_words", "file_id")
# What files are of, to the role in which they are searched.
SEARCHED: Final[Mapping[str, str]] = {
    "plan": "appendix", "comment": "attachment", "opinion": "attachment", "incoming": "attachment",
}  # fmt: skip
WAITING, WHOLE, BEGINNING, SCAN, UNREADABLE = "waiting", "whole", "beginning", "scan", "unreadable"


@dataclass(frozen=True)
class UnreadFile:
    """A file whose words nobody has read yet."""

    id: int
    name: str


@dataclass(frozen=True)
class ReadWords:
    """What came of reading a file: its text, and one of the states of the table; `reason` where it was not readable."""

    state: str
    text: str = ""
    reason: str | None = None


def await_words(connection: Connection, file_id: int, subject: str, subject_id: int, name: str) -> None:
    """Let a file that is being kept be found by its name, and wait to be read."""
    owner = connection.execute(_OWNERS[subject].where(_SUBJECT_IDS[subject] == subject_id)).one()
    kept = {"office_id": owner.office_id, "plan_id": owner.plan_id, "state": WAITING, "text": ""}
    connection.execute(insert(file_words).values(file_id=file_id, **kept, **_words_of(name, "")))


def unread_files(connection: Connection, limit: int) -> list[UnreadFile]:
    """The files of offices that go on whose words nobody has read yet, oldest first."""
    waiting = select(file_words.c.file_id, document_files.c.name).join(document_files)
    due = waiting.where(file_words.c.state == WAITING, goes_on(file_words.c.office_id))
    return [UnreadFile(*row) for row in connection.execute(due.order_by(file_words.c.file_id).limit(limit))]


def keep_file_words(connection: Connection, file: UnreadFile, read: ReadWords) -> bool:
    """Keep what was read; False where somebody read it first, or the file was taken away meanwhile."""
    kept = {"state": read.state, "reason": read.reason, "text": read.text, **_words_of(file.name, read.text)}
    still = update(file_words).where(file_words.c.file_id == file.id, file_words.c.state == WAITING)
    return connection.execute(still.values(kept)).rowcount == 1


def forget_file_words(connection: Connection, file_ids: Sequence[int]) -> None:
    """These files are found no more."""
    connection.execute(delete(file_words).where(file_words.c.file_id.in_(file_ids)))


def _words_of(name: str, text: str) -> dict[str, str]:
    whole = f"{name}\n{text}"
    return {"fold": folded_words(whole), "marked": marked_words(whole)}


# To whom a file belongs, by what it is of: the office, and the plan with which others see it, too.
_OWNERS: Final[Mapping[str, Select[tuple[int, int | None]]]] = {
    "plan": select(plans.c.office_id, plans.c.id.label("plan_id")),
    "comment": select(plans.c.office_id, plans.c.id.label("plan_id")).join_from(
        comments, plans, plans.c.id == comments.c.plan_id
    ),
    "opinion": select(plans.c.office_id, plans.c.id.label("plan_id"))
    .join_from(opinions, rounds, rounds.c.id == opinions.c.round_id)
    .join(plans, plans.c.id == rounds.c.plan_id),
    "incoming": select(incoming.c.office_id, null().label("plan_id")),
}
_SUBJECT_IDS: Final = {
    "plan": plans.c.id, "comment": comments.c.id, "opinion": opinions.c.id, "incoming": incoming.c.id,
}  # fmt: skip
