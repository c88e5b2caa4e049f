"""Thành lập nhiều cơ quan: a file is judged, kept, and made portion by portion; twice the same file is once.

Each portion is a transaction of its own: whatever ends the program between two of them, the rest is made by carrying
on, and nothing of an office is there without the whole of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from workflows.actions.designing.keepers import process_office, require_keeper
from workflows.actions.desk import Desk, Work
from workflows.actions.lend_authority import LONGEST_SETTING
from workflows.errors import Refused
from workflows.plans.founding_sheet import Line, kept_line
from workflows.store import change_threshold, foundings, stops
from workflows.store.clockwork import WEEK_SETTING
from workflows.store.database import losing_is_stale
from workflows.store.directory.many_offices import copy_rules
from workflows.store.organisation import note_change
from workflows.store.preferences import QUIET_SETTING
from workflows.store.screens.security import MAIL_CODES

from .judge import THERE, Judged, from_above, judge
from .new_offices import NewOffices

PORTION = 100  # offices a transaction
UNDO_WITHIN = timedelta(days=7)
# What an office takes over from the one that it is made like, beside units and levels of escalation. What rests on a
# decision of its own (silence as consent, who may have copies signed) or on its address it does not.
RULES = (WEEK_SETTING, QUIET_SETTING, stops.KEY, change_threshold.KEY, MAIL_CODES, LONGEST_SETTING)


def look_at_offices(desk: Desk, lines: Sequence[Line]) -> list[Judged]:
    """What would come of each line; nothing is kept. NOT_PROCESS_KEEPER."""
    with desk.database.house.read() as connection:
        require_keeper(connection, desk.by)
        return judge(connection, lines, Work(connection, desk.now, desk.by).today)


def begin_founding(desk: Desk, lines: Sequence[Line], file: str) -> int:
    """Keep what of the file can be founded, to be made by `carry_on`; its id.

    NOT_PROCESS_KEEPER; FOUNDING_RUNS while another file is not done; NOTHING_TO_FOUND.
    """
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        running = foundings.running_founding(work.connection)
        if running is not None:
            raise Refused("FOUNDING_RUNS", id=running)
        new = [each for each in judge(work.connection, lines, work.today) if each.is_new]
        if not new:
            raise Refused("NOTHING_TO_FOUND")
        texts = {each.line.number: each.line.texts for each in new}
        writer = process_office(work.connection)
        with losing_is_stale():
            return foundings.add_founding(work.connection, file[:120], texts, work.now, work.by.name, writer)


def carry_on(desk: Desk, founding_id: int, portion: int = PORTION) -> int:
    """Make the next portion; how many lines still wait. NOT_PROCESS_KEEPER, NotFound."""
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        founding = foundings.founding(work.connection, founding_id, lock=True)
        if not founding.running:
            return 0
        lines = foundings.lines_of(work.connection, founding_id)
        waiting = {each.number for each in lines if each.status == foundings.WAITING}
        judged = judge(work.connection, [kept_line(each.number, each.texts) for each in lines], work.today)
        settled = [_settled(each) for each in judged if each.line.number in waiting and not each.is_new]
        made = NewOffices(work, founding).make(from_above(judged)[:portion])
        foundings.settle(work.connection, founding_id, [*settled, *made.lines])
        for model, office_ids in made.by_model.items():
            copy_rules(work.connection, model, office_ids, RULES)
        left = len(waiting) - len(settled) - len(made.lines)
        if not left:
            _finish(work, founding)
        return left


def _settled(judged: Judged) -> Mapping[str, Any]:
    """A line that has nothing to be made of by now."""
    told = [{"code": each.code, "facts": dict(each.facts)} for each in judged.problems]
    status = foundings.THERE if judged.status == THERE else foundings.REFUSED
    return {
        "number": judged.line.number, "status": status, "office_id": judged.office_id, "person_id": None,
        "problems": told or None,
    }  # fmt: skip


def _finish(work: Work, founding: foundings.Founding) -> None:
    foundings.finish(work.connection, founding.id)
    made = [each for each in foundings.lines_of(work.connection, founding.id) if each.status == foundings.MADE]
    if founding.writer_id is not None:
        facts = {"file": founding.file, "count": len(made)}
        note_change(work.connection, founding.writer_id, "offices_founded", work.now, work.by.name, facts)
