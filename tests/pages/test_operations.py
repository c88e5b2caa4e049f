"""/van-hanh: lights with words and every office at a glance, for those who run the house and nobody else."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.administrators import administrator, troubled_case
from tests.pages.conftest import PASSWORD, Stage
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.store import clockwork
from workflows.store.channel_states import note_failing


def test_each_part_is_a_light_with_words_and_offices_are_listed(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(house.cast.office.id), now=house.cast.now, by=None)
    browser = administrator(house)
    page = browser.get("/van-hanh")
    assert "Cơ sở dữ liệu Tốt Trả lời, đúng lược đồ" in page.text
    assert "Kênh gửi tin Tốt" in page.text
    assert "0 sự cố đang mở" in page.text
    troubled_case(house)
    house.cast.now += timedelta(days=20)
    with house.cast.database.write() as connection:
        note_failing(connection, "mail", house.cast.now, "connection refused", None)
    browser.sign_in("quantri", PASSWORD)
    page = browser.get("/van-hanh").text
    assert "Hỏng" in page
    assert "connection refused" in page
    assert "1 sự cố đang mở" in page
    assert "Việc định kỳ Nên xem" in page


def test_others_are_sent_away(stage: Stage) -> None:
    house = stage("signing")
    house.browser("van_thu").get("/van-hanh", status=403)
    refused = administrator(house).get("/van-hanh", status=403)
    assert "cơ quan giữ quy trình" in refused.text
