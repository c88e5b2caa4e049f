"""Words of the history as a file, and of the file that goes to whoever signs."""

from __future__ import annotations

LOG = "Nhật ký"
INSTEAD_OF = "thay đ/c {}"
WHOLE = "Chuỗi nhật ký của quy trình kế hoạch: toàn vẹn (kiểm lúc {})."
BROKEN = "Chuỗi nhật ký bị sửa hoặc thiếu (kiểm lúc {}). Hãy báo ngay cho bộ phận kỹ thuật."
NARROWED = "Chỉ gồm những dòng theo bộ lọc đã chọn."
CUT = "Chỉ gồm {} dòng mới nhất."
SUBMISSION_FILE = "Hồ sơ trình"
WHERE_NOW = "Kế hoạch đang ở bước “{}” ({})."
SILENT = "Còn {} cơ quan chưa cho ý kiến: {}."
NOT_STARTED = "Dự thảo chưa trình."
