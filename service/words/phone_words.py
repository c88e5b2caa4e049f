"""Words of the app on a phone: its name, its shortcuts, and what it says without a net."""

from __future__ import annotations

NAME = "kehoach – kế hoạch và trình ký"
SHORTCUTS = (("Việc cần xử lý", "/viec"), ("Báo cáo đang chậm", "/bao-cao"))
# {} is the time at which the list was read.
KEPT_LIST = "Đang mất mạng. Danh sách dưới đây là dữ liệu lúc {}, chỉ để xem; mở việc và quyết định khi có mạng lại."
SOMETHING_NEW = "Có việc mới"
