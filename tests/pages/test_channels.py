"""Kênh gửi tin and Các mức nhắc việc: for administrators, with secrets shown once and levels shown in words."""

from __future__ import annotations

from standardwebhooks.webhooks import Webhook

from tests.pages.administrators import administrator
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page
from workflows.store import channel_states, ways_out
from workflows.store.escalation_policies import policy_of


def typed(page: Page, action: str, house: House, **fields: str) -> dict[str, object]:
    return (
        page.form(action).filled() | {"co_quan_so": str(house.cast.office.id)} | fields | {"su_kien": ["task.opened"]}
    )


def add(browser: Browser, house: House, url: str, status: int = 200) -> Page:
    page = browser.get("/kenh-tin")
    answer = browser.http.post("/kenh-tin/moc", data=typed(page, "/kenh-tin/moc", house, dia_chi=url))
    assert answer.status_code == status, answer.text
    return Page("/kenh-tin/moc", status, answer.text, answer.headers)


def test_only_administrators_come_in(stage: Stage) -> None:
    house = stage("drafting")
    for path in ("/kenh-tin", "/cac-muc-nhac"):
        house.browser("chu_tich").get(path, 403)
        administrator(house).get(path) if path == "/kenh-tin" else None


def test_a_webhook_shows_its_secret_once_and_refuses_what_is_inside(stage: Stage) -> None:
    house = stage("drafting", local_targets=True)
    browser = administrator(house)
    kept = add(browser, house, "http://127.0.0.1:9/hook")
    secret = next(word for word in kept.text.split() if word.startswith("whsec_"))
    Webhook(secret)
    page = browser.get("/kenh-tin")
    assert "http://127.0.0.1:9/hook" in page.text and "whsec_" not in page.html
    for bad in ("http://10.0.0.1/", "https://169.254.169.254/latest", "ftp://example.vn/", "https://u:p@example.vn/"):
        assert "phải là https và nằm ngoài mạng nội bộ" in add(browser, house, bad, 422).text, bad


def test_without_the_setting_this_machine_is_refused_too(stage: Stage) -> None:
    house = stage("drafting")
    assert "nằm ngoài mạng nội bộ" in add(administrator(house), house, "http://127.0.0.1:9/hook", 422).text


def test_a_webhook_is_switched_off_on_and_removed_with_its_secret(stage: Stage) -> None:
    house = stage("drafting", local_targets=True)
    browser = administrator(house)
    add(browser, house, "http://127.0.0.1:9/hook")
    page = browser.get("/kenh-tin/moc/1")
    page = browser.submit(page, "/kenh-tin/moc/1/tat")
    assert "đã tắt lúc" in page.text
    page = browser.submit(page, "/kenh-tin/moc/1/bat")
    assert "đang bật" in page.text
    browser.submit(page, "/kenh-tin/moc/1/bo")
    with house.cast.database.read() as connection:
        gone = ways_out.endpoint(connection, 1)
    assert gone.removed_at is not None and gone.secret == ""


def test_a_way_that_fails_is_seen_on_both_pages(stage: Stage) -> None:
    house = stage("drafting")
    house.cast.sweep()
    with house.cast.database.write() as connection:
        channel_states.note_failing(connection, "push", house.cast.now, "refused", None)
    browser = administrator(house)
    assert "Chuông trên thiết bị không gửi được từ" in browser.get("/su-co").text
    assert "chuông trên thiết bị hỏng từ" in browser.get("/kenh-tin").text.replace("  ", " ")


def test_levels_are_previewed_in_words_before_they_are_kept(stage: Stage) -> None:
    house = stage("drafting")
    browser = administrator(house)
    page = browser.get(f"/cac-muc-nhac?co_quan={house.cast.office.id}")
    assert "chưa đặt mức riêng" in page.text
    levels = {"ngay_0": "1", "luc_0": "truoc", "ai_0": "nguoi_giu", "ngay_1": "2", "luc_1": "sau", "ai_1": "chu_tich"}
    sent = page.form("/cac-muc-nhac").filled() | levels
    shown = browser.http.post("/cac-muc-nhac", data=sent | {"xem_thu": "co"})
    assert "Trước hạn 1 ngày làm việc: nhắc người giữ việc" in shown.text
    assert "Quá hạn 2 ngày làm việc: báo cáo chủ tịch" in shown.text
    with house.cast.database.read() as connection:
        assert policy_of(connection, house.cast.office.id) == ()
    assert browser.http.post("/cac-muc-nhac", data=sent).status_code == 303
    with house.cast.database.read() as connection:
        assert policy_of(connection, house.cast.office.id) == ((-1, "nguoi_giu"), (2, "chu_tich"))
    assert browser.http.post("/cac-muc-nhac", data=sent | {"ngay_0": "999"}).status_code == 422
    assert browser.http.post("/cac-muc-nhac", data=sent | {"co_quan_so": "1000000"}).status_code == 403


def test_what_was_sent_is_on_the_task_and_in_the_history_of_the_plan(stage: Stage) -> None:
    house = stage("drafting")
    house.cast.sweep()
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get(house.task("soan_thao"))
    assert "Đã báo cho ai" in page.text and "Giao việc" in page.text and "thư điện tử đã gửi" in page.text
    history = browser.get(f"{house.plan}/nhat-ky")
    assert "Đã báo cho ai" in history.text and "đã gửi" in history.text
