"""Gửi lại on the tab Nơi nhận: shown to văn thư where the exchange failed, and gone once it is tried anew."""

from __future__ import annotations

from tests.pages.conftest import House, Stage
from workflows.store import issuing


def failed_line(house: House) -> int:
    """The first line of Nơi nhận that is sent, as one that electronic exchange did not reach."""
    with house.cast.database.write() as connection:
        found = issuing.recipients_of(connection, "plan", house.cast.plan_id)
        line = next(each for each in found if each.channel != "keep")
        connection.exec_driver_sql(
            f"UPDATE recipients SET channel = 'edxml', status = 'loi', remark = 'NO_ORGAN_CODE' WHERE id = {line.id}"
        )
    return line.id


def test_the_clerk_sends_again(stage: Stage) -> None:
    house = stage("in_force")
    line = failed_line(house)
    action = f"/noi-nhan/{line}/gui-lai"
    chairman = house.browser("chu_tich").get(f"{house.plan}/noi-nhan")
    assert action not in [form.action for form in chairman.forms]
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/noi-nhan")
    assert "Lỗi khi gửi" in page.text
    page = browser.submit(page, action)
    assert page.path == f"{house.plan}/noi-nhan#dong-{line}"
    assert action not in [form.action for form in page.forms]
    with house.cast.database.read() as connection:
        assert issuing.recipient(connection, line).status == "chua_gui"
