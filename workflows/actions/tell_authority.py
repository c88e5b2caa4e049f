"""Both sides hear when lent authority begins, is taken back and is over (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

from datetime import timedelta

from workflows.store import directory, telling
from workflows.store.directory import Delegation
from workflows.store.suspending import suspended_offices

from .desk import Desk, Swept, Work

KIND = "authority_moved"
LENT, BEGINS, TAKEN_BACK, OVER = "lent", "begins", "taken_back", "over"
# A clock that stood still for longer tells nobody of what is past: it is on the page of delegations.
LOOK_BACK = timedelta(days=7)


def tell_authority(desk: Desk, limit: int = 500) -> Swept:
    """Tell of every delegation that began or ended by itself since it was last looked; each turn once."""
    with desk.as_clock().open() as work:
        found = directory.turned(work.connection, work.now - LOOK_BACK, work.now, limit)
        idle = suspended_offices(work.connection)
        offices = [(lent, _office(work, lent)) for lent in found]
        done = sum(_tell(work, lent, _turn(work, lent), office) for lent, office in offices if office not in idle)
    return Swept(len(found), done)


def tell_of(work: Work, lent: Delegation, how: str) -> bool:
    """Note for both sides what has become of the delegation; False when it was noted before."""
    return _tell(work, lent, how, _office(work, lent))


def _tell(work: Work, lent: Delegation, how: str, office_id: int | None) -> bool:
    return telling.tell(
        work.connection,
        KIND,
        f"{KIND}:{how}:{lent.id}",
        work.now,
        office_id=office_id,
        data={"delegation": lent.id, "how": how, "by": work.by.person},
    )


def _office(work: Work, lent: Delegation) -> int | None:
    return directory.office_of_person(work.connection, lent.from_person_id, work.today)


def _turn(work: Work, lent: Delegation) -> str:
    return OVER if lent.valid_to <= work.now else BEGINS
