"""Soạn thảo: the drafting unit hands in its draft, with a new text or the one that is there."""

from __future__ import annotations

from workflows.actions.versions import keep_new_version

from .filing import Filed, Filing


def draft(filing: Filing) -> Filed:
    """Submit the draft for checking; a text in `van_ban` becomes the next version."""
    text, note = filing.text("van_ban"), filing.text("ghi_chu")
    if text:
        keep_new_version(filing.work, filing.plan_id, text, note or None)
    return Filed("trinh", {"ket_qua": "trinh"}, note or None)
