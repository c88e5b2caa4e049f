"""The rows of an uploaded sheet on their way through the form that confirms them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from workflows.errors import Refused
from workflows.papers.read_sheet import Row, packed, unpacked


def kept_sheet(rows: Sequence[Row]) -> str:
    """The rows as a hidden field of the form has them; empty for none."""
    return json.dumps(packed(rows), ensure_ascii=False) if rows else ""


def sheet_kept(text: str, field: str) -> list[Row]:
    """The rows that the form brings back; BAD_FIELD, told at the field of the file, for anything else."""
    try:
        return unpacked(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise Refused("BAD_FIELD", field=field, value="") from error
