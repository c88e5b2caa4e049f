"""Who hears of a late task."""

from __future__ import annotations

import pytest

from tests.store.office import TODAY, Office, enter_office
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.database import Database


def heard(
    database: Database, target: str, group: str, *, assignee: str | None = None, gone: tuple[str, ...] = ()
) -> list[str]:
    with database.write() as connection:
        office = enter_office(connection)
        for name in gone:
            directory.leave(connection, getattr(office, name), TODAY)
        key = group.format(**vars(office))
        holder = str(getattr(office, assignee)) if assignee else None
        found = directory.escalation_target(connection, target, [key], office.commune, TODAY, assignee=holder)
        return [_name(office, each.person_id) for each in found]


def _name(office: Office, person: int) -> str:
    people = ("chairman", "vice", "head", "officer", "clerk", "front_head")
    return next(name for name in people if getattr(office, name) == person)


@pytest.mark.parametrize(
    ("target", "group", "assignee", "gone", "who"),
    [
        ("nguoi_giu", "thanh_vien@{culture}", None, (), ["head", "officer"]),
        ("nguoi_giu", "thanh_vien@{culture}", "officer", (), ["officer"]),
        ("nguoi_giu", "ke_toan", None, (), []),
        ("nguoi_giu", "nguoi@{officer}", None, (), ["officer"]),
        ("thu_truong", "can_bo@{culture}", "officer", (), ["head"]),
        ("thu_truong", "can_bo@{culture}", None, ("head",), ["chairman"]),
        ("thu_truong", "nguoi@{officer}", None, (), ["head"]),
        ("thu_truong", "thanh_vien@{front}", None, (), ["front_head"]),
        ("thu_truong", "thanh_vien@{front}", None, ("front_head",), []),
        ("pho_chu_tich", "can_bo@{culture}", None, (), ["vice"]),
        ("pho_chu_tich", "can_bo@{culture}", None, ("vice",), ["chairman"]),
        ("chu_tich", "can_bo@{culture}", None, (), ["chairman"]),
        ("chu_tich", "can_bo@{culture}", None, ("chairman",), ["clerk"]),
        ("pho_chu_tich", "can_bo@{culture}", None, ("vice", "chairman", "clerk"), []),
        ("van_thu", "can_bo@{culture}", None, (), ["clerk"]),
    ],
)
def test_the_target_of_a_level(
    database: Database, target: str, group: str, *, assignee: str | None, gone: tuple[str, ...], who: list[str]
) -> None:
    assert heard(database, target, group, assignee=assignee, gone=gone) == who


def test_an_unknown_target_is_refused(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        heard(database, "vua", "can_bo@{culture}")
    assert refused.value.code == "BAD_TARGET"
