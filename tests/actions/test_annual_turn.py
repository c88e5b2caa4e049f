"""The turn of the year: the review opens by itself, a finished plan has its file, only a rule lets it be destroyed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pypdfium2
import pytest
from lxml import etree
from sqlalchemy import update

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast, day
from workflows.actions.archive_plans import archive_plans
from workflows.actions.set_retention import set_retention
from workflows.actions.stop_plan import stop_plan
from workflows.actions.turn_years import turn_years
from workflows.store import document_files, issuing, yearly
from workflows.store.tables.plans import plans
from workflows.store.tables.reporting import cycles
from workflows.store.tables.telling import outbox
from workflows.store.tables.yearly import archives, plan_reviews


@pytest.fixture
def in_force(cast: Cast) -> Cast:
    cast.pass_to_force()
    return cast


def test_a_plan_of_one_year_is_not_reviewed_it_ends(in_force: Cast) -> None:
    in_force.now = day(2024, 12, 20)
    assert turn_years(in_force.clock).found == 0


def test_the_review_opens_once_is_proposed_and_decided(in_force: Cast) -> None:
    with in_force.database.write() as connection:
        connection.execute(update(plans).values(period_to=2026))
    in_force.now = day(2024, 12, 14)
    assert turn_years(in_force.clock).found == 0
    in_force.now = day(2024, 12, 15)
    assert turn_years(in_force.clock).done == 1
    assert turn_years(in_force.clock).found == 0
    with refused(in_force.database, "FIELD_REQUIRED"):
        in_force.act("ra_soat", {"de_nghi": "giu"})
    in_force.act("ra_soat", {"de_nghi": "sua_doi", "nhan_xet": "Cần đổi chỉ tiêu."})
    in_force.act("duyet_ra_soat", {"ket_qua": "tra_lai", "ly_do": REASON})
    in_force.act("ra_soat", {"de_nghi": "giu", "nhan_xet": "Giữ nguyên."})
    in_force.act("duyet_ra_soat", {"ket_qua": "dong_y"})
    (review,) = stored(in_force.database, plan_reviews)
    assert (review.year, review.proposal, review.decided_at) == (2024, "giu", in_force.now)
    keys = [row.key for row in stored(in_force.database, cycles)]
    assert keys == ["2024", "2025", "2026"]  # the next year's cycle is there
    in_force.now = day(2026, 2, 1)  # a clock that stood still
    turn_years(in_force.clock)
    assert [row.year for row in stored(in_force.database, plan_reviews)] == [2024, 2025]


def test_what_is_over_has_its_file_in_the_order_of_time(in_force: Cast) -> None:
    assert archive_plans(in_force.clock).found == 0
    in_force.now = day(2024, 6, 1)
    stop_plan(in_force.desk("chu_tich"), in_force.plan_id, REASON)
    assert archive_plans(in_force.clock).done == 1
    assert archive_plans(in_force.clock).found == 0
    with in_force.database.read() as connection:
        kept = document_files.files_of(connection, "archive", in_force.plan_id)
        pdf, xml = (document_files.file_content(connection, each.id) for each in kept)
        frozen = issuing.frozen(connection, "plan", in_force.plan_id)
    assert frozen is not None
    tree = etree.fromstring(xml)
    assert [each.findtext("loai") for each in tree] == ["Dự thảo", "Bảng tổng hợp", "Kế hoạch"]
    days = [each.get("ngay") for each in tree]
    assert days == sorted(days)
    assert tree[-1].findtext("sha256") == sha256(frozen.bytes).hexdigest()
    assert tree[-1].findtext("soKyHieu") == "01/KH-UBND"
    document = pypdfium2.PdfDocument(pdf)
    words = document[0].get_textpage().get_text_range()
    assert "MỤC LỤC VĂN BẢN TRONG HỒ SƠ" in words
    assert "DỰ THẢO" not in words
    assert "01/KH" in words
    assert len(document) > len(pypdfium2.PdfDocument(bytes(frozen.bytes)))


def test_only_a_rule_with_its_basis_lets_a_file_be_destroyed_and_nothing_is(in_force: Cast) -> None:
    in_force.now = day(2024, 6, 1)
    stop_plan(in_force.desk("chu_tich"), in_force.plan_id, REASON)
    archive_plans(in_force.clock)

    def file() -> yearly.Archive:
        with in_force.database.read() as connection:
            (found,) = yearly.archives_of(connection, office_ids=[in_force.office.id])
            return found

    assert (file().kind, file().keep_until) == ("ke_hoach_nam", None)
    assert not file().may_be_destroyed(date(2200, 1, 1))
    with refused(in_force.database, "NOT_YOURS"):
        set_retention(in_force.desk("chu_tich"), in_force.office.id, "ke_hoach_nam", 20, REASON)
    with refused(in_force.database, "REASON_REQUIRED"):
        set_retention(in_force.desk("van_thu"), in_force.office.id, "ke_hoach_nam", 20, "luật")
    set_retention(in_force.desk("van_thu"), in_force.office.id, "ke_hoach_nam", 20, REASON)
    assert file().keep_until == date(2044, 12, 31)
    assert [year for year in range(2040, 2050) if file().falls_due_in(year)] == [2044]
    assert (file().may_be_destroyed(date(2044, 12, 31)), file().may_be_destroyed(date(2045, 1, 1))) == (False, True)
    for now in (day(2043, 12, 31), day(2044, 1, 2), day(2044, 1, 3)):
        in_force.now = now
        turn_years(in_force.clock)
    (told,) = stored(in_force.database, outbox, kind="retention_due")
    assert (told.at, told.office_id, told.data) == (
        day(2044, 1, 2),
        in_force.office.id,
        {"year": 2044, "files": 1},
    )
    set_retention(in_force.desk("van_thu"), in_force.office.id, "ke_hoach_nam", None, REASON)
    assert not file().may_be_destroyed(date(2200, 1, 1))
    assert len(stored(in_force.database, archives)) == 1
