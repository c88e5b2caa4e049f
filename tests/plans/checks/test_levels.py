"""Words of another place or level that were left in."""

from __future__ import annotations

from .marked import COMMUNE, changed, line_of

LAST = "Trên đây là Kế hoạch CCHC năm 2024 của UBND xã Tịnh Giang, yêu cầu các ngành, đoàn thể"


def test_another_place() -> None:
    before = "3. Đài Truyền thanh xã: tăng cường tuyên truyền."
    line = line_of(before, COMMUNE)
    assert changed(before, f"{before} Triển khai trên địa bàn xã Hành Minh.", COMMUNE) == {"FOREIGN_PLACE": line}
    for own in ("xã Tịnh Giang", "huyện Sơn Tịnh", "tỉnh Quảng Ngãi", "xã được"):
        assert changed(before, f"{before} Triển khai trên địa bàn {own}.", COMMUNE) == {}


def test_another_level_gives_the_orders() -> None:
    line = line_of(LAST, COMMUNE)
    assert changed(LAST, "UBND huyện yêu cầu các ngành, đoàn thể", COMMUNE) == {"OTHER_LEVEL": line}
    assert changed(LAST, "UBND xã yêu cầu các ngành, đoàn thể", COMMUNE) == {}
