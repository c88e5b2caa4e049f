"""Decisions of DMN 1.1 to 1.3: tables and literal expressions, read, checked and evaluated; no I/O, no clock."""

from __future__ import annotations

from .evaluate import Outcome, evaluate
from .model import Decision, DecisionFile
from .read import is_dmn, read_decisions

__all__ = ["Decision", "DecisionFile", "Outcome", "evaluate", "is_dmn", "read_decisions"]
