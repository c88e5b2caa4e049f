"""What is said of attached files: what they are of, and which of them cannot be found by what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OF: Final[Mapping[str, str]] = {
    "plan": "phụ lục",
    "comment": "kèm trao đổi, kết quả",
    "opinion": "công văn góp ý",
    "incoming": "kèm văn bản đến",
}
# By the state of its words (`store/file_words.py`); of the others there is nothing to say.
NOT_FOUND_BY_CONTENT: Final[Mapping[str, str]] = {
    "scan": "bản quét, không tìm được theo nội dung",
    "unreadable": "không đọc được, chỉ tìm được theo tên tệp",
    "beginning": "dài, chỉ tìm được trong phần đầu",
    "waiting": "đang chờ đọc, chưa tìm được theo nội dung",
}
