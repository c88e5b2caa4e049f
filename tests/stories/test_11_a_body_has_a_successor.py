"""01/07/2025: a unit is merged, an office renamed; the old names reach the successor, and both names stay."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions.organising import bodies
from workflows.actions.organising.bodies import Entry
from workflows.store import directory, issuing
from workflows.store.database import Database
from workflows.store.screens.organisation import office_tree
from workflows.store.screens.plan_page import plan_top

LAST_DAY, NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2025, 6, 2))


@on_both
def test_a_unit_is_merged_and_the_office_renamed_while_its_plan_is_in_force(cast: Cast) -> None:
    cast.import_and_start()
    cast.pass_to_force()
    office, unit = cast.office.id, cast.office.drafting_unit_id
    with cast.database.read() as connection:
        old_office, old_unit = directory.body(connection, office).name, directory.body(connection, unit).name
        issued = issuing.frozen(connection, "plan", cast.plan_id)
        recipients = issuing.recipients_of(connection, "plan", cast.plan_id)
    holder = cast.actor("thu_truong", unit)

    # The day comes: the unit becomes part of a new one, the office takes another name.
    cast.now = day(2025, 7, 1)
    desk = cast.desk("quan_tri")
    heir = bodies.enter_body(desk, office, Entry("unit", "Phòng Văn hóa - Xã hội xã mới", office, valid_from=NEW_DAY))
    bodies.close_body(desk, unit, LAST_DAY, heir)
    bodies.rename_body(desk, office, "Ủy ban nhân dân xã Mộ Đức", NEW_DAY)

    with cast.database.read() as connection:
        called = directory.find_meant(connection, office, old_unit, NEW_DAY)
        assert called is not None
        assert (called.body.id, called.called.id, called.succeeded) == (heir, unit, True)
        renamed = directory.find_body(connection, office, old_office, NEW_DAY)
        assert renamed is not None
        assert renamed.id == office

        # Nothing that was issued changed, and the page says both names.
        assert issuing.frozen(connection, "plan", cast.plan_id) == issued
        assert issuing.recipients_of(connection, "plan", cast.plan_id) == recipients
        assert plan_top(connection, cast.plan_id, cast.now, NEW_DAY).office == (
            f"{old_office} (nay là Ủy ban nhân dân xã Mộ Đức)"
        )

        # The old unit is no more in the tree, but history keeps it with who followed.
        assert unit not in {each.body.id for each in office_tree(connection, office, NEW_DAY)}
        kept = {each.body.id: each for each in office_tree(connection, office, NEW_DAY, whole=True)}
        assert (kept[unit].ended, kept[unit].successor) == (True, "Phòng Văn hóa - Xã hội xã mới")

    # Whoever works in the successor has the work of the old unit.
    with cast.database.write() as connection:
        new_post = directory.add_post(connection, heir, "thu_truong", "TRƯỞNG PHÒNG", is_head=True)
        directory.hold(connection, new_post, int(holder.person or 0), valid_from=NEW_DAY)
        assert f"thu_truong@{unit}" in directory.groups_of(connection, int(holder.person or 0), cast.now)
