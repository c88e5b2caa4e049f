"""What was lent, as rows: the inbox of the borrower agrees with what `reaches` says, on every database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from tests.store.case_of import start
from tests.store.office import NOW, Office, enter_office
from workflows.plans.authority import EVERYTHING, Scope, by_name
from workflows.store import directory, worklist
from workflows.store.database import Database
from workflows.store.inbox import inbox, reached_by
from workflows.store.tables.worklist import task_groups, tasks

TASKS = (
    ("sign", "ke_hoach", "ky", None, (), True),
    ("number", "ke_hoach", "cap_so", None, (), True),
    ("report", "bao_cao", "ky_bao_cao", None, (), True),
    ("in_hand", "nhiem_vu", "thuc_hien", "lender", (), False),
    ("of_another", "ke_hoach", "ky", "other", (), True),
    ("not_for_lender", "ke_hoach", "ky", None, ("lender",), True),
    ("not_for_borrower", "ke_hoach", "ky", None, ("borrower",), True),
)


def lay_out(connection: Connection, office: Office) -> dict[str, str]:
    """One open task of each sort for the chairman; the names of their rows."""
    people = {"lender": str(office.chairman), "borrower": str(office.vice), "other": str(office.clerk)}
    names = {}
    case_id = start(connection).id
    for number, (name, process, form, assignee, excluded, in_group) in enumerate(TASKS, 1):
        task_id = f"{case_id}-{number}"
        names[task_id] = name
        row = {"id": task_id, "case_id": case_id, "process": process, "element": name, "name": name, "kind": "user"}
        row |= {
            "form": form,
            "status": "open",
            "assignee": people.get(assignee or ""),
            "variables": {},
            "escalation": [],
        }
        row |= {"excluded": [people[each] for each in excluded], "opened_at": NOW, "plan_id": None}
        connection.execute(insert(tasks).values(row))
        if in_group:
            key = f"chu_tich@{office.commune}"
            connection.execute(insert(task_groups).values(task_id=task_id, group_key=key))
    return names


def lend(connection: Connection, office: Office, groups: list[str], scope: Scope = EVERYTHING) -> directory.Delegation:
    directory.delegate(
        connection,
        office.chairman,
        office.vice,
        capacity="KT.",
        groups=groups,
        scope=scope,
        basis="Quy chế làm việc",
        valid_from=NOW - timedelta(days=1),
        valid_to=NOW + timedelta(days=1),
    )
    (found,) = directory.lent_to(connection, office.vice, NOW)
    return found


@pytest.mark.parametrize(
    ("by_post", "named", "scope", "seen"),
    [
        (True, False, EVERYTHING, {"sign", "number", "report"}),
        (True, True, EVERYTHING, {"sign", "number", "report", "in_hand"}),
        (False, True, EVERYTHING, {"in_hand"}),
        (True, True, Scope(steps=frozenset({"ky"})), {"sign"}),
        (True, True, Scope(kinds=frozenset({"bao_cao", "nhiem_vu"})), {"report", "in_hand"}),
        (True, True, Scope(plans=frozenset({99})), set()),
    ],
)
def test_the_inbox_of_the_borrower(
    database: Database, by_post: bool, named: bool, scope: Scope, seen: set[str]
) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        names = lay_out(connection, office)
        groups = [f"chu_tich@{office.commune}"] * by_post + [by_name(office.chairman)] * named
        lent = lend(connection, office, groups, scope)
        found = {names[task.id] for task in reached_by(connection, lent)}
        assert found == seen
        own = directory.groups_of(connection, office.vice, NOW)
        page = inbox(connection, office.vice, own, NOW, lent=[lent])
        assert {names[task.id] for task in page.tasks} == seen
        assert page.total == len(seen)
        reachable = [worklist.task(connection, task_id) for task_id in names]
        assert found <= {names[task.id] for task in reachable if task and lent.reaches(task)}


def test_it_begins_and_ends_at_its_instants_and_can_be_taken_back(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        lent = lend(connection, office, [f"chu_tich@{office.commune}"])
        instants = [lent.valid_from - timedelta(microseconds=1), lent.valid_from, lent.valid_to]
        assert [bool(directory.lent_to(connection, office.vice, at)) for at in instants] == [False, True, False]
        assert [lent.state(at) for at in instants] == ["ahead", "in_force", "over"]
        assert [each.to_person_id for each in directory.borrowers_of(connection, office.chairman, NOW)] == [office.vice]
        directory.revoke_delegation(connection, lent.id, NOW, "Hồ Văn Em")
        taken = directory.delegation(connection, lent.id)
        assert (taken.state(NOW), taken.revoked_by) == ("revoked", "Hồ Văn Em")
        directory.revoke_delegation(connection, lent.id, NOW + timedelta(hours=1), "Người khác")
        assert directory.delegation(connection, lent.id).revoked_by == "Hồ Văn Em"


def test_who_left_neither_lends_nor_borrows(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        lend(connection, office, [f"chu_tich@{office.commune}", by_name(office.chairman)])
        directory.leave(connection, office.vice, NOW.date())
        assert directory.borrowers_of(connection, office.chairman, NOW) == []
        assert directory.lent_to(connection, office.vice, NOW) == []
