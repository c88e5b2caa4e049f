"""What a database says of a failure, without the values of the row: those belong to people, and no log tells them."""

from __future__ import annotations

import re

# PostgreSQL adds lines that quote the row and the parameters (protocol, 55.8: D, W).
_QUOTING = re.compile(r"\n(?:DETAIL|CONTEXT):.*", re.DOTALL)


def forget_values(*errors: BaseException | None) -> None:
    """Leave of each message what does not quote any value."""
    for error in errors:
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (_QUOTING.sub("", error.args[0]), *error.args[1:])
