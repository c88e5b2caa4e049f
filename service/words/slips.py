"""Why a row of the table of slips is refused."""

from __future__ import annotations

from collections.abc import Mapping

SLIPS: Mapping[str, str] = {
    "NO_SLIPS": "Chưa có dòng đính chính nào. Hãy ghi vị trí, chỗ đã in sai và chỗ sửa lại.",
    "TOO_MANY_SLIPS": "Nhiều nhất {most} dòng trong một công văn đính chính. Sai nhiều chỗ thì nên thay thế văn bản.",
    "SLIP_INCOMPLETE": "Dòng {row}: phải ghi đủ vị trí, “đã in là” và “sửa lại là”.",
    "SLIP_TOO_LONG": "Dòng {row} quá dài, mỗi ô nhiều nhất {most} ký tự. Hãy chỉ ghi chỗ sai.",
    "SLIP_UNCHANGED": "Dòng {row}: chỗ sửa lại giống hệt chỗ đã in. Hãy kiểm tra lại.",
    "SLIP_NOT_PRINTED": "Dòng {row}: không thấy “{words}” trong văn bản đã phát hành. Hãy chép đúng chỗ đã in.",
}
