"""Words about telling those who have a document on paper what happened to it."""

from __future__ import annotations

from collections.abc import Mapping

PAPERS: Mapping[str, str] = {
    "NOTHING_TO_TELL": (
        "Không có gì phải báo cho {name} bằng bản giấy, hoặc việc này đã được ghi. Hãy tải lại trang để xem."
    ),
}
