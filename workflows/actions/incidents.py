"""What went wrong without a person to tell: an administrator tries it again, or closes it with a reason."""

from __future__ import annotations

from workflows.engine.commands import ResolveIncident, RetryIncident
from workflows.errors import Refused

from .administer_case import administer_case
from .desk import Desk


def retry_incident(desk: Desk, case_id: int, incident_id: str) -> None:
    """Do again what failed; if it fails again the person is told why and the incident stays."""
    administer_case(desk, case_id, RetryIncident(incident_id))


def resolve_incident(desk: Desk, case_id: int, incident_id: str, reason: str) -> None:
    """Close the incident without another try; the reason stays in the history."""
    if not reason.strip():
        raise Refused("REASON_REQUIRED", field="ly_do", shortest=1)
    administer_case(desk, case_id, ResolveIncident(incident_id, reason.strip()))
