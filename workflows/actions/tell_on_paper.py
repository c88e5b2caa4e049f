"""Văn thư notes that the letter about a correction, recall or replacement went to somebody who has the paper."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import distributing, issuing, untold_papers
from workflows.store.untold_papers import TOLD

from .desk import Desk
from .outgoing_line import require_clerk
from .recipient_lines import office_of_line


def tell_on_paper(desk: Desk, recipient_id: int, relation_id: int) -> None:
    """Note who sent that letter to this line of Nơi nhận, and when; once for each thing that happened.

    NOT_YOURS for whoever does not keep the books there; NOTHING_TO_TELL for a line without the paper, for what did not
    happen to its document, and for what was noted before.
    """
    with desk.open() as work:
        line = issuing.recipient(work.connection, recipient_id, lock=True)
        require_clerk(work, office_of_line(work, line))
        untold = untold_papers.untold_papers(work.connection, recipient_id=line.id)
        if relation_id not in {each.relation_id for each in untold}:
            raise Refused("NOTHING_TO_TELL", name=line.body_name)
        distributing.note_step(work.connection, line.id, TOLD, work.now, work.by.name, str(relation_id))
