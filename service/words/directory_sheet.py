"""The sentences about a sheet of the directory, line by line: the cell, what is wrong there, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

STATUS: Mapping[str, str] = {
    "new": "Mới",
    "changed": "Thay đổi",
    "unchanged": "Không đổi",
    "error": "Lỗi",
}
TITLE, SHEET = "DANH BẠ TỔ CHỨC", "danh-ba"

SHEETS: Mapping[str, str] = {
    "NOT_A_SHEET": "Tệp {filename} không phải bảng tính đọc được. Hãy lưu lại thành .xlsx hoặc .csv rồi tải lên.",
    "TOO_MANY_ROWS": "Tệp {filename} có quá nhiều dòng (nhiều nhất {most}). Hãy tách thành nhiều tệp.",
    "SHEET_NO_COLUMN": "Không tìm thấy dòng tiêu đề có cột “{value}”. Hãy dùng tệp mẫu và giữ nguyên tiêu đề.",
    "SHEET_COLUMN": "Ô {place}: không có cột nào tên “{value}”. Hãy sửa theo tệp mẫu hoặc xóa cột này.",
    "SHEET_COLUMN_TWICE": "Ô {place}: cột “{value}” có hai lần. Hãy xóa một cột.",
    "SHEET_NO_HEADING": "Ô {place}: “{value}” nằm ở cột không có tiêu đề. Hãy xóa ô này hoặc đặt tiêu đề.",
    "SHEET_FORMULA": "Ô {place} là công thức nên không nhận. Hãy thay bằng giá trị (dán kiểu “chỉ giá trị”).",
    "SHEET_DATE": "Ô {place}: “{value}” không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 01/07/2025.",
    "SHEET_NO_BODY": "Ô {place}: chưa có tên cơ quan, đơn vị. Hãy ghi tên hoặc xóa cả dòng.",
    "SHEET_WORD": "Ô {place}: không dùng được “{value}”. Hãy ghi một trong: {allowed}.",
    "SHEET_NO_POST": "Ô {place}: có họ tên “{value}” nhưng chưa có chức danh. Hãy ghi chức danh ở cùng dòng.",
    "SHEET_NO_END": "Ô {place}: có nơi thay bằng nhưng chưa có ngày hoạt động cuối. Hãy ghi cột “Hoạt động đến”.",
    "SHEET_CYCLE": "Ô {place}: “{value}” làm các đơn vị trực thuộc nhau thành vòng. Hãy sửa cột “Trực thuộc”.",
    "SHEET_CONTRADICTS": "Ô {place}: “{value}” khác với dòng {row} về cùng đơn vị. Hãy để hai dòng giống nhau.",
    "SHEET_TWICE": "Ô {place}: dòng này lặp lại dòng {row}. Hãy xóa một dòng.",
    "SHEET_UNKNOWN_BODY": "Ô {place}: không có “{value}” trong danh bạ và tệp. Hãy thêm dòng cho nơi đó hoặc sửa tên.",
    "SHEET_UNKNOWN_GROUP": "Ô {place}: không có nhóm “{group}”. Hãy thêm một dòng loại “Nhóm” hoặc sửa tên.",
    "SHEET_KIND": "Ô {place}: loại “{value}” khác với danh bạ. Hãy để trống hoặc ghi đúng loại đang có.",
    "SHEET_SEVERAL_PEOPLE": "Ô {place}: có nhiều người tên “{value}”. Hãy ghi thêm thư điện tử để phân biệt.",
    "SHEET_ERRORS": "Còn {count} dòng lỗi nên chưa nhập dòng nào. Hãy sửa tệp rồi tải lên lại.",
    "SHEET_NO_OFFICE": "Không có cơ quan “{name}”, hoặc có nhiều. Hãy ghi đúng tên với --office.",
}
