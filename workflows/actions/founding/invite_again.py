"""Gửi lại lời mời: the first administrator of a founded office is written to anew, under a new link."""

from __future__ import annotations

from workflows.actions.designing.keepers import require_keeper
from workflows.actions.desk import Desk
from workflows.errors import NotFound, Refused
from workflows.store import foundings, telling
from workflows.store.screens.founded import with_account

from .new_offices import invitation_of


def invite_again(desk: Desk, founding_id: int, line: int) -> None:
    """Have one more invitation written, at most one a minute; NOT_PROCESS_KEEPER, NotFound, ALREADY_INVITED_IN."""
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        founding = foundings.founding(work.connection, founding_id)
        found = next((each for each in foundings.lines_of(work.connection, founding_id) if each.number == line), None)
        if found is None or found.person_id is None or found.status not in (foundings.MADE, foundings.WORKED):
            raise NotFound("founding_line", number=line)
        if with_account(work.connection, [found.person_id]):
            raise Refused("ALREADY_INVITED_IN")
        again = f":{work.now:%Y%m%d%H%M}"
        office = found.texts["ten_co_quan"]
        telling.tell_many(work.connection, [invitation_of(founding, found.person_id, office, work.now, again)])
