"""Form cap_so: number and date of the signed plan, and its bytes frozen with them."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast, day
from workflows.actions import reserve_number
from workflows.papers.signature_places import signature_places
from workflows.store.tables.issuing import document_files, issued, register


@pytest.fixture
def signed(cast: Cast) -> Cast:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    return cast


def test_the_register_and_the_frozen_bytes_say_the_same(signed: Cast) -> None:
    done = signed.act("cap_so", {"ngay": "05/02/2024"})
    (line,) = stored(signed.database, register)
    assert (line.number, line.series, line.status, line.document_on) == (1, "KH-UBND", "issued", date(2024, 2, 5))
    assert (line.subject, line.subject_id, line.signer) == ("plan", signed.plan_id, "Nguyễn Văn An")
    (kept,) = stored(signed.database, issued)
    assert kept.sha256 == sha256(kept.bytes).hexdigest()
    assert (kept.media_type, kept.bytes[:5]) == ("application/pdf", b"%PDF-")
    (text,) = stored(signed.database, document_files, role="text")
    assert "Số: 01/KH-UBND" in text.content.decode()
    assert "Nguyễn Văn An" in text.content.decode()
    assert signature_places(kept.bytes).signer.page == 0
    assert done.outcome == "cap_so"


def test_without_a_font_the_text_is_frozen(signed: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_DATA_DIRS"):
        monkeypatch.setenv(variable, str(tmp_path))
    signed.act("cap_so", {})
    (kept,) = stored(signed.database, issued)
    assert kept.media_type.startswith("text/plain")
    assert "Số: 01/KH-UBND" in kept.bytes.decode()
    assert stored(signed.database, document_files) == []


def test_without_a_day_it_is_today(signed: Cast) -> None:
    signed.now = day(2024, 2, 7, 0, 30)  # still the 6th in UTC
    signed.act("cap_so", {})
    assert stored(signed.database, register)[0].document_on == date(2024, 2, 7)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/04/2024", "BAD_DATE"),
        ("hôm nay", "BAD_DATE"),
        ("04/02/2024", "DATE_BEFORE_SIGNATURE"),
        ("06/02/2024", "DATE_AHEAD"),
        ("05/02/" + "9" * 5000, "BAD_DATE"),
    ],
)
def test_a_day_that_cannot_be_takes_no_number(signed: Cast, typed: str, code: str) -> None:
    with refused(signed.database, code):
        signed.act("cap_so", {"ngay": typed})


def test_dates_follow_numbers(signed: Cast) -> None:
    signed.now = day(2024, 2, 8)
    reserve_number(signed.desk("van_thu"), signed.office.id, "KH-UBND", "Kế hoạch khác")
    with refused(signed.database, "DATE_BEFORE_LAST_NUMBER"):
        signed.act("cap_so", {"ngay": "07/02/2024"})
