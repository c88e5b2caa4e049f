"""Every post of a page goes through the policy: people without right, and another office's people with every post
there, are refused and not one row changes. A new route fails here until it is classified."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from service.auth.form_tokens import FIELD
from service.auth.passwords import hash_password
from tests.actions.small_office import everything
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from workflows.store import accounts, directory
from workflows.store.directory.groups import ROLES

# What is not judged by posts: anybody may ask, or the secret in the address is what is judged.
OPEN = {"/kiem-tra", "/dang-nhap", "/dang-nhap/noi-khac", "/dang-nhap/noi-khac/xong", "/dang-xuat"}
BY_LINK = {
    "/x/{link_token}",
    "/x/{link_token}/chuyen",
    "/x/{link_token}/gui-ma",
    "/x/{link_token}/gui-lai",
    "/x/{link_token}/xin-lui-han",
    "/nhan/{link_token}",
    "/nhan/{link_token}/gui-ma",
    "/loi-moi/{link_token}",
}
# These touch what is the actor's own: settings, devices, notices.
OWN_SELF = {
    "/ngon-ngu",
    "/toi",
    "/thong-bao/da-doc",
    "/thong-bao/{notice_id}/mo",
    "/toi/bao-mat/chuong-trinh",
    "/toi/bao-mat/chuong-trinh/{token_id}/thu-hoi",
    "/toi/bao-mat/khoa",
    "/toi/bao-mat/khoa/{passkey_id}/bo",
    "/toi/bao-mat/ma-khoi-phuc",
    "/toi/bao-mat/ma-qua-thu/{office_id}",
    "/toi/bao-mat/mat-khau",
    "/toi/bao-mat/phien/{session_id}/ket-thuc",
    "/toi/bao-mat/thiet-bi/{device_id}/quen",
    "/toi/bao-mat/thoat-het",
    "/toi/bao-mat/ung-dung",
    "/toi/bao-mat/ung-dung/bo",
    "/toi/bao-mat/ung-dung/ma",
    "/toi/bao-mat/xac-nhan",
    "/toi/thong-bao",
    "/toi/thong-bao/gui-thu",
    "/toi/thong-bao/kenh",
    "/toi/thong-bao/kenh/{address_id}/bo",
    "/toi/thong-bao/lich",
    "/toi/thong-bao/lich/{token_hash}/bo",
    "/toi/thong-bao/thiet-bi",
    "/toi/thong-bao/thiet-bi/{device_id}/bo",
    "/toi/nhap",
    "/toi/nhap/bo",
    "/viec/bo-loc",
    "/viec/bo-loc/{filter_id}/bo",
    "/viec/nguon",
    "/viec/nguon/{token_hash}/bo",
}
# These touch the book or the settings of the actor's own office only: another office's clerk may, for their own book.
OWN_OFFICE = {
    "/thiet-lap/dia-chi",
    "/thiet-lap/bieu-tuong",
    "/so-van-ban/lay-so",
    "/so-van-ban/vao-so",
    "/so-van-ban/khoa",
    "/so-van-ban/mo-lai",
    "/so-van-ban-den/moi",
    "/mau-van-ban",
    "/kenh-tin/nhom",
    "/kenh-tin/moc",
    "/cac-muc-nhac",
    "/lich-lam-viec",
    "/chi-so",
    "/quy-dinh/dong-ho",
    "/quy-dinh/gio-yen-lang",
    "/quy-dinh/im-lang",
    "/quy-dinh/luu-tru",
    "/quy-dinh/nguong-thay-doi",
    "/quy-dinh/tuan-lam-viec",
    "/so-lieu/gia-dinh",
    "/thiet-lap-van-thu/day-so",
    "/thiet-lap-van-thu/ky-ban-sao",
    "/thiet-lap-van-thu/ma-dinh-danh",
    "/to-chuc/nhap",
    "/to-chuc/uy-quyen/dai-nhat",
    "/to-chuc/uy-quyen/moi",
    "/to-chuc/vang-mat",
    "/viec/cung-luc",
    "/chuyen-ho-so/{key}/{version}",
}
# These touch one thing that belongs to an office; with the form as somebody who may would send it.
ONE_THING: dict[str, dict[str, str]] = {
    "/so-van-ban/{register_id}/bo": {"ly_do": "Cấp nhầm loại văn bản"},
    "/so-van-ban-den/{incoming_id}/giao": {"chu_tri": "4", "han": "01/12/2026"},
    "/so-van-ban-den/{incoming_id}/tinh-trang": {"tinh_trang": "dang_xu_ly"},
    "/so-van-ban-den/phong-bi/{envelope_id}/tra-lai": {"ly_do": "Gửi nhầm địa chỉ"},
    "/so-van-ban-den/phong-bi/{envelope_id}/thu-hoi": {"tra_loi": "dong_y", "ly_do": "Đồng ý thu hồi"},
    "/viec/{task_id}": {"ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": "Chưa rõ kinh phí"},
    "/viec/{task_id}/nhan": {},
    "/viec/{task_id}/tra-lai-nhom": {},
    "/viec/{task_id}/tra-lai": {"buoc": "soan_thao", "ly_do_tra_lai": "Chưa rõ kinh phí"},
    "/viec/{task_id}/thu-hoi": {"ly_do": "Bấm nhầm, làm lại"},
    "/viec/{task_id}/huy-duyet": {},
    "/ke-hoach/{plan_id}/y-kien-muon/{body_id}": {"ket_qua": "nhat_tri"},
    "/ke-hoach/{plan_id}/dung": {"ly_do": "Không ban hành nữa"},
    "/ke-hoach/{plan_id}/thu-hoi": {"ly_do": "Không còn phù hợp"},
    "/ke-hoach/{plan_id}/dinh-chinh": {"ly_do": "Sai thể thức trang 2"},
    "/ke-hoach/{plan_id}/thay-the": {"bang": "1", "ly_do": "Thay bằng bản mới"},
    "/ke-hoach/{plan_id}/gui-them": {"noi_nhan": "Sở Nội vụ"},
    "/ke-hoach/{plan_id}/doc-hieu": {"da_xem": "1"},
    "/ke-hoach/{plan_id}/sua-doc-hieu": {"phien_ban": "1", "loai": "head", "viec": "set", "so": "0"},
    "/ke-hoach/{plan_id}/bo-sua": {"phien_ban": "1", "sua": "1"},
    "/ke-hoach/{plan_id}/day-ten": {"ten": "Sở Nội vụ", "co_quan": "1"},
    "/ke-hoach/{plan_id}/sua": {"phien_ban": "1", "van_ban": "KẾ HOẠCH", "ghi_chu": "sửa"},
    "/ke-hoach/{plan_id}/duong-di": {"nguoi_ky": "chu_tich"},
    "/ke-hoach/{plan_id}/dang-sua": {},
    "/ke-hoach/moi": {"don_vi_soan": "{unit}", "van_ban": "KẾ HOẠCH"},
    "/soan-quy-trinh/mo": {"quy_trinh": "ke_hoach", "phien_ban": "1"},
    "/soan-quy-trinh/{draft_id}/bo": {"buoc": "tiep_thu", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/bo-ban-thao": {"lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/bo-duong": {"duong": "f_gia_han", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/buoc/{element}": {"ten": "Bước khác", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/chay-thu": {"ke_hoach": "1", "tu_ngay": "01/12/2026", "den_het": "05/12/2026"},
    "/soan-quy-trinh/{draft_id}/cong-bo": {"lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/doi": {"buoc": "tiep_thu", "vao": "f_khong_gop_y", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/duong/{flow}": {"toi": "trinh_ky", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/hoan-tac": {"lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/rut": {"lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/tep": {"lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/them": {"vao": "f_bat_dau", "ten": "Thẩm định", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/them-duong": {"tu": "ket_qua_ky", "toi": "tiep_thu", "lan_sua": "0"},
    "/soan-quy-trinh/{draft_id}/trinh": {"ghi_chu": "Thêm bước thẩm định", "lan_sua": "0"},
    "/su-co/{case_id}/{incident_id}/thu-lai": {},
    "/van-hanh/gui-lai": {},
    "/su-co/{case_id}/{incident_id}/giai-quyet": {"ly_do": "Đã xử lý tay"},
}
# These also touch one thing; what is wrong with a form may be told before whose thing it is.
ONE_THING_AFTER_ITS_FORM = (
    "/bao-cao/{cycle_id}/don-vi/{submission_id}/mo-lai",
    "/bao-cao/{cycle_id}/don-vi/{submission_id}/tra-lai",
    "/giu-quy-trinh",
    "/van-hanh/co-quan/{office_id}/hoat-dong-lai",
    "/van-hanh/co-quan/{office_id}/tam-ngung",
    "/van-hanh/thanh-lap",
    "/van-hanh/thanh-lap/{founding_id}/hoan-tac",
    "/van-hanh/thanh-lap/{founding_id}/lam-tiep",
    "/van-hanh/thanh-lap/{founding_id}/moi-lai/{line}",
    "/bao-cao/{cycle_id}/nhac",
    "/ke-hoach/{plan_id}/che-do-bao-cao/moi",
    "/ke-hoach/{plan_id}/che-do-bao-cao/mot-lan",
    "/ke-hoach/{plan_id}/che-do-bao-cao/{rule_id}",
    "/ke-hoach/{plan_id}/che-do-bao-cao/{rule_id}/bo",
    "/ke-hoach/{plan_id}/ban-sao",
    "/ke-hoach/{plan_id}/phu-luc",
    "/ke-hoach/{plan_id}/phu-luc/{file_id}/bo",
    "/ke-hoach/{plan_id}/theo-doi",
    "/ke-hoach/{plan_id}/thoi-theo-doi",
    "/ke-hoach/{plan_id}/trao-doi",
    "/ke-hoach/{plan_id}/y-kien/{number}/hoi-them",
    "/ke-hoach/{plan_id}/y-kien/{number}/nhac",
    "/ke-hoach/{plan_id}/y-kien/{number}/nhap-thay",
    "/ke-hoach/{plan_id}/y-kien/{number}/tach/{opinion_id}",
    "/ke-hoach/{plan_id}/y-kien/{number}/thoi-hoi",
    "/ke-hoach/{plan_id}/y-kien/{number}/tra-loi/{opinion_id}",
    "/kenh-tin/moc/{endpoint_id}/bat",
    "/kenh-tin/moc/{endpoint_id}/bo",
    "/kenh-tin/moc/{endpoint_id}/tat",
    "/kenh-tin/nhom/{address_id}/bo",
    "/kenh-tin/tin/{delivery_id}/gui-lai",
    "/lui-han/{request_id}",
    "/ke-hoach/{plan_id}/nhiem-vu/{duty_id}/lam-ro",
    "/nhiem-vu/{occurrence_id}/hoan",
    "/nhiem-vu/{occurrence_id}/tien-do",
    "/noi-nhan/{recipient_id}/bao-giay/{relation_id}",
    "/noi-nhan/{recipient_id}/cach-gui",
    "/noi-nhan/{recipient_id}/giao",
    "/noi-nhan/{recipient_id}/gui-lai",
    "/noi-nhan/{recipient_id}/xac-nhan",
    "/chuyen-ho-so/lan/{move_id}/hoan-tac",
    "/so-van-ban-den/{incoming_id}/ban-sao",
    "/soan-quy-trinh/tu-tep",
    "/to-chuc/ban-giao/{person_id}",
    "/to-chuc/chuc-danh/{post_id}/bo-nhiem",
    "/to-chuc/giu-chuc/{holding_id}/mo-lai",
    "/to-chuc/giu-chuc/{holding_id}/thoi",
    "/to-chuc/uy-quyen/{delegation_id}/thu-hoi",
    "/to-chuc/vang-mat/{absence_id}/huy",
    "/to-chuc/{body_id}/khoi-phuc",
    "/to-chuc/{body_id}/sua/{act}",
    "/to-chuc/{body_id}/thanh-vien/{member_id}/bo",
    "/viec/{task_id}/bo-nhap",
    "/viec/{task_id}/chuyen",
    "/viec/{task_id}/giai-phong",
    "/viec/{task_id}/hoi",
    "/viec/{task_id}/nhac-lai",
    "/viec/{task_id}/nhap",
    "/viec/{task_id}/rut",
    "/viec/{task_id}/tra-lai-uy-quyen",
    "/viec/{task_id}/trao-doi",
    "/viec/{task_id}/uy-quyen",
    "/viec/{task_id}/xin-lui-han",
)
REFUSED = {400, 403, 404}
ANY_FORM = {"ly_do": "Lý do đủ dài để nhận", "noi_dung": "Nội dung", "nguoi": "1", "ngay": "01/12/2026"}
# A form that offers the actor's own units: another's is not among them, which is a mistake in the form.
OWN_UNITS = {"/ke-hoach/moi"}
# Rows that say who looked in and who tried, not what was done.
OF_VISITS = {"sessions", "accounts", "task_openings", "versions_seen"}


def posts_of(house: House) -> set[str]:
    routes = (route for router in house.app.state.routers for route in router.routes)
    return {route.path for route in routes if "POST" in route.methods}


def test_every_post_is_classified(stage: Stage) -> None:
    known = OPEN | BY_LINK | OWN_SELF | OWN_OFFICE | ONE_THING.keys() | set(ONE_THING_AFTER_ITS_FORM)
    assert posts_of(stage("drafting")) == known


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("signing")


def stranger(house: House, roles: tuple[str, ...]) -> Browser:
    """Somebody of another office who holds these posts there; without posts, nobody's."""
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Người Lạ", "la@khac.example")
        accounts.add_account(connection, person, "nguoi_la", hash_password(PASSWORD))
        if roles:
            office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
            for role in roles:
                directory.hold(
                    connection, directory.add_post(connection, office, role, "Chức danh", is_head=True), person
                )
    browser = house.browser()
    browser.sign_in("nguoi_la", PASSWORD)
    return browser


def kept(house: House) -> dict[str, list[Any]]:
    return {name: rows for name, rows in everything(house.cast.database).items() if name not in OF_VISITS}


@pytest.mark.parametrize("roles", [(), ROLES], ids=["without_posts", "of_another_office"])
def test_whoever_has_no_right_is_refused_and_nothing_changes(house: House, roles: tuple[str, ...]) -> None:
    browser = stranger(house, roles)
    token = browser.get("/viec").form("/dang-xuat").filled()[FIELD]
    (task,) = house.cast.open("trinh_ky")
    office, unit = house.cast.office.id, house.cast.office.drafting_unit_id
    before, told = kept(house), {}
    things = ONE_THING.keys() | set(ONE_THING_AFTER_ITS_FORM)
    for path in sorted(things if roles else things | OWN_OFFICE):
        ids = defaultdict(lambda: "1", task_id=task.id, plan_id=house.cast.plan_id, body_id=unit, case_id=task.case_id)
        form = {name: value.format(office=office, unit=unit) for name, value in ONE_THING.get(path, ANY_FORM).items()}
        answer = browser.http.post(path.format_map(ids), data={**form, FIELD: token}, follow_redirects=False)
        told[path] = answer.status_code
    assert kept(house) == before
    first = {path for path in told if path in ONE_THING and path not in OWN_UNITS}
    assert {path: told[path] for path in first if told[path] not in REFUSED} == {}
    assert {path: status for path, status in told.items() if not 400 <= status < 500} == {}


def test_a_person_of_the_office_without_the_post_may_look_but_not_act(house: House) -> None:
    browser = house.browser("van_thu")
    token = browser.get("/viec").form("/dang-xuat").filled()[FIELD]
    (task,) = house.cast.open("trinh_ky")
    before = kept(house)
    for path in (path for path in ONE_THING if path.startswith("/viec/")):
        sent = {**ONE_THING[path], FIELD: token}
        answer = browser.http.post(path.format(task_id=task.id), data=sent, follow_redirects=False)
        assert answer.status_code in REFUSED | {409}, (path, answer.status_code)
        assert kept(house) == before, path
