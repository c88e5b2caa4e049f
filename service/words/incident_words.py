"""What an incident says to people: the sentence of its code, and what was told when it happened."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import Reason

from .refusals import sentence_of

_OWN: Mapping[str, str] = {
    "JOB_FAILED": "Việc tự động không làm được sau nhiều lần thử",
    "UNHANDLED_ERROR": "Có lỗi nghiệp vụ mà quy trình không có đường xử lý; hồ sơ đã dừng",
}


def incident_sentence(code: str, message: str) -> str:
    """One or two sentences; `message` is what the worker, the function or the expression said."""
    said = _OWN.get(code)
    if said is None:
        known = sentence_of(Reason(code))
        return f"{known} {message}".strip()
    return f"{said}: {message}" if message else f"{said}."
