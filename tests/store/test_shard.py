"""A part of the offices: each office is in one of them, and the parts are alike however the ids lie."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import BigInteger, cast, column, literal, select, union_all

from workflows.store.database import Database
from workflows.store.shard import Shard

OFFICES = 400


def part_sizes(database: Database, distance: int, of: int) -> Counter[int]:
    """How many of these offices, whose ids are at one distance, are in each part."""
    ids = union_all(*(select(literal(35 + distance * at).label("id")) for at in range(OFFICES))).subquery()
    with database.read() as connection:
        found = {
            part: connection.scalars(select(ids.c.id).where(Shard(part, of).holds(ids.c.id))).all()
            for part in range(of)
        }
    assert sorted(each for part in found.values() for each in part) == [35 + distance * at for at in range(OFFICES)]
    return Counter({part: len(each) for part, each in found.items()})


@pytest.mark.parametrize("distance", [1, 4, 8, 12, 100])
def test_the_parts_are_alike_whatever_the_distance_of_ids(database: Database, distance: int) -> None:
    sizes = part_sizes(database, distance, 4)
    assert max(sizes.values()) - min(sizes.values()) < OFFICES * 0.05


def test_what_is_of_no_office_is_in_the_first_part(database: Database) -> None:
    nobody = select(cast(None, BigInteger).label("id")).subquery()
    with database.read() as connection:
        found = [
            bool(connection.execute(select(nobody).where(Shard(part, 3).holds(column("id")))).all())
            for part in range(3)
        ]
    assert found == [True, False, False]
