"""Hoàn tác việc thành lập: what a file founded is gone again, but for offices where somebody signed in or worked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from workflows.actions.designing.keepers import require_keeper
from workflows.actions.desk import Desk, Work
from workflows.errors import Refused
from workflows.store import foundings, links
from workflows.store.directory import many_offices
from workflows.store.foundings import FoundingLine
from workflows.store.many_rows import update_many
from workflows.store.organisation import note_change
from workflows.store.screens.founded import offices_with_traces, signed_in
from workflows.store.tables.directory import people

from .found import UNDO_WITHIN


@dataclass(frozen=True)
class TakenBack:
    """How many offices are gone, and how many stay because somebody was there."""

    gone: int
    stay: int


def take_back_founding(desk: Desk, founding_id: int) -> TakenBack:
    """Take out every office of this file in which nobody signed in or worked; invitations end, lines not made yet never
    are. NOT_PROCESS_KEEPER, NotFound, FOUNDING_UNDONE, UNDO_OVER."""
    with desk.open() as work:
        connection = work.connection
        require_keeper(connection, work.by)
        founding = foundings.founding(connection, founding_id, lock=True)
        if founding.undone_at is not None:
            raise Refused("FOUNDING_UNDONE", at=founding.undone_at, by=founding.undone_by)
        if work.now > founding.made_at + UNDO_WITHIN:
            raise Refused("UNDO_OVER", days=UNDO_WITHIN.days)
        lines = foundings.lines_of(connection, founding_id)
        made = {each.office_id: each for each in lines if each.status == foundings.MADE and each.office_id is not None}
        gone = _remove(connection, _untouched(connection, made.values()))
        _let_go(work, [each for office, each in made.items() if office in gone])
        foundings.settle(connection, founding_id, [_settled(each, gone) for each in lines if _is_open(each)])
        foundings.finish(connection, founding_id)
        foundings.mark_undone(connection, founding_id, work.now, work.by.name)
        if founding.writer_id is not None:
            facts = {"file": founding.file, "count": len(gone), "stay": len(made) - len(gone)}
            note_change(connection, founding.writer_id, "founding_undone", work.now, work.by.name, facts)
        return TakenBack(len(gone), len(made) - len(gone))


def _untouched(connection: Connection, made: Iterable[FoundingLine]) -> list[int]:
    """The offices whose new people never signed in, and of which no change is on record."""
    known = {each.office_id: each.person_id for each in made if each.office_id is not None}
    came = signed_in(connection, [each for each in known.values() if each is not None])
    traces = offices_with_traces(connection, known)
    return [office for office, person in known.items() if person not in came and office not in traces]


def _remove(connection: Connection, office_ids: Collection[int]) -> set[int]:
    """All at once; where anything refers to one of them, one by one from the bottom, and those stay."""
    try:
        with connection.begin_nested():
            many_offices.remove_offices(connection, office_ids)
        return set(office_ids)
    except IntegrityError:
        return {each for each in sorted(office_ids, reverse=True) if _is_removed(connection, each)}


def _is_removed(connection: Connection, office_id: int) -> bool:
    try:
        with connection.begin_nested():
            many_offices.remove_offices(connection, [office_id])
    except IntegrityError:
        return False
    return True


def _let_go(work: Work, lines: Iterable[FoundingLine]) -> None:
    """Those who were entered for offices that are gone leave, and their invitations open nothing."""
    entered = [each.person_id for each in lines if each.person_id is not None]
    holding = many_offices.still_holding(work.connection, entered)
    leaving = [each for each in entered if each not in holding]
    update_many(work.connection, people, [{"was_id": each, "left_on": work.today} for each in leaving])
    for each in leaving:
        links.revoke_links_of(work.connection, each, work.now)


def _is_open(line: FoundingLine) -> bool:
    return line.status in (foundings.MADE, foundings.WAITING)


def _settled(line: FoundingLine, gone: Collection[int]) -> dict[str, object]:
    stays = line.status == foundings.MADE and line.office_id not in gone
    return {
        "number": line.number, "status": foundings.WORKED if stays else foundings.UNDONE,
        "office_id": line.office_id if stays else None, "person_id": line.person_id, "problems": None,
    }  # fmt: skip
