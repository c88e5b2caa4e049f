"""What a program demands of a call: that it is done once, and only while a case stands as the program saw it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import cases, kept_answers


@dataclass(frozen=True)
class SeenCase:
    """A case and the revisions at which the program will have it changed."""

    case_id: int
    revisions: frozenset[int]


@dataclass
class Demands:
    """The demands of one call; the desk asks them in each transaction until the first that is kept, and notes that.

    `key` is done once for this token within a day. The claim is written in the transaction of the deed, so that it is
    there when and only when the deed is.
    """

    token_id: int
    key: str | None = None
    fingerprint: str = ""
    seen: SeenCase | None = None
    asked: bool = field(default=False, init=False)

    def claim(self, connection: Connection, now: datetime) -> int | None:
        """Take the key before the deed; the revision of the case that is to be compared after it.

        CALL_REPEATED when somebody was first with this key.
        """
        if self.key is not None and not kept_answers.claim_key(
            connection, self.token_id, self.key, self.fingerprint, now
        ):
            raise Refused("CALL_REPEATED", key=self.key)
        if self.seen is None:
            return None
        return cases.revision_of(connection, self.seen.case_id)

    def compare(self, revision: int | None) -> None:
        """CASE_MOVED_ON when the case was not as the program saw it; after the deed, so that its refusals come first:
        who may not know of a task does not learn from its revision that there is one."""
        if self.seen is not None and revision not in self.seen.revisions:
            raise Refused("CASE_MOVED_ON", case=self.seen.case_id, revision=revision)
