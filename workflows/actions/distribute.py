"""What is left undone of a distribution is finished: documents that waited for their seal, lines that nobody told.

A command that issues a document distributes it in its own transaction. What could not leave then, because its digital
signature was still being made or because the program died, is found here by plain queries over what is stored.
"""

from __future__ import annotations

from functools import partial

from workflows.store import distributing, issuing
from workflows.store.distributing import Untold

from .automation import DISTRIBUTION
from .desk import Desk, Swept, Work
from .one_by_one import one_by_one
from .run_jobs import own_steps


def distribute(desk: Desk, limit: int = 500) -> Swept:
    """Send what is ready to its addressees, oldest first, each in a transaction of its own; twice is once."""
    clock = desk.as_clock()
    swept = one_by_one(clock, own_steps(clock, DISTRIBUTION, limit))
    with desk.database.read() as connection:
        untold = distributing.untold(connection, limit)
    return swept + one_by_one(clock, [partial(_tell, line=line) for line in untold])


def _tell(work: Work, line: Untold) -> None:
    """A line that goes by mail and of which nobody heard; told under the key that its issue would have used."""
    issuing.recipient(work.connection, line.recipient_id, lock=True)
    distributing.tell_line(work.connection, line.recipient_id, work.now, office_id=line.office_id, plan_id=line.plan_id)
