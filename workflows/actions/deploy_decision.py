"""Deploy decisions: a DMN file, read and checked whole, kept as the next versions beside the older ones."""

from __future__ import annotations

from workflows.bpmn.dmn import is_dmn, read_decisions

from .deploy import deploy_together
from .desk import Desk


def deploy_decision(desk: Desk, xml: bytes) -> list[tuple[str, int]]:
    """Deploy one DMN file; its decisions and their versions. BadDefinition carries every finding.

    Business rule tasks ask the newest version from now on, those of running cases too, unless they name another; a file
    that is the same as the newest version makes none.
    """
    if not is_dmn(xml):
        read_decisions(xml)  # says what it is instead
    return deploy_together(desk, [xml])
