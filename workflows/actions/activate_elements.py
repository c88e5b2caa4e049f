"""Start steps of an ad-hoc sub-process."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.engine.commands import ActivateElements

from .administer_case import administer_case
from .desk import Desk


def activate_elements(desk: Desk, case_id: int, adhoc: str, elements: Sequence[str]) -> None:
    """Start these inner steps (SA1); none says that nothing more will be started. NOT_ENABLED where that cannot be."""
    administer_case(desk, case_id, ActivateElements(adhoc, tuple(elements)))
