"""What is said of authority that one person lends another."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Linked


@dataclass(frozen=True)
class AuthorityMoved(Linked):
    """Both sides hear that a delegation was entered, begins, was taken back or is over."""

    template = "authority_moved"
    event = "khac"
    mark: str  # "Được ủy quyền" | "Hết hạn ủy quyền" …
    what: str  # "đ/c A ủy quyền (TUQ.) cho đ/c B"
    period: str  # "từ 08:00 ngày 16/11/2026 đến hết ngày 20/11/2026"
    basis: str  # "Văn bản số 12/UQ-UBND ngày 13/11/2026"; empty when none was named
    then: str  # what it means now


AUTHORITY_KINDS = (AuthorityMoved,)
