"""revise_plan: a new text is a new version; what was approved before counts no more, and the duties follow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.actions.small_office import PLAN, REASON, refused, started, stored
from tests.stories.cast import Cast
from workflows.actions import revise_plan, stop_plan
from workflows.errors import Refused
from workflows.store import issuing, plans
from workflows.store.database import Database
from workflows.store.tables.issuing import approvals
from workflows.store.tables.plans import plan_versions
from workflows.store.tables.telling import outbox

LATER = PLAN.replace("30/6/2024", "31/7/2024")


def test_the_new_version_voids_the_approvals_and_tells_who_gave_them(cast: Cast) -> None:
    cast.pass_to_signature()
    assert revise_plan(cast.drafter(), cast.plan_id, LATER, "Lùi hạn", seen_version=1) == 2
    voided = stored(cast.database, approvals)
    assert {row.role for row in voided} == {"noi_dung", "the_thuc"}
    assert {row.voided_at for row in voided} == {cast.now}
    (told,) = stored(cast.database, outbox, kind="approval_voided")
    assert told.data == {"version": 2, "people": sorted({row.person for row in voided})}


def test_duties_title_and_period_follow_the_text(cast: Cast) -> None:
    text = LATER.replace("Cải cách hành chính năm 2024", "Cải cách hành chính giai đoạn 2024-2026")
    revise_plan(cast.drafter(), cast.plan_id, text, "", seen_version=1)
    with cast.database.read() as connection:
        plan = plans.plan(connection, cast.plan_id)
        first = plans.duties_of(connection, cast.plan_id)[0]
    assert first.time_raw == "Trước ngày 31/7/2024"
    assert (plan.title, plan.period_to) == ("Cải cách hành chính giai đoạn 2024-2026", 2026)


def test_the_same_text_makes_no_version(cast: Cast) -> None:
    assert revise_plan(cast.drafter(), cast.plan_id, PLAN, "", seen_version=1) == 1
    assert len(stored(cast.database, plan_versions)) == 1


def test_who_did_not_see_the_newest_version_overwrites_nothing(cast: Cast) -> None:
    revise_plan(cast.drafter(), cast.plan_id, LATER, "", seen_version=1)
    with refused(cast.database, "STALE") as caught:
        revise_plan(cast.drafter(), cast.plan_id, PLAN + "\nThêm.", "", seen_version=1)
    assert caught.value.facts["by"] == cast.drafter().by.name
    assert (caught.value.facts["version"], caught.value.facts["at"]) == (2, cast.now)


def test_a_text_that_is_no_plan_or_names_a_stranger_is_refused(cast: Cast) -> None:
    for text, code in (
        ("Danh sách", "NOT_A_PLAN"),
        ("", "EMPTY"),
        (PLAN.replace("Phòng Tư pháp", "Phòng Vũ trụ"), "UNKNOWN_BODY"),
    ):
        with refused(cast.database, code):
            revise_plan(cast.drafter(), cast.plan_id, text, "", seen_version=1)


def test_only_the_drafting_unit_revises(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        revise_plan(cast.desk("chu_tich"), cast.plan_id, LATER, "", seen_version=1)


def test_a_signed_plan_is_not_edited(cast: Cast) -> None:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    with refused(cast.database, "ALREADY_SIGNED"):
        revise_plan(cast.drafter(), cast.plan_id, LATER, "", seen_version=1)


def test_a_stopped_plan_is_not_edited(cast: Cast) -> None:
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    with refused(cast.database, "NOT_RUNNING"):
        revise_plan(cast.drafter(), cast.plan_id, LATER, "", seen_version=1)


def test_two_editors_at_once_make_one_version_and_one_hears_of_the_other(database: Database) -> None:
    cast = started(database)
    desk, ready = cast.drafter(), Barrier(2)

    def edit(number: int) -> str:
        ready.wait()
        try:
            revise_plan(desk, cast.plan_id, f"{PLAN}\nThêm dòng {number}.", "", seen_version=1)
        except Refused as refusal:
            return refusal.code
        return "kept"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(edit, (1, 2))) == ["STALE", "kept"]
    assert [row.version for row in stored(database, plan_versions)] == [1, 2]


def test_a_signature_and_an_edit_at_once_leave_no_signature_on_a_text_that_is_gone(database: Database) -> None:
    cast = started(database)
    cast.pass_to_signature()
    seen, signer, drafter = cast.seen_hash(), cast.actor("chu_tich"), cast.drafter()
    ready = Barrier(2)

    def sign() -> str:
        ready.wait()
        try:
            cast.act("trinh_ky", {"ket_qua": "ky"}, signer, seen=seen)
        except Refused as refusal:
            return refusal.code
        return "signed"

    def edit() -> str:
        ready.wait()
        try:
            revise_plan(drafter, cast.plan_id, LATER, "", seen_version=1)
        except Refused as refusal:
            return refusal.code
        return "edited"

    with ThreadPoolExecutor(2) as threads:
        outcomes = {future.result() for future in (threads.submit(sign), threads.submit(edit))}
    assert outcomes in ({"signed", "ALREADY_SIGNED"}, {"CONTENT_CHANGED", "edited"})
    with cast.database.read() as connection:
        current = plans.current_version(connection, cast.plan_id)
        standing = issuing.standing_approvals(connection, "plan", cast.plan_id)
    assert {one.content_hash for one in standing} <= {current.content_hash}
