"""What the table of offices says."""

from __future__ import annotations

from collections.abc import Mapping

OFFICES, NEVER = "Các cơ quan", "chưa ai vào"
COLUMNS: tuple[tuple[str, int], ...] = (
    ("Cơ quan", 40),
    ("Cấp", 12),
    ("Cấp trên", 36),
    ("Lần vào gần nhất", 20),
    ("Việc đang mở", 14),
    ("Quá hạn", 12),
    ("Tin hỏng", 12),
    ("Kế hoạch đang thực hiện", 16),
    ("Tạm ngừng từ", 20),
)
SORT: Mapping[str, str] = {
    "ten": "Theo tên",
    "vao": "Lâu chưa vào nhất trước",
    "mo": "Nhiều việc mở nhất trước",
    "han": "Nhiều việc quá hạn nhất trước",
    "thu": "Nhiều tin hỏng nhất trước",
    "ke_hoach": "Nhiều kế hoạch nhất trước",
}
ONLY: Mapping[str, str] = {
    "": "Tất cả",
    "chua_vao": "Chưa ai vào",
    "qua_han": "Có việc quá hạn",
    "thu_hong": "Có tin hỏng",
    "tam_ngung": "Đang tạm ngừng",
}
