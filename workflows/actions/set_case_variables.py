"""Correct the data of a running case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine.commands import SetVariables

from .administer_case import administer_case
from .desk import Desk


def set_case_variables(desk: Desk, case_id: int, variables: Mapping[str, Any]) -> None:
    """Write process variables; conditions that become true by it fire (ED1). BAD_VARIABLE for what is not JSON."""
    administer_case(desk, case_id, SetVariables(variables))
