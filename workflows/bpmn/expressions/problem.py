"""The one failure of this package: a text that is no expression, or an expression that has no value here."""

from __future__ import annotations

from workflows.errors import Refused

CODE = "EXPRESSION_ERROR"


class ExpressionError(Refused):
    """An expression cannot be read or has no value; `message` is a Vietnamese sentence for the process author."""

    def __init__(self, message: str) -> None:
        super().__init__(CODE, message=message)
        self.message = message


class Mismatch(ExpressionError):
    """Operands do not fit the operator: an error in JUEL, null in FEEL."""
