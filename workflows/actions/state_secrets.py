"""What is stamped as a state secret is not kept, neither as a plan nor as what is typed so far."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.plans.secrecy import secrecy_stamp


def require_no_secret(*texts: str) -> None:
    """STATE_SECRET with the grade of the first text that is stamped."""
    for text in texts:
        grade = secrecy_stamp(text)
        if grade is not None:
            raise Refused("STATE_SECRET", grade=grade)
