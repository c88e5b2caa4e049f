"""Expressions of process definitions: a whitelisted language, parsed and bounded, in the dialects JUEL and FEEL."""

from __future__ import annotations

from .expression import Expression, parse
from .operators import require_bool
from .problem import ExpressionError
from .unary import UnaryTests, parse_unary
from .values import KEPT, Budget, as_json

__all__ = [
    "KEPT",
    "Budget",
    "Expression",
    "ExpressionError",
    "UnaryTests",
    "as_json",
    "parse",
    "parse_unary",
    "require_bool",
]
