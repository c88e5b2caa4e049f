"""Keeping the directory: names with days, successors, posts, holders, groups; who did it stands beside each change."""

from __future__ import annotations

from datetime import date, timedelta

from tests.actions.lent_office import number_of
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions.organising import bodies, posts
from workflows.actions.organising.bodies import Entry
from workflows.actions.organising.posts import Appointment
from workflows.store import directory, organisation
from workflows.store.screens.organisation import body_seen, office_tree

SINCE = date(2024, 2, 1)


def entry(cast: Cast, name: str, kind: str = "unit") -> Entry:
    return Entry(kind, name, cast.office.id)


def test_a_new_name_keeps_the_old_one_with_its_last_day(cast: Cast) -> None:
    unit, desk = cast.office.drafting_unit_id, cast.desk("quan_tri")
    with cast.database.read() as connection:
        was = directory.body(connection, unit).name
    bodies.rename_body(desk, unit, "Văn phòng HĐND và UBND xã", SINCE, "VP")
    with cast.database.read() as connection:
        seen = body_seen(connection, unit, cast.now.date())
        (change,) = organisation.changes_of(connection, cast.office.id, 5)
        found = directory.find_body(connection, cast.office.id, was, cast.now.date())
    assert (seen.body.name, seen.body.short_name) == ("Văn phòng HĐND và UBND xã", "VP")
    assert [(each.name, each.until) for each in seen.former] == [(was, SINCE - timedelta(days=1))]
    assert found is not None
    assert found.id == unit
    assert (change.change, change.by, change.facts["was"]) == ("body_renamed", cast.actor("quan_tri").name, was)


def test_names_change_only_forward_and_to_something_else(cast: Cast) -> None:
    unit, desk = cast.office.drafting_unit_id, cast.desk("quan_tri")
    bodies.rename_body(desk, unit, "Văn phòng HĐND và UBND xã", SINCE)
    with refused(cast.database, "BAD_PERIOD"):
        bodies.rename_body(desk, unit, "Văn phòng", SINCE - timedelta(days=30))
    with refused(cast.database, "DAY_AHEAD"):
        bodies.rename_body(desk, unit, "Văn phòng", cast.now.date() + timedelta(days=1))
    with refused(cast.database, "SAME_NAME"):
        bodies.rename_body(desk, unit, "Văn phòng  HĐND và UBND xã", cast.now.date())
    with refused(cast.database, "FIELD_REQUIRED"):
        bodies.rename_body(desk, unit, "  ", cast.now.date())
    with refused(cast.database, "NOT_YOURS"):
        bodies.rename_body(cast.desk("van_thu"), unit, "Phòng khác", cast.now.date())


def test_a_body_is_entered_once_and_guests_are_told_apart(cast: Cast) -> None:
    desk = cast.desk("quan_tri")
    unit = bodies.enter_body(desk, cast.office.id, entry(cast, "Phòng Kinh tế, Hạ tầng"))
    party = bodies.enter_body(desk, cast.office.id, entry(cast, "Đảng ủy xã An Bình", "party"))
    with cast.database.read() as connection:
        tree = {each.body.id: each for each in office_tree(connection, cast.office.id, cast.now.date())}
    assert (tree[unit].is_guest, tree[party].is_guest, tree[unit].depth) == (False, True, 1)
    with refused(cast.database, "ALREADY_THERE"):
        bodies.enter_body(desk, cast.office.id, entry(cast, "phòng kinh tế, hạ tầng"))
    with refused(cast.database, "BAD_KIND"):
        bodies.enter_body(desk, cast.office.id, entry(cast, "UBND xã khác", "office"))


def test_a_successor_takes_over_and_the_end_can_be_undone(cast: Cast) -> None:
    desk, unit = cast.desk("quan_tri"), cast.office.drafting_unit_id
    heir = bodies.enter_body(desk, cast.office.id, entry(cast, "Phòng Văn hóa - Xã hội mới"))
    yesterday = cast.now.date() - timedelta(days=1)
    with refused(cast.database, "BAD_SUCCESSOR"):
        bodies.close_body(desk, unit, yesterday, unit)
    bodies.close_body(desk, unit, yesterday, heir)
    with refused(cast.database, "BAD_SUCCESSOR"):
        bodies.close_body(desk, heir, cast.now.date(), unit)
    with cast.database.read() as connection:
        ended = directory.body(connection, unit)
        assert directory.in_office(connection, ended, cast.now.date()) == directory.body(connection, heir)
    bodies.restore_body(desk, unit)
    with refused(cast.database, "NOT_ENDED"):
        bodies.restore_body(desk, unit)
    with cast.database.read() as connection:
        assert directory.body(connection, unit).exists_on(cast.now.date())


def test_a_post_an_acting_head_and_the_end_of_a_holding_with_undo(cast: Cast) -> None:
    desk, today = cast.desk("quan_tri"), cast.now.date()
    unit = bodies.enter_body(desk, cast.office.id, entry(cast, "Phòng Kinh tế, Hạ tầng"))
    post_id = posts.enter_post(desk, unit, "thu_truong", "TRƯỞNG PHÒNG", is_head=True)
    with refused(cast.database, "ALREADY_HEADED"):
        posts.enter_post(desk, unit, "can_bo", "Phó phòng", is_head=True)
    with refused(cast.database, "ALREADY_THERE"):
        posts.enter_post(desk, unit, "thu_truong", "Trưởng phòng", is_head=False)
    with refused(cast.database, "BAD_ROLE"):
        posts.enter_post(desk, unit, "vua", "Vua", is_head=False)
    acting = Appointment(name="Lê Thị Hoa", valid_from=today, acting=True, basis="12/QĐ-UBND")
    holding_id = posts.appoint(desk, post_id, acting)
    with cast.database.read() as connection:
        (held,) = directory.holders_of(connection, f"thu_truong@{unit}", today)
        assert (held.name, held.acting) == ("Lê Thị Hoa", True)
    with refused(cast.database, "ALREADY_HOLDS"):
        posts.appoint(desk, post_id, Appointment(person_id=held.person_id))
    with refused(cast.database, "BAD_PERIOD"):
        posts.end_holding(desk, holding_id, today - timedelta(days=1))
    posts.end_holding(desk, holding_id, today)
    posts.reopen_holding(desk, holding_id)
    with refused(cast.database, "NOT_ENDED"):
        posts.reopen_holding(desk, holding_id)
    with cast.database.read() as connection:
        said = [each.change for each in organisation.changes_of(connection, cast.office.id, 4)]
    assert said == ["holding_reopened", "holding_ended", "appointed", "post_entered"]


def test_groups(cast: Cast) -> None:
    desk, unit = cast.desk("quan_tri"), cast.office.drafting_unit_id
    group = bodies.enter_body(desk, cast.office.id, entry(cast, "Các phòng chuyên môn", "group"))
    bodies.join_group(desk, group, unit)
    with refused(cast.database, "ALREADY_MEMBER"):
        bodies.join_group(desk, group, unit)
    with cast.database.read() as connection:
        assert [each.id for each in directory.expand_group(connection, group, cast.now.date())] == [unit]
    bodies.leave_group(desk, group, unit)
    with refused(cast.database, "NOT_FOUND"):
        bodies.leave_group(desk, group, unit)


def test_somebody_who_left_is_not_appointed(cast: Cast) -> None:
    desk, clerk = cast.desk("quan_tri"), number_of(cast, "van_thu")
    with cast.database.write() as connection:
        directory.leave(connection, clerk, cast.now.date())
        (post, *_) = directory.posts_of(connection, cast.office.id)
    with refused(cast.database, "ALREADY_LEFT"):
        posts.appoint(desk, post.id, Appointment(person_id=clerk))
