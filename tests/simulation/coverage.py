"""What a run has tried: each command in each state, each fault in how many states; as a table and as what is thin."""

from __future__ import annotations

from collections import defaultdict

from .accepted import Report
from .database_faults import KINDS
from .mail_faults import FAULTS
from .plan_life import STATES

EVERYWHERE = tuple(state for state in STATES if state != "draft")
ON_THE_WAY = tuple(state for state in EVERYWHERE if state not in ("in_force", "closed", "stopped"))
ISSUED = ("in_force", "ket_thuc_ke_hoach", "closed", "stopped")
LATE = ("cap_so", "phat_hanh")
# Where a command is possible at all, rightly or wrongly: nobody can claim a task of a plan that has none.
POSSIBLE: dict[str, tuple[str, ...]] = {
    "start": EVERYWHERE,
    "act": (*ON_THE_WAY, "in_force"),
    "act_twice": EVERYWHERE,
    "act_by_stranger": (*ON_THE_WAY, "in_force"),
    "act_by_excluded": ("kiem_tra_the_thuc", "trinh_ky"),
    "act_on_old_text": ("kiem_tra_noi_dung", "kiem_tra_the_thuc", "trinh_ky"),
    "sign_without_proof": ("trinh_ky",),
    "return": (*ON_THE_WAY, "in_force"),
    "take_back": EVERYWHERE[1:],
    "claim": (*ON_THE_WAY, "in_force"),
    "release": (*ON_THE_WAY, "in_force"),
    "pass_on": (*ON_THE_WAY, "in_force"),
    "amend": EVERYWHERE,
    "comment": EVERYWHERE,
    "late_opinion": EVERYWHERE,
    "confirm": ("in_force", "ket_thuc_ke_hoach"),
    "progress": ("in_force",),
    "put_off": ISSUED,
    "ask_later": (*ON_THE_WAY, "in_force"),
    "decide_later": (*ON_THE_WAY, "in_force"),
    "give_back_report": ISSUED,
    "reserve": EVERYWHERE,
    "give_up": EVERYWHERE,
    "open_link": EVERYWHERE,
}


def pairs() -> list[tuple[str, str]]:
    """Every pair of a state and a command that is possible in it."""
    return [(state, command) for command, states in POSSIBLE.items() for state in states]


def thin_pairs(report: Report, floor: int) -> dict[tuple[str, str], int]:
    """The pairs that were tried less often than that."""
    return {pair: report.tried[pair] for pair in pairs() if report.tried[pair] < floor}


def thin_faults(report: Report, floor: int) -> dict[str, int]:
    """The faults that came in fewer states than that."""
    states: dict[str, set[str]] = defaultdict(set)
    for fault, state in report.struck:
        states[fault].add(state)
    return {fault: len(states[fault]) for fault in (*KINDS, *FAULTS) if len(states[fault]) < floor}


def table(report: Report) -> str:
    """The counts, a line a command and a line a fault."""
    short = {state: "".join(word[0] for word in state.split("_")) for state in STATES}
    head = " " * 24 + "".join(f"{short[state]:>8}" for state in STATES)
    lines = ["; ".join(f"{short[state]} {state}" for state in STATES), head]
    for command in POSSIBLE:
        lines.append(f"{command:24}" + "".join(f"{report.tried[state, command] or '·':>8}" for state in STATES))
    lines.append(head)
    for fault in (*KINDS, *FAULTS):
        lines.append(f"{fault:24}" + "".join(f"{report.struck[fault, state] or '·':>8}" for state in STATES))
    return "\n".join(lines)
