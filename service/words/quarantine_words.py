"""What is said when a house that was restored from a copy is let go on, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

QUARANTINE: Mapping[str, str] = {
    "NO_QUARANTINE": "Dữ liệu không ở trạng thái cách ly; không có gì phải làm.",
    "NUMBERS_UNCHECKED": "Hãy nêu số cuối cùng đã cấp thật của từng dãy số (xem sổ văn bản đi bản giấy): {series}. "
    "Cách nêu: --number {series}.",
    "NUMBER_KNOWN": "Dãy số {series} năm {year} đã có đến số {last}; số cuối cùng không thể nhỏ hơn.",
    "UNKNOWN_OFFICE": "Không có cơ quan mã số {office}. Hãy xem lại mã cơ quan trong lệnh kehoach quarantine.",
}
