"""A signal from outside: to everybody who waits for its name at that moment (semantics.md ES1 to ES4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .administration import own_office, reach, require_scope, require_worker
from .desk import Desk, Signal
from .handle import send_signal


def broadcast_signal(desk: Desk, name: str, variables: Mapping[str, Any]) -> int:
    """Broadcast a signal; how many cases it reached or started. Nobody waiting is no error, and nothing is stored.

    A person's signal reaches the cases of the offices that they administer, and those of no office; a worker's those of
    its office.
    """
    require_worker(desk.by)
    require_scope(desk.by, "signal", name)
    with desk.open() as work:
        return send_signal(work, Signal(name, variables, own_office(desk.by), reach=reach(desk.by)))
