"""Nơi nhận against the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workflows.plans.checks import check_plan
from workflows.plans.read_text import read_text

from .marked import COMMUNE, GOOD, ON, changed, found, line_of

FRONT = "   - Ủy ban MTTQ Việt Nam tỉnh;\n"


def test_the_front_has_work_but_does_not_receive() -> None:
    assert changed(FRONT, "") == {}
    tasked = GOOD.replace("- Đơn vị phối hợp: Thanh tra tỉnh", "- Đơn vị phối hợp: Ủy ban MTTQ Việt Nam tỉnh", 1)
    assert found(tasked) == {}
    assert list(found(tasked.replace(FRONT, "", 1))) == ["FRONT_NOT_ADDRESSED"]


def test_the_front_is_asked_in_words_but_does_not_receive() -> None:
    asked = GOOD.replace(
        "3. Văn phòng Sở: bố trí", "3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh giám sát; bố trí", 1
    )
    assert found(asked) == {}
    assert found(asked.replace(FRONT, "", 1)) == {"FRONT_NOT_ADDRESSED": line_of("3. Văn phòng Sở")}


def test_an_article_is_no_addressee() -> None:
    line = "- UBND huyện Sơn Tịnh;"
    assert changed(line, "- Như Điều 3;", COMMUNE)["BY_ARTICLE"] == line_of(line, COMMUNE)


def test_who_leads_receives() -> None:
    groups = (
        "   - Các sở, ban, ngành tỉnh;\n",
        "   - Các phòng, đơn vị thuộc Sở;                    Lê Thị Minh Hạnh\n",
    )
    text = GOOD.replace(groups[0], "").replace(groups[1], "                                   Lê Thị Minh Hạnh\n")
    assert "LEAD_NOT_ADDRESSED" in found(text)


def test_who_is_reported_to_receives() -> None:
    assert "REPORTED_TO_NOT_ADDRESSED" in changed("- Phòng Nội vụ huyện (B/c);", "- Huyện ủy;", COMMUNE)


def test_no_archive_line() -> None:
    line = next(line for line in COMMUNE.split("\n") if line.startswith("- Lưu: VT"))
    assert "NO_ARCHIVE_LINE" in changed(line, "", COMMUNE)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.partition("Nơi nhận:")[0],
        lambda text: text.replace("- Phòng Nội vụ huyện (B/c);", "- Như Điều 3;"),
        lambda text: text.replace("- Lưu: VT.", ""),
    ],
)
def test_reader_and_checker_never_say_the_same(change: Callable[[str], str]) -> None:
    document = read_text(change(COMMUNE))
    asked = {
        doubt.code for doubt in document.doubts if doubt.code not in {one.code for one in read_text(COMMUNE).doubts}
    }
    known = {one.code for one in check_plan(read_text(COMMUNE), ON)}
    said = {one.code for one in check_plan(document, ON) if one.code not in known}
    assert len([code for code in asked | said if not code.startswith(("NO_SIGNER", "REPORTED", "ADDRESSEE_END"))]) == 1
