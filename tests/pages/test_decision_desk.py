"""The decision page of each step: at most three outcomes on its bar, the draft as text, one row in the inbox."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import Stage
from workflows.actions import comment

STAGES = ("drafting", "checking", "consulting", "answering", "signing", "numbering", "issuing")


@pytest.mark.parametrize("name", STAGES)
def test_the_bar_has_three_outcomes_at_most_and_is_last_in_reach(stage: Stage, name: str) -> None:
    house = stage(name)
    task = house.cast.open()[0]
    role, _, body = task.groups[0].partition("@")
    page = house.browser(role, int(body)).get(f"/viec/{task.id}")
    bar = page.html.partition('class="bar no-print"')[2].partition("</div>\n</div>")[0]
    assert 1 <= len(re.findall(r"<button|<a class=\"button", bar)) <= 3, name
    assert not re.search(r"value=\"ky\"", bar)  # a signature is never one press away


def test_the_draft_is_readable_as_text_and_the_pdf_is_a_link(stage: Stage) -> None:
    house = stage("signing")
    page = house.browser("chu_tich").get(house.task("trinh_ky"))
    assert ("h2", "Dự thảo") in page.headings and "I. MỤC ĐÍCH, YÊU CẦU" in page.text
    assert f"{house.plan}/van-ban/ke_hoach.pdf" in page.links
    assert "<iframe" not in page.html and "<embed" not in page.html


def test_a_reminder_and_a_comment_make_no_second_row(stage: Stage) -> None:
    house = stage("drafting")
    (task,) = house.cast.open("soan_thao")
    comment(house.cast.desk("van_thu"), house.cast.plan_id, "Đề nghị xong trong tuần", task.id)
    assert task.due is not None
    house.cast.wait(task.due)
    house.cast.sweep()
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/viec")
    assert page.h1 == "Việc cần xử lý (1)" and page.links.count(f"/viec/{task.id}") == 1


def test_the_result_says_what_happens_now_to_whom_and_what_is_next(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc")
    address = house.task("kiem_tra_the_thuc")
    page = browser.submit(browser.get(address), address, {"ket_qua": "dat"})
    assert page.path == f"{address}/ket-qua"
    for task in house.cast.open("lay_y_kien")[:2]:
        assert task.name in page.text
    assert "Đồng chí không còn việc nào đang chờ" in page.text or "việc tiếp theo" in page.text
