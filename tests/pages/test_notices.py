"""Thông báo and Cách nhận thông báo: what was told, and that every switch is kept."""

from __future__ import annotations

from notifications.push_keys import make_push_keys
from tests.pages.conftest import House, Stage
from workflows.store import preferences, ways_out
from workflows.store.preferences import Choice


def drafter(house: House) -> int:
    return int(house.login("thu_truong", house.cast.office.drafting_unit_id).removeprefix("u"))


def test_the_bell_shows_what_was_told_and_reading_is_a_press(stage: Stage) -> None:
    house = stage("drafting")
    house.cast.sweep()
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/thong-bao")
    assert "(1 chưa đọc)" in page.h1 and "[Cần soạn" in page.text
    assert "(1 chưa đọc)" in browser.get("/thong-bao").h1  # looking changed nothing
    action = next(form.action for form in page.forms if form.action.endswith("/mo"))
    task = browser.submit(page, action)
    assert task.path.startswith("/viec/")
    assert "chưa đọc" not in browser.get("/thong-bao").h1


def test_everything_is_read_at_once_and_nobody_reads_for_others(stage: Stage) -> None:
    house = stage("drafting")
    house.cast.sweep()
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/thong-bao")
    action = next(form.action for form in page.forms if form.action.endswith("/mo"))
    stranger = house.browser("chu_tich")
    token = stranger.get("/thong-bao").form("/dang-xuat").filled()
    assert stranger.http.post(action, data=token).status_code == 404
    assert "chưa đọc" not in browser.submit(page, "/thong-bao/da-doc").h1


def test_what_cannot_be_switched_off_says_why_and_has_no_switch(stage: Stage) -> None:
    page = stage("drafting").browser("chu_tich").get("/toi/thong-bao")
    names = {control.name for control in page.form("/toi/thong-bao").controls}
    assert {"thu_viec_moi", "thu_ban_hanh", "thu_he_thong"} <= names
    assert not {f"thu_{key}" for key in ("ky", "tra_lai", "huy_duyet", "qua_han", "ma")} & names
    assert "NĐ 30/2020 Điều 11" in page.text and "chữ ký của đồng chí quyết định việc ban hành" in page.text


def test_ways_and_hours_are_kept(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/toi/thong-bao")
    sent = page.form("/toi/thong-bao").filled()
    del sent["chuong_sap_han"]
    sent |= {"thu_viec_moi": "tong_hop", "thu_dung": "tat", "gio_tong_hop": "", "yen_lang": "rieng"}
    sent["gio_yen_lang"] = "19:00-05:30"
    assert browser.http.post("/toi/thong-bao", data=sent).status_code == 303
    with house.cast.database.read() as connection:
        kept = preferences.preferences(connection, drafter(house), house.cast.office.id)
    assert kept.choices["viec_moi"] == Choice("tong_hop")
    assert kept.choices["dung"] == Choice("tat")
    assert kept.choices["sap_han"] == Choice("ngay", push=False)
    assert f"{kept.digest_hour:%H:%M}" == "07:30" and kept.digest_at is not None
    assert kept.own_quiet == "19:00-05:30"
    assert "19:00-05:30" in browser.get("/toi/thong-bao").html


def test_a_bad_hour_says_so_and_keeps_what_was_typed(stage: Stage) -> None:
    browser = stage("drafting").browser("chu_tich")
    page = browser.get("/toi/thong-bao")
    wrong = browser.submit(page, "/toi/thong-bao", {"gio_tong_hop": "7 giờ"}, status=422)
    assert "“7 giờ” không phải là giờ" in wrong.text and 'value="7 giờ"' in wrong.html
    page = browser.get("/toi/thong-bao")
    wrong = browser.submit(page, "/toi/thong-bao", {"yen_lang": "rieng", "gio_yen_lang": "đêm"}, status=422)
    assert "không phải là khoảng giờ" in wrong.text


def test_a_device_rings_only_through_a_push_service_of_a_browser(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    assert "Máy chủ chưa bật báo chuông" in browser.get("/toi/thong-bao").text
    web = house.app.state.web
    make_push_keys(web.database, web.seal, web.settings.data_dir, house.cast.now)
    page = browser.get("/toi/thong-bao")
    given = {"p256dh": "B" * 87, "auth": "a" * 22, "nhan": "Điện thoại"}
    for bad in ("https://10.0.0.5/push", "https://example.vn/x", "http://fcm.googleapis.com.evil.vn/", "file:///etc"):
        refused = browser.submit(page, "/toi/thong-bao/thiet-bi", given | {"endpoint": bad}, status=422)
        assert "Dịch vụ báo chuông của trình duyệt này không được phép" in refused.text
    kept = browser.submit(
        page, "/toi/thong-bao/thiet-bi", given | {"endpoint": "https://fcm.googleapis.com/fcm/send/x"}
    )
    assert "Điện thoại, bật" in kept.text
    action = next(form.action for form in kept.forms if "/thiet-bi/" in form.action)
    stranger = house.browser("van_thu")
    token = stranger.get("/thong-bao").form("/dang-xuat").filled()
    assert stranger.http.post(action, data=token).status_code == 404
    assert "Điện thoại, bật" not in browser.submit(kept, action).text


def test_an_own_channel_is_masked_and_one_that_reaches_inside_is_refused(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("chu_tich")
    page = browser.get("/toi/thong-bao")
    for bad in (
        "json://10.0.0.5/x",
        "json://127.0.0.1/x",
        "mailto://a:b@smtp.vn",
        "ntfy://10.0.0.5/tin",
        "không",
        "x:[",
        "",
    ):
        refused = browser.submit(page, "/toi/thong-bao/kenh", {"dia_chi_kenh": bad}, status=422)
        assert "Địa chỉ kênh này không dùng được" in refused.text, bad
    secret = "123456789:abcdefghijklmnopqrstuvwxyzABCDEFGHI"
    kept = browser.submit(page, "/toi/thong-bao/kenh", {"dia_chi_kenh": f"tgram://{secret}/12345", "nhan": "Nhóm"})
    assert "Nhóm (tgram://…)" in kept.text and secret not in kept.html
    action = next(form.action for form in kept.forms if "/thong-bao/kenh/" in form.action)
    assert "tgram" not in browser.submit(kept, action).text.replace("tgram://mã-bot", "")
    with house.cast.database.read() as connection:
        gone = ways_out.other_address(connection, 1)
    assert gone is not None and gone.url == "–" and gone.removed_at is not None
