"""Which body a document means: by any of its names without regard to marks, nearest to the office first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from workflows.plans.names import body_key, fold
from workflows.store.tables.directory import bodies, body_names

from .bodies import Body, body_of_row, in_office

# The rank of a name that is only loosely the same; 0 to 2 are a body's name, short name and aliases.
LOOSE = 3


@dataclass(frozen=True)
class Meant:
    """Who is meant by a name: the body in office, and the one that was called so, which may have ended before."""

    body: Body
    called: Body

    @property
    def succeeded(self) -> bool:
        """Whether the name is that of a body that is no more; both names are then shown."""
        return self.body.id != self.called.id


def find_body(connection: Connection, office_id: int, name: str, on: date) -> Body | None:
    """The body in office that day which this office calls so, as `find_meant` finds it."""
    meant = find_meant(connection, office_id, name, on)
    return meant.body if meant else None


def find_meant(connection: Connection, office_id: int, name: str, on: date) -> Meant | None:
    """The body in office that day which this office calls so, and the body whose name that is.

    The office and its units come before the offices above it and theirs, and those before everything else under
    the same root; a full name comes before a short name, that before an alias, and that before a name that is the same
    only once abbreviations are spelled out. A body that ended is followed to its successor. None when nobody is called
    so, or several are and only a person can tell which is meant.
    """
    exactly, loosely = fold(name), body_key(name)
    called = select(bodies, body_names.c.rank, body_names.c.fold.label("matched"))
    called = called.join(body_names, body_names.c.body_id == bodies.c.id)
    rows = connection.execute(called.where(body_names.c.fold.in_({exactly, loosely})).order_by(bodies.c.id)).all()
    tree = _Tree(connection)
    own = tree.above(office_id)
    rings: dict[int, list[tuple[int, Meant]]] = {}
    for row in rows:
        candidate = body_of_row(row)
        ring = _ring(tree, own, candidate)
        alive = in_office(connection, candidate, on)
        if ring is not None and alive is not None:
            rank = row.rank if row.matched == exactly else LOOSE
            rings.setdefault(ring, []).append((rank, Meant(alive, candidate)))
    if not rings:
        return None
    nearest = rings[min(rings)]
    best = min(rank for rank, _ in nearest)
    meant = {each.body.id: each for rank, each in nearest if rank == best}
    return next(iter(meant.values())) if len(meant) == 1 else None


class _Tree:
    """The parents of bodies, each asked for once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._parents: dict[int, int | None] = {}

    def above(self, body_id: int) -> list[int]:
        """The body, its parent, and so on up to the root."""
        path: list[int] = []
        current: int | None = body_id
        while current is not None and current not in path:
            path.append(current)
            if current not in self._parents:
                wanted = select(bodies.c.parent_id).where(bodies.c.id == current)
                self._parents[current] = self._connection.scalar(wanted)
            current = self._parents[current]
        return path


def _ring(tree: _Tree, own: list[int], candidate: Body) -> int | None:
    """How far the candidate is: 0 in the office, 1 in the one above it …; None when they share no root."""
    places = {candidate.id, candidate.office_id}
    if candidate.kind != "office":
        places.add(candidate.parent_id)
    for distance, office in enumerate(own):
        if office in places:
            return distance
    root = tree.above(candidate.office_id or candidate.id)[-1]
    return len(own) if root == own[-1] else None
