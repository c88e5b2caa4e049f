"""What is said when a setting of the pages or of an office's face cannot be kept."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "TOO_MANY_LINES": "Địa chỉ có nhiều hơn {most} dòng. Hãy gộp bớt rồi gửi lại.",
    "EMBLEM_TOO_LARGE": "Tệp biểu tượng lớn hơn {most} KB. Hãy thu nhỏ ảnh rồi chọn lại.",
    "NO_PICTURE": "Tệp này không phải ảnh PNG hoặc JPEG. Hãy xuất biểu tượng thành một trong hai dạng đó.",
}
FIELDS: Mapping[str, str] = {
    "giao_dien": "Sáng tối",
    "co_chu": "Cỡ chữ",
    "mat_do": "Mật độ",
    "ngon_ngu": "Ngôn ngữ",
    "dia_chi": "Dòng địa chỉ",
    "bieu_tuong": "Biểu tượng",
}
