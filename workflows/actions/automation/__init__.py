"""Automatic steps by the topic of their service task; a topic that is not here waits for a worker outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .assign_duties import assign_duties
from .close_cycle_figures import close_cycle_figures
from .close_round import close_round
from .distribute import distribute
from .duty_done import duty_done
from .job import Job
from .open_round import open_round
from .plan_stopped import plan_stopped
from .send_report import send_report

# None: not yet; the step stays open, and the clock comes back to it.
AUTOMATION: Mapping[str, Callable[[Job], Mapping[str, Any] | None]] = {
    "mo_vong": open_round,
    "chot_vong": close_round,
    "gui_van_ban": distribute,
    "giao_nhiem_vu": assign_duties,
    "ghi_dung": plan_stopped,
    "chot_ky": close_cycle_figures,
    "gui_bao_cao": send_report,
    "ghi_hoan_thanh": duty_done,
}
# Of these the steps by which an issued document leaves: `distribute` finishes them, `run_jobs` all the others.
DISTRIBUTION = frozenset({"gui_van_ban", "gui_bao_cao"})

__all__ = ["AUTOMATION", "DISTRIBUTION", "Job"]
