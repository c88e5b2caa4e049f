"""Form by NĐ 30/2020: number, date, căn cứ, order of parts, Nơi nhận, signature."""

from __future__ import annotations

from .marked import COMMUNE, GOOD, changed, found, line_of


def test_a_plan_that_is_right_has_no_finding() -> None:
    assert found(GOOD) == {}
    assert found(COMMUNE) == {}


def test_numbers_below_ten_have_a_zero_and_symbols_no_space() -> None:
    assert changed("Số: 08/KH-SNV", "Số: 8/KH-SNV") == {"NUMBER_FORM": line_of("Số: 08")}
    assert changed("Số: 08/KH-SNV", "Số: 08 /KH-SNV") == {"NUMBER_FORM": line_of("Số: 08")}


def test_days_below_ten_and_the_first_two_months_have_a_zero() -> None:
    for written in ("ngày 5 tháng 02", "ngày 05 tháng 2"):
        assert "DATE_FORM" in changed("ngày 05 tháng 02", written)
    assert found(COMMUNE.replace("tháng 3", "tháng 03")) == {"DATE_FORM": 6}


def test_each_base_ends_with_a_semicolon() -> None:
    line = line_of("Căn cứ Luật Tổ chức")
    assert changed("16 tháng 6 năm 2025;", "16 tháng 6 năm 2025.") == {"BASE_END": line}


def test_a_part_is_missing_in_the_count() -> None:
    assert changed("III. NHIỆM VỤ", "IV. NHIỆM VỤ")["PART_ORDER"] == line_of("III. NHIỆM VỤ")


def test_without_header_or_end_mark() -> None:
    assert changed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "") == {"NO_NATIONAL_NAME": None}
    assert changed("giải quyết./.", "giải quyết.") == {"NO_END_MARK": None}


def test_lines_of_addressees_end_with_their_signs() -> None:
    assert changed("- Các sở, ban, ngành tỉnh;", "- Các sở, ban, ngành tỉnh,") == {
        "ADDRESSEE_END": line_of("- Các sở, ban, ngành tỉnh")
    }
    assert changed("- Lưu: VT, CCHC.", "- Lưu: VT, CCHC;") == {"ADDRESSEE_END": line_of("- Lưu: VT")}


def test_who_signs_for_the_head_is_a_deputy() -> None:
    assert "KT_NOT_DEPUTY" in changed("PHÓ GIÁM ĐỐC", "GIÁM ĐỐC")
    assert "DEPUTY_WITHOUT_KT" in changed("KT. GIÁM ĐỐC", "")


def test_a_peoples_committee_signs_on_behalf_of_all() -> None:
    assert list(changed("TM. UỶ BAN NHÂN DÂN\n", "", COMMUNE)) == ["NO_ON_BEHALF"]
