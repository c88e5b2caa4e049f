"""Ủy quyền: who may enter it, what is refused, what would move, and that it ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.actions.lent_office import desk_of, lend, loan, number_of, options, shifted
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions.act_on_task import act_on_task
from workflows.actions.desk import Desk
from workflows.actions.lend_authority import Loan, lend_authority, moves_of, set_longest, take_back
from workflows.plans.authority import Matter, Scope, by_name
from workflows.store import directory, issuing, organisation


def test_the_lender_or_an_administrator_enters_it_and_nobody_else(cast: Cast) -> None:
    given = loan(cast, "chu_tich", "pho_chu_tich")
    with refused(cast.database, "NOT_YOURS"):
        lend_authority(cast.desk("van_thu"), given)
    with refused(cast.database, "NOT_YOURS"):
        lend_authority(desk_of(cast, given.to_person_id), given)
    lend_authority(cast.desk("quan_tri"), given)
    lend(cast, shifted(given, days=6))
    with cast.database.read() as connection:
        said = [(each.change, each.by) for each in organisation.changes_of(connection, cast.office.id, 5)]
    assert said == [("lent", cast.actor("chu_tich").name), ("lent", cast.actor("quan_tri").name)]


def test_what_was_borrowed_is_not_lent_on(cast: Cast) -> None:
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    on = replace(loan(cast, "pho_chu_tich", "van_thu"), groups=(f"chu_tich@{cast.office.id}",))
    with refused(cast.database, "NOT_HELD"):
        lend(cast, on)
    (in_place,) = [each.actor for each in options(cast, "pho_chu_tich", Matter((f"chu_tich@{cast.office.id}",)))]
    assert in_place.on_behalf_of == str(number_of(cast, "chu_tich"))
    with refused(cast.database, "NOT_YOURS"):
        lend_authority(Desk(cast.database, cast.now, in_place), loan(cast, "chu_tich", "van_thu"))


def changed(given: Loan, **by: object) -> Loan:
    return replace(given, **by)  # type: ignore[arg-type] # each case changes another field


@pytest.mark.parametrize(
    ("code", "by"),
    [
        ("SELF_DELEGATION", {"to_person_id": None}),
        ("DOCUMENT_NEEDED", {"document_no": " "}),
        ("DOCUMENT_NEEDED", {"document_on": None}),
        ("FIELD_REQUIRED", {"capacity": "TL.", "document_no": "", "document_on": None}),
        ("BAD_CAPACITY", {"capacity": "Q."}),
        ("FIELD_REQUIRED", {"groups": ()}),
        ("NOT_HELD", {"groups": ("van_thu@2",)}),
        ("UNKNOWN_PLAN", {"scope": Scope(plans=frozenset({99}))}),
        ("TOO_LONG", {"basis": "x" * 20_001}),
    ],
)
def test_what_is_refused(cast: Cast, code: str, by: dict[str, object]) -> None:
    given = loan(cast, "chu_tich", "pho_chu_tich")
    if "to_person_id" in by:
        by = {"to_person_id": given.from_person_id}
    with refused(cast.database, code):
        lend(cast, changed(given, **by))


def test_it_stays_within_the_office_whatever_a_form_was_made_to_say(cast: Cast) -> None:
    with cast.database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        person = directory.add_person(connection, "Lê Văn Khác")
        directory.hold(connection, directory.add_post(connection, office, "pho_chu_tich", "Phó Chủ tịch"), person)
    with refused(cast.database, "BORROWER_ELSEWHERE"):
        lend(cast, replace(loan(cast, "chu_tich", "pho_chu_tich"), to_person_id=person))


def test_kt_is_the_deputys(cast: Cast) -> None:
    with refused(cast.database, "KT_NEEDS_DEPUTY"):
        lend(cast, loan(cast, "chu_tich", "van_thu", capacity="KT."))
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", capacity="KT."))


def test_time_has_bounds(cast: Cast) -> None:
    given = loan(cast, "chu_tich", "pho_chu_tich")
    with refused(cast.database, "BAD_PERIOD"):
        lend(cast, replace(given, valid_to=given.valid_from))
    with refused(cast.database, "ALREADY_OVER"):
        lend(cast, shifted(given, days=-9))
    set_longest(cast.desk("quan_tri"), cast.office.id, 4)
    with refused(cast.database, "TOO_LONG_A_TIME") as caught:
        lend(cast, given)
    assert caught.value.facts["most"] == 4
    with refused(cast.database, "NOT_YOURS"):
        set_longest(cast.desk("van_thu"), cast.office.id, 9)
    with refused(cast.database, "BAD_FIELD"):
        set_longest(cast.desk("quan_tri"), cast.office.id, 0)


def test_a_right_is_lent_to_one_person_at_a_time(cast: Cast) -> None:
    given = loan(cast, "chu_tich", "pho_chu_tich", scope=Scope(steps=frozenset({"ky"})))
    first = lend(cast, given)
    with refused(cast.database, "OVERLAPS"):
        lend(cast, loan(cast, "chu_tich", "van_thu", since=cast.now + timedelta(days=4)))
    lend(cast, loan(cast, "chu_tich", "van_thu", scope=Scope(steps=frozenset({"ky_bao_cao"}))))
    take_back(cast.desk("quan_tri"), first)
    lend(cast, loan(cast, "chu_tich", "van_thu", scope=Scope(steps=frozenset({"ky"}))))


def test_it_begins_now_at_the_earliest(cast: Cast) -> None:
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", since=cast.now - timedelta(days=3)))
    chairman = number_of(cast, "chu_tich")
    with cast.database.read() as connection:
        (kept,) = directory.delegations_of(connection, [chairman])
    assert kept.valid_from == cast.now


def test_the_preview_is_what_moves(cast: Cast) -> None:
    cast.pass_to_signature()
    given = loan(cast, "chu_tich", "pho_chu_tich")
    deputy = number_of(cast, "pho_chu_tich")
    with cast.database.read() as connection:
        moves = moves_of(connection, given, cast.now)
        assert directory.delegations_of(connection, [deputy]) == []
    (waiting,) = cast.open("trinh_ky")
    assert [task.id for task in moves.tasks] == [waiting.id]
    (signature,) = moves.signatures
    assert (signature.plan.id, signature.task) == (cast.plan_id, waiting)
    assert signature.block[:2] == ("TUQ. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    lend(cast, given)
    (option,) = options(cast, "pho_chu_tich", waiting)
    cast.do(waiting, {"ket_qua": "ky"}, option.actor)
    with cast.database.read() as connection:
        signed = [each for each in issuing.standing_approvals(connection, "plan", cast.plan_id) if each.role == "ky"]
    assert tuple(filter(None, signed[0].block)) == signature.block


def test_a_plan_that_is_not_at_its_signature_yet_is_named_too(cast: Cast) -> None:
    given = loan(cast, "chu_tich", "pho_chu_tich")
    limited = loan(cast, "chu_tich", "pho_chu_tich", scope=Scope(kinds=frozenset({"bao_cao"})))
    with cast.database.read() as connection:
        moves = moves_of(connection, given, cast.now)
        assert moves_of(connection, limited, cast.now).signatures == ()
    assert (moves.tasks, [each.plan.id for each in moves.signatures]) == ((), [cast.plan_id])
    assert moves.signatures[0].task is None


def test_a_delegation_that_ends_while_a_page_is_open_gives_nothing_any_more(cast: Cast) -> None:
    cast.pass_to_signature()
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", days=1))
    (task,) = cast.open("trinh_ky")
    (option,) = options(cast, "pho_chu_tich", task)
    for at in (cast.now + timedelta(days=1), cast.now + timedelta(days=30)):
        with refused(cast.database, "DELEGATION_OVER"):
            act_on_task(Desk(cast.database, at, option.actor), task.id, {"ket_qua": "ky"}, seen_hash=cast.seen_hash())
    cast.now += timedelta(days=1) - timedelta(microseconds=1)
    assert cast.do(task, {"ket_qua": "ky"}, option.actor).outcome == "ky"


def test_it_is_taken_back_by_either_side_once(cast: Cast) -> None:
    lent = lend(cast, loan(cast, "chu_tich", "pho_chu_tich"))
    with refused(cast.database, "NOT_YOURS"):
        take_back(cast.desk("van_thu"), lent)
    take_back(cast.desk("pho_chu_tich"), lent)
    with refused(cast.database, "NOT_IN_FORCE"):
        take_back(cast.desk("chu_tich"), lent)


def test_work_by_name_may_be_lent(cast: Cast) -> None:
    chairman = number_of(cast, "chu_tich")
    lend(cast, loan(cast, "chu_tich", "van_thu", [by_name(chairman)], capacity="TL."))
    clerk = number_of(cast, "van_thu")
    with cast.database.read() as connection:
        (lent,) = directory.lent_to(connection, clerk, cast.now)
    assert lent.groups == {by_name(chairman)}
