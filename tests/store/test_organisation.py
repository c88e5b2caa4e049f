"""Former names, absences and changes, as they are kept."""

from __future__ import annotations

from datetime import date, timedelta

from tests.store.office import NOW, TODAY, enter_office
from workflows.store import directory, organisation
from workflows.store.database import Database
from workflows.store.organisation import FormerName


def test_a_body_had_the_name_of_the_day(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        for name, until in (("Phòng Văn hóa", date(2020, 6, 30)), ("Phòng VHTT", date(2025, 6, 30))):
            organisation.add_former_name(connection, FormerName(office.culture, name, None, until), NOW, "An")
        current = directory.body(connection, office.culture).name
        days = (date(2020, 6, 30), date(2020, 7, 1), date(2025, 6, 30), date(2025, 7, 1), None)
        assert [organisation.name_on(connection, office.culture, current, day) for day in days] == [
            "Phòng Văn hóa",
            "Phòng VHTT",
            "Phòng VHTT",
            current,
            current,
        ]


def test_a_name_that_was_given_up_is_still_found(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        was = directory.body(connection, office.culture).name
        directory.call(connection, office.culture, "Phòng Văn hóa và Thông tin", "P. VHTT", also=[was])
        for name in (was, "Phòng Văn hóa và Thông tin", "P. VHTT"):
            found = directory.find_body(connection, office.commune, name, TODAY)
            assert found is not None
            assert found.id == office.culture


def test_an_absence_counts_from_its_first_to_its_last_day_until_it_is_cancelled(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        row = {"person_id": office.head, "first_day": TODAY, "last_day": TODAY + timedelta(days=2), "stuck": []}
        absence_id = organisation.add_absence(connection, row | {"entered_at": NOW, "entered_by": "An"})
        days = [TODAY + timedelta(days=number) for number in (-1, 0, 2, 3)]
        away = [organisation.absent_on(connection, [office.head, office.vice], day) for day in days]
        assert away == [frozenset(), {office.head}, {office.head}, frozenset()]
        assert organisation.overlapping(connection, office.head, TODAY + timedelta(days=2), date(2027, 1, 1))
        assert organisation.overlapping(connection, office.head, TODAY + timedelta(days=3), date(2027, 1, 1)) is None
        assert organisation.cancel_absence(connection, absence_id, NOW, "An")
        assert not organisation.cancel_absence(connection, absence_id, NOW, "Ba")
        assert organisation.absence(connection, absence_id).cancelled_by == "An"
        assert organisation.absent_on(connection, [office.head], TODAY) == frozenset()


def test_a_level_passes_over_who_is_away_towards_the_deputy(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)

        def told(target: str) -> list[int]:
            found = directory.escalation_target(connection, target, [], office.commune, TODAY)
            return [each.person_id for each in found]

        def is_away(person: int) -> None:
            row = {"person_id": person, "first_day": TODAY, "last_day": TODAY, "stuck": []}
            organisation.add_absence(connection, row | {"entered_at": NOW, "entered_by": "An"})

        assert told("chu_tich") == [office.chairman]
        is_away(office.chairman)
        assert told("chu_tich") == [office.vice]
        is_away(office.vice)
        assert told("chu_tich") == [office.clerk]
        is_away(office.clerk)
        assert told("chu_tich") == [office.chairman], "late, but not lost"


def test_changes_are_told_newest_first(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        for name in ("Phòng A", "Phòng B"):
            organisation.note_change(connection, office.commune, "body_entered", NOW, "An", {"name": name})
        organisation.note_change(connection, office.province, "body_entered", NOW, "An", {"name": "Sở"})
        found = organisation.changes_of(connection, office.commune, 10)
        assert [each.facts["name"] for each in found] == ["Phòng B", "Phòng A"]
