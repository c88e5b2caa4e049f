"""What is said of a plan's duties: to those who help, to whom settles what is unclear, and of what opened late."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import AboutPlan, AboutTask, Message


@dataclass(frozen=True)
class DutyNews(AboutTask):
    """A body that helps (phối hợp) hears that one time of a duty opened, changed or ended."""

    template = "duty_news"
    event = "phoi_hop"
    mark: str  # "Phối hợp, hạn 30/11" | "Đổi hạn 15/12" | "Đã xong"
    what: str  # "được mở" | "đổi hạn" | "đã hoàn thành" | "kết thúc cùng kế hoạch"
    lead: str
    period: str  # "tháng 10/2026", or "" for what is done once
    products: str
    due: str


@dataclass(frozen=True)
class DutiesUnclear(AboutPlan):
    """The focal unit hears which duties wait for it to say when they are due or who leads them."""

    template = "duties_unclear"
    event = "viec_moi"
    count: int
    lines: tuple[str, ...]
    more: int  # that are not listed


@dataclass(frozen=True)
class DutiesMissed(AboutPlan):
    """The clerks hear that duties opened after their day."""

    template = "duties_missed"
    event = "he_thong"
    day: str
    count: int
    lines: tuple[str, ...]
    more: int


@dataclass(frozen=True)
class DutiesFailed(AboutPlan):
    """The clerks hear that duties whose day has come could not be opened."""

    template = "duties_failed"
    event = "he_thong"
    count: int
    lines: tuple[str, ...]
    more: int


DUTY_KINDS: tuple[type[Message], ...] = (DutyNews, DutiesUnclear, DutiesMissed, DutiesFailed)
