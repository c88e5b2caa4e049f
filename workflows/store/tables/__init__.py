"""The schema; read directory, processes, worklist, plans, consultation, issuing, reporting, telling, clockwork."""

from . import clockwork, consultation, directory, issuing, plans, processes, reporting, telling, worklist
from .columns import metadata

__all__ = [
    "clockwork",
    "consultation",
    "directory",
    "issuing",
    "metadata",
    "plans",
    "processes",
    "reporting",
    "telling",
    "worklist",
]
