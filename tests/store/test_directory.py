"""Bodies, posts, holders and delegations on a given day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.store.office import NOW, TODAY, enter_office
from workflows.errors import NotFound, Refused
from workflows.store import directory
from workflows.store.database import Database


def test_an_office_is_its_own_authority(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        commune = directory.body(connection, office.commune)
        assert (commune.office_id, commune.parent_id) == (office.commune, office.province)
        named = [each.name for each in directory.bodies_of(connection, office.province)]
        assert named == ["Ủy ban nhân dân tỉnh Bình Thuận", "Sở Văn hóa, Thể thao và Du lịch"]
        assert [each.id for each in directory.offices(connection)] == [office.province, office.commune]


def test_what_is_not_there_is_not_found(database: Database) -> None:
    with database.read() as connection:
        with pytest.raises(NotFound) as body:
            directory.body(connection, 99)
        with pytest.raises(NotFound) as person:
            directory.person(connection, 98)
    assert (body.value.facts["what"], person.value.facts) == ("body", {"what": "person", "id": 98})


def test_posts_make_groups(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        commune, culture = office.commune, office.culture
        assert directory.groups_of(connection, office.chairman, NOW) == {
            f"chu_tich@{commune}",
            f"thu_truong@{commune}",
            f"thanh_vien@{commune}",
        }
        assert directory.groups_of(connection, office.officer, NOW) == {f"can_bo@{culture}", f"thanh_vien@{culture}"}
        held = directory.posts_held(connection, office.head, TODAY)
        assert [(each.title, each.body_id, each.is_head) for each in held] == [("TRƯỞNG PHÒNG", culture, True)]
        titles = [post.title for post in directory.posts_of(connection, commune)]
        assert titles == ["CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Văn thư"]


def test_a_post_is_held_from_its_first_to_its_last_day_in_the_local_zone(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        post = directory.add_post(connection, office.finance, "can_bo", "Chuyên viên")
        person = directory.add_person(connection, "Vũ Văn Hải")
        last = directory.hold(connection, post, person, valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 3))
        member = f"thanh_vien@{office.finance}"
        midnight = NOW.replace(hour=17) - timedelta(days=1)  # 2 March, 0:00 in Asia/Ho_Chi_Minh
        seen = [
            member in directory.groups_of(connection, person, instant)
            for instant in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=47, minutes=59))
        ]
        assert seen == [False, True, True]
        assert directory.groups_of(connection, person, midnight + timedelta(hours=48)) == frozenset()
        directory.end_holding(connection, last, date(2026, 3, 2))
        assert directory.groups_of(connection, person, midnight + timedelta(hours=24)) == frozenset()


def test_who_left_holds_nothing_and_lends_nothing(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        lend(connection, office.chairman, office.vice, [f"chu_tich@{office.commune}"])
        directory.leave(connection, office.chairman, TODAY)
        assert directory.groups_of(connection, office.chairman, NOW - timedelta(days=1)) != frozenset()
        assert directory.groups_of(connection, office.chairman, NOW) == frozenset()
        assert directory.lent_to(connection, office.vice, NOW) == []
        assert directory.head_of(connection, office.commune, TODAY) is None


def lend(connection: Connection, lender: int, borrower: int, groups: list[str]) -> int:
    return directory.delegate(
        connection,
        lender,
        borrower,
        capacity="TUQ.",
        groups=groups,
        basis="Giấy ủy quyền 12/GUQ-UBND",
        valid_from=NOW - timedelta(days=2),
        valid_to=NOW + timedelta(days=2),
    )


def test_what_was_lent_is_kept_apart_and_ends(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        key = f"chu_tich@{office.commune}"
        lent = lend(connection, office.chairman, office.vice, [key])
        (found,) = directory.lent_to(connection, office.vice, NOW)
        assert (found.groups, found.capacity, found.from_name) == (frozenset({key}), "TUQ.", "Nguyễn Văn An")
        assert key not in directory.groups_of(connection, office.vice, NOW)
        assert directory.lent_to(connection, office.vice, NOW + timedelta(days=2)) == []
        assert directory.lent_to(connection, office.vice, NOW - timedelta(days=2, seconds=1)) == []
        directory.revoke_delegation(connection, lent, NOW)
        assert directory.lent_to(connection, office.vice, NOW) == []
        assert directory.lent_to(connection, office.vice, NOW - timedelta(seconds=1)) != []


def test_nobody_lends_what_is_not_theirs(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        with pytest.raises(Refused) as refused:
            lend(connection, office.officer, office.vice, [f"can_bo@{office.culture}", f"chu_tich@{office.commune}"])
        assert (refused.value.code, refused.value.facts) == ("NOT_HELD", {"groups": [f"chu_tich@{office.commune}"]})
        with pytest.raises(Refused, match="BAD_GROUP"):
            lend(connection, office.officer, office.vice, ["can_bo@"])
        with pytest.raises(Refused, match="NOT_HELD"):
            lend(connection, office.officer, office.vice, [])


def test_holders_of_a_group_each_once_highest_first(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        second = directory.add_post(connection, office.commune, "pho_chu_tich", "PHÓ CHỦ TỊCH", rank=1)
        directory.hold(connection, second, office.vice)
        other = directory.add_person(connection, "Bùi Văn Khang")
        directory.hold(connection, second, other, acting=True)
        vices = directory.holders_of(connection, f"pho_chu_tich@{office.commune}", TODAY)
        assert [(each.name, each.acting) for each in vices] == [("Trần Thị Bình", False), ("Bùi Văn Khang", True)]
        members = directory.holders_of(connection, f"thanh_vien@{office.commune}", TODAY)
        assert [each.role for each in members] == ["chu_tich", "pho_chu_tich", "van_thu", "pho_chu_tich"]
        head = directory.head_of(connection, office.culture, TODAY)
        assert head is not None
        assert (head.person_id, head.title) == (office.head, "TRƯỞNG PHÒNG")
        assert directory.holders_of(connection, "can_bo@999", TODAY) == []
        (named,) = directory.holders_of(connection, f"nguoi@{office.officer}", TODAY)
        assert named.person_id == office.officer


@pytest.mark.parametrize("key", ["", "can_bo", "can_bo@", "can_bo@x", "can_bo@-1", "vua@3", "can_bo@3@4", "can_bo@²"])
def test_what_is_no_group_key_is_refused(key: str) -> None:
    with pytest.raises(Refused) as refused:
        directory.parse_group(key)
    assert refused.value.facts == {"group": key}


def test_the_work_of_an_ended_body_passes_on(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        old = directory.add_body(connection, kind="unit", name="Phòng Cũ", office_id=office.commune)
        older = directory.add_body(connection, kind="unit", name="Phòng Cũ hơn", office_id=office.commune)
        directory.end_body(connection, old, date(2026, 3, 1), office.culture)
        directory.end_body(connection, older, date(2025, 6, 30), old)
        groups = directory.groups_of(connection, office.officer, NOW)
        assert {f"can_bo@{old}", f"can_bo@{older}", f"can_bo@{office.culture}"} <= groups
        (holder,) = directory.holders_of(connection, f"can_bo@{older}", TODAY)
        assert holder.person_id == office.officer
        before = directory.groups_of(connection, office.officer, NOW - timedelta(days=1))
        assert f"can_bo@{old}" not in before
        assert [each.id for each in directory.bodies_of(connection, office.commune, TODAY)].count(old) == 0


def test_a_group_is_the_bodies_behind_it(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        outer = directory.add_body(connection, kind="group", name="Tất cả", office_id=office.commune)
        for member in (office.everybody, office.front, outer):
            directory.add_member(connection, outer, member)
        directory.end_body(connection, office.finance, date(2026, 2, 28), office.culture)
        behind = [each.id for each in directory.expand_group(connection, outer, TODAY)]
        assert sorted(behind) == sorted([office.culture, office.front])
        in_february = [each.id for each in directory.expand_group(connection, outer, date(2026, 2, 28))]
        assert sorted(in_february) == sorted([office.culture, office.finance, office.front])
        assert [each.id for each in directory.expand_group(connection, office.front, TODAY)] == [office.front]
        with pytest.raises(Refused, match="BAD_KIND"):
            directory.add_member(connection, office.front, office.culture)


def test_entries_that_mean_nothing_are_refused(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        with pytest.raises(Refused, match="BAD_ROLE"):
            directory.add_post(connection, office.commune, "vua", "VUA")
        with pytest.raises(Refused, match="BAD_KIND"):
            directory.add_body(connection, kind="castle", name="Lâu đài")
        backwards = {"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 1)}
        with pytest.raises(Refused, match="BAD_PERIOD"):
            directory.add_body(connection, kind="unit", name="Phòng", **backwards)  # type: ignore[arg-type]
        post = directory.posts_of(connection, office.commune)[0]
        with pytest.raises(Refused, match="BAD_PERIOD"):
            directory.hold(connection, post.id, office.vice, **backwards)  # type: ignore[arg-type]
