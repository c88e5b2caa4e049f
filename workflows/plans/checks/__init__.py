"""What is wrong in a plan's text, found before it goes out: one file a question, every finding with its place."""

from .check_plan import check_plan
from .finding import PlanFinding

__all__ = ["PlanFinding", "check_plan"]
