"""import_plan: a text becomes a draft of its unit, or nothing is written."""

from __future__ import annotations

import pytest

from tests.actions.small_office import PLAN, refused, stored
from tests.stories.cast import Cast
from workflows.actions import import_plan
from workflows.actions.import_plan import LONGEST_TEXT
from workflows.actions.source_file import SourceFile
from workflows.store import plans
from workflows.store.tables.issuing import document_files
from workflows.store.tables.processes import cases
from workflows.store.tables.telling import outbox


def take_in(office: Cast, text: str = PLAN) -> int:
    unit = office.office.drafting_unit_id
    return import_plan(office.drafter(), office_id=office.office.id, drafting_unit_id=unit, text=text)


def test_a_plan_is_kept_as_version_one_of_a_draft(office: Cast) -> None:
    plan_id = take_in(office)
    with office.database.read() as connection:
        plan = plans.plan(connection, plan_id)
        version = plans.current_version(connection, plan_id)
    assert (plan.title, plan.status, plan.version) == ("Cải cách hành chính năm 2024", "draft", 1)
    assert (plan.period_from, plan.period_to, plan.signer_role) == (2024, 2024, "chu_tich")
    assert plan.confirmed_at is None
    assert version.text == PLAN
    assert version.content_hash == plans.content_hash(PLAN)
    assert plan.created_by == version.made_by == office.drafter().by.name


def test_nothing_starts_and_nobody_hears_before_a_person_confirms(office: Cast) -> None:
    take_in(office)
    assert stored(office.database, cases) == stored(office.database, outbox) == []


def test_a_signature_block_with_kt_means_that_a_deputy_signs(office: Cast) -> None:
    text = PLAN.replace("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    plan_id = take_in(office, text)
    with office.database.read() as connection:
        assert plans.plan(connection, plan_id).signer_role == "pho_chu_tich"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "EMPTY"),
        (" \n\t ", "EMPTY"),
        ("Danh sách mua văn phòng phẩm", "NOT_A_PLAN"),
        ("KẾ HOẠCH", "NOT_A_PLAN"),
        (PLAN + "x" * LONGEST_TEXT, "TOO_LONG"),
        ("TỐI MẬT\n" + PLAN, "STATE_SECRET"),
        (PLAN + "\0", "BAD_TEXT"),
        (PLAN + "\ud800", "BAD_TEXT"),
    ],
)
def test_what_is_no_plan_or_cannot_be_kept_is_refused(office: Cast, text: str, code: str) -> None:
    with refused(office.database, code):
        take_in(office, text)


def test_only_the_drafting_unit_imports(office: Cast) -> None:
    unit = office.office.drafting_unit_id
    with refused(office.database, "NOT_YOURS"):
        import_plan(office.desk("van_thu"), office_id=office.office.id, drafting_unit_id=unit, text=PLAN)


def test_a_unit_of_another_office_cannot_draft_for_this_one(office: Cast) -> None:
    with refused(office.database, "NOT_FOUND"):
        import_plan(office.clock, office_id=office.office.id + 1000, drafting_unit_id=office.office.id, text=PLAN)


def test_the_uploaded_file_is_kept_as_it_came(office: Cast) -> None:
    unit = office.office.drafting_unit_id
    source = SourceFile("Dự thảo.docx", b"bytes as they came")
    import_plan(office.drafter(), office_id=office.office.id, drafting_unit_id=unit, text=PLAN, source=source)
    (kept,) = stored(office.database, document_files)
    assert (kept.subject, kept.role, kept.name, kept.content) == ("plan", "source", source.name, source.content)
    assert kept.media_type.endswith("wordprocessingml.document")
