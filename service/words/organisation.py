"""Words of the organisation's pages: kinds of bodies, changes of the directory, capacities, names of fields."""

from __future__ import annotations

from collections.abc import Mapping

KIND: Mapping[str, str] = {
    "office": "Cơ quan",
    "unit": "Đơn vị",
    "front": "Mặt trận",
    "party": "Cơ quan Đảng",
    "council": "Hội đồng nhân dân",
    "association": "Tổ chức chính trị - xã hội, hội",
    "agency": "Cơ quan khác phối hợp",
    "group": "Nhóm",
}
GUEST = "ngoài hệ thống chỉ đạo, chỉ phối hợp"

CAPACITY: Mapping[str, str] = {
    "KT.": "KT. (ký thay, dành cho cấp phó)",
    "TL.": "TL. (thừa lệnh, theo quy chế làm việc)",
    "TUQ.": "TUQ. (thừa ủy quyền, cần văn bản ủy quyền)",
}
DELEGATION_STATE: Mapping[str, str] = {
    "ahead": "Chưa bắt đầu",
    "in_force": "Đang hiệu lực",
    "over": "Đã hết hạn",
    "revoked": "Đã thu hồi",
}
DOCUMENT_KIND: Mapping[str, str] = {"ke_hoach": "Kế hoạch", "nhiem_vu": "Nhiệm vụ", "bao_cao": "Báo cáo"}
BY_NAME = "Việc giao đích danh"
HOLDER = "người giữ chức danh"

CHANGE: Mapping[str, str] = {
    "body_entered": "Thêm {name}",
    "body_renamed": "Đổi tên “{was}” thành “{name}” từ {since}",
    "body_changed": "Sửa thông tin {name}",
    "body_ended": "Chấm dứt hoạt động sau ngày {last_day}",
    "body_restored": "Khôi phục {name}",
    "member_joined": "Thêm thành viên của nhóm",
    "member_left": "Bỏ thành viên của nhóm",
    "post_entered": "Thêm chức danh {title}",
    "appointed": "Giao giữ chức danh {title}",
    "holding_ended": "Thôi giữ chức danh {title} sau ngày {last_day}",
    "holding_reopened": "Giữ lại chức danh {title}",
    "lent": "Ủy quyền {capacity}",
    "taken_back": "Thu hồi ủy quyền {capacity}",
    "absent": "Vắng từ {first_day} đến {last_day}",
    "present": "Hủy lịch vắng",
    "left": "Bàn giao và nghỉ",
    "imported": "Nhập danh bạ từ tệp {file}: {new} dòng mới, {changed} dòng thay đổi",
    "longest": "Ủy quyền dài nhất {days} ngày",
    "offices_founded": "Thành lập {count} cơ quan từ tệp {file}",
    "founding_undone": "Hoàn tác việc thành lập từ tệp {file}: {count} cơ quan được bỏ, {stay} cơ quan giữ lại",
    "office_suspended": "Tạm ngừng cơ quan: {reason}",
    "office_resumed": "Cho cơ quan hoạt động lại: {reason}",
}

ITEM_KIND: Mapping[str, str] = {
    "task": "Việc đang giữ",
    "post": "Chức danh",
    "watch": "Kế hoạch đang theo dõi",
    "lent": "Ủy quyền đã giao",
    "borrowed": "Ủy quyền đã nhận",
    "token": "Mã truy cập cho máy",
}
BACK: Mapping[str, str] = {
    "task": "Trả về cho nhóm",
    "post": "Để trống",
    "watch": "Thôi theo dõi",
    "lent": "Chấm dứt",
    "borrowed": "Chấm dứt",
    "token": "Thu hồi",
}

# Names of these pages' fields, beside those of fields.FIELD.
FIELD: Mapping[str, str] = {
    "tu_cach": "Tư cách",
    "nguoi_uy_quyen": "Người ủy quyền",
    "hinh_thuc": "Hình thức",
    "phan_giao": "Phần ủy quyền",
    "can_cu": "Căn cứ",
    "so_van_ban": "Số, ký hiệu văn bản ủy quyền",
    "ngay_van_ban": "Ngày văn bản ủy quyền",
    "tu_ngay": "Từ ngày",
    "den_ngay": "Đến hết ngày",
    "pham_vi_ke_hoach": "Chỉ các kế hoạch",
    "ly_do_vang": "Lý do vắng",
    "ten_moi": "Tên mới",
    "ten_tat": "Tên viết tắt",
    "loai": "Loại",
    "chuc_danh": "Chức danh",
    "vai_tro": "Vai trò",
    "dung_dau": "Người đứng đầu",
    "ho_ten": "Họ và tên",
    "nguoi": "Người giữ chức danh",
    "ngay_cuoi": "Ngày cuối",
    "thay_bang": "Thay bằng",
    "thanh_vien": "Thành viên",
    "tep_danh_ba": "Tệp danh bạ",
    "so_ngay_toi_da": "Số ngày dài nhất",
}

SENTENCES: Mapping[str, str] = {
    "SAME_NAME": "“{name}” đang là tên hiện nay. Hãy nhập tên mới.",
    "ALREADY_THERE": "Đã có “{name}” ở cơ quan này. Hãy dùng mục đã có hoặc đặt tên khác.",
    "ALREADY_HEADED": "{name} đã có người đứng đầu là {title}. Hãy bỏ đánh dấu “Người đứng đầu”.",
    "ALREADY_HOLDS": "{person} đã giữ chức danh {title} trong thời gian này. Không cần giao lần nữa.",
    "ALREADY_MEMBER": "{name} đã ở trong nhóm {group}. Không cần thêm lần nữa.",
    "NOT_ENDED": "{name} chưa chấm dứt. Không cần khôi phục.",
    "BAD_SUCCESSOR": "{name} không thay thế được ở đây vì sẽ thành vòng hoặc đã chấm dứt. Hãy chọn cơ quan khác.",
}
