"""What the machine read, in words: the kinds of things it found and the fields of each."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.plans.correction import Kind

# The fields of each kind of item with their labels, in the order of the form.
FIELDS: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    "head": (
        ("trich_yeu", "Trích yếu"),
        ("ban_hanh", "Cơ quan ban hành"),
        ("thoi_ky", "Thời kỳ"),
        ("dia_danh", "Địa danh"),
        ("thay_mat", "Thay mặt (TM.)"),
        ("tham_quyen", "Thẩm quyền ký (KT., TL., TUQ.)"),
        ("chuc_vu", "Chức vụ người ký"),
        ("ho_ten", "Họ tên người ký"),
    ),
    "task": (
        ("so", "Số thứ tự"),
        ("ten", "Nhiệm vụ"),
        ("chu_tri", "Chủ trì"),
        ("phoi_hop", "Phối hợp"),
        ("thoi_gian", "Thời gian"),
        ("san_pham", "Sản phẩm"),
    ),
    "row": (
        ("san_pham", "Sản phẩm"),
        ("chu_tri", "Chủ trì"),
        ("phoi_hop", "Phối hợp"),
        ("thoi_gian", "Thời gian"),
    ),
    "report": (
        ("ben_gui", "Bên báo cáo"),
        ("ben_nhan", "Báo cáo cho"),
        ("qua", "Qua đơn vị"),
        ("han", "Hạn"),
        ("chu_ky", "Chu kỳ"),
    ),
    "recipient": (("dong", "Dòng Nơi nhận"),),
    "target": (("noi_dung", "Chỉ tiêu"),),
}
KINDS: Mapping[Kind, str] = {
    "head": "Phần đầu",
    "task": "Nhiệm vụ",
    "row": "Dòng của nhiệm vụ",
    "report": "Báo cáo",
    "recipient": "Nơi nhận",
    "target": "Chỉ tiêu",
}
WORDS = frozenset(name for fields in FIELDS.values() for name, _ in fields)
