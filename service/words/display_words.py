"""Words of the settings: how pages look, what an office shows of itself, and which of its settings changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflows.actions.deadlines.change_calendar import CALENDAR
from workflows.actions.keep_template import TEMPLATE
from workflows.plans.plan_time import STOPS
from workflows.store import books, change_threshold, copies, office_face, preferences, silence, stops
from workflows.store.escalation_policies import LADDER
from workflows.store.screens.security import MAIL_CODES
from workflows.store.setting_changes import SettingChange

from .dates import day_words
from .deadline_words import DAY_KIND, STOP

THEME: Mapping[str, str] = {"system": "Theo máy", "light": "Sáng", "dark": "Tối"}
SIZE: Mapping[str, str] = {"16": "Vừa (16)", "18": "Lớn (18)", "20": "Rất lớn (20)"}
DENSITY: Mapping[str, str] = {"role": "Theo chức danh", "dense": "Gọn, nhiều dòng", "roomy": "Thoáng, dễ bấm"}
LANGUAGE: Mapping[str, str] = {"vi": "Tiếng Việt", "en": "English"}
# The pages of the settings of one's own: address, name, what is there.
OWN_AREA = (
    ("/toi", "Giao diện", "Sáng tối, cỡ chữ, mật độ, phím tắt, ngôn ngữ"),
    ("/toi/thong-bao", "Thông báo và lịch", "Nhận tin nào bằng cách nào, giờ yên lặng, chuông, địa chỉ lịch"),
    ("/toi/bao-mat", "Bảo mật và thiết bị", "Khóa truy cập, ứng dụng tạo mã, nơi đang đăng nhập"),
    ("/to-chuc/vang-mat", "Vắng mặt", "Báo vắng, người làm thay"),
    ("/to-chuc/uy-quyen", "Ủy quyền", "Cho ai, từ ngày nào, việc gì"),
)
_PAPERS = ("van_thu", "quan_tri", "chu_tich")
# The pages of an office's settings: address, name, what is there, roles that may open it (none: everybody in it).
OFFICE_AREA = (
    ("/to-chuc", "Tên gọi, đơn vị, chức danh", "Cơ cấu, người giữ chức danh, tên cũ và nơi kế tục", ()),
    ("/lich-lam-viec", "Lịch làm việc, ngày nghỉ", "Ngày nghỉ lễ, hoán đổi, làm bù, nửa ngày", ()),
    ("/quy-dinh", "Quy định của cơ quan", "Im lặng, đồng hồ dừng, giờ yên lặng, số liệu thay đổi, lưu trữ", ()),
    ("/thiet-lap-van-thu", "Đánh số, mã định danh, ký bản sao", "Dãy số chung, mã cơ quan", _PAPERS),
    ("/mau-van-ban", "Mẫu văn bản", "Mẫu Word của cơ quan cho từng loại giấy tờ", ("van_thu",)),
    ("/cac-muc-nhac", "Các mức nhắc việc", "Trước và sau hạn bao nhiêu ngày thì báo cho ai", ("quan_tri",)),
    ("/kenh-tin", "Kênh gửi tin", "Thư, máy nhận tin, nhóm trên kênh khác", ("quan_tri",)),
)  # fmt: skip
SETTING: Mapping[str, str] = {
    office_face.ADDRESS: "Dòng địa chỉ của cơ quan",
    office_face.EMBLEM: "Biểu tượng của cơ quan",
    preferences.QUIET_SETTING: "Giờ yên lặng",
    silence.KEY: "Im lặng khi được lấy ý kiến",
    stops.KEY: "Khi nào đồng hồ dừng",
    books.SHARED: "Dãy số chung",
    copies.BY_ORDER: "Đơn vị thừa lệnh ký bản sao",
    change_threshold.KEY: "Số liệu báo cáo thay đổi từ bao nhiêu phần trăm thì nêu",
    MAIL_CODES: "Mã qua thư khi ký",
    CALENDAR: "Lịch làm việc",
    TEMPLATE: "Mẫu văn bản",
    LADDER: "Các mức nhắc việc",
}
NOT_SET = "không đặt"
_YES = {True: "có", False: "không"}


def setting_name(change: SettingChange) -> str:
    """What was changed, with which of several where there are several."""
    name = SETTING.get(change.key, change.key)
    if change.key == CALENDAR:
        return f"{name}: {day_words(date.fromisoformat(change.subject))}"
    return f"{name}: {change.subject}" if change.subject else name


def setting_value(key: str, value: Any) -> str:  # noqa: ANN401 - JSON of any setting
    """A value as people read it."""
    if value is None or value == []:
        return NOT_SET
    if key == CALENDAR:
        kind, name, source = value
        return f"{DAY_KIND[kind]} ({name}; {source})"
    if key == stops.KEY:
        return ", ".join(STOP[each] for each in STOPS if each in value)
    if key == LADDER:
        return "; ".join(f"{level:+d} ngày: {target}" for level, target in value)
    if isinstance(value, bool):
        return _YES[value]
    if isinstance(value, dict):
        return "; ".join(f"{name}: {setting_value('', each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return str(value)
