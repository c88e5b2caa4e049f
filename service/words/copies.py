"""Words of copies and files: what each form of copy is for, and why a file or a copy is refused."""

from __future__ import annotations

from collections.abc import Mapping

FORM: Mapping[str, str] = {"SY": "Sao y", "SL": "Sao lục", "TrS": "Trích sao"}
FORM_HINT: Mapping[str, str] = {
    "SY": "Toàn bộ văn bản, từ bản gốc.",
    "SL": "Toàn bộ văn bản, từ bản sao y đã nhận được.",
    "TrS": "Một số trang của văn bản.",
}

COPIES: Mapping[str, str] = {
    "BAD_PAGES": "“{value}” không phải là các trang của văn bản có {count} trang. Hãy ghi như 1-3, 5.",
    "COPY_OF_RECALLED": "Văn bản {number} đã thu hồi hoặc vừa thay đổi nên không sao được. Hãy tải lại trang.",
    "COPY_NEEDS_PDF": "“{filename}” không phải là tệp PDF nên không sao được. Hãy quét văn bản thành PDF rồi vào sổ.",
    "APPENDIX_UNFIT": "Không dùng “{filename}” làm phụ lục được. {unfit} Hãy xuất lại tệp PDF từ bản gốc.",
    "TOO_MANY_APPENDICES": "Kế hoạch đã có {most} phụ lục, không thêm được nữa. Hãy gộp phụ lục hoặc bỏ bớt.",
    "SAME_APPENDIX": "Tệp “{filename}” đã có trong các phụ lục. Hãy chọn tệp khác.",
    "CONVERTER_BUSY": "Nhiều người đang chuyển tệp kiểu cũ nên “{filename}” chưa đọc được. Hãy thử lại sau ít phút.",
    "PAGE_UNFIT": "Trang đầu của tệp không có chỗ cho chữ ký số của cơ quan. Hãy xuất lại tệp PDF, trang đầu để thẳng.",
}
# Why a file cannot be an appendix, besides the faults that verification names (words/signatures.py).
UNFIT: Mapping[str, str] = {
    "not_pdf": "Tệp không phải là PDF đọc được.",
    "signed": "Tệp đã mang chữ ký số.",
    "turned": "Trang đầu bị xoay.",
    "small": "Trang đầu quá nhỏ.",
    "damaged": "Trang đầu hỏng.",
}
