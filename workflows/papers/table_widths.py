"""How wide the columns of a table are, by what stands in them; the same for every kind of file."""

from __future__ import annotations

from workflows.plans.official_document import Table

PORTRAIT, LANDSCAPE = 76.0, 112.0  # letters of 12 points that fit between the margins
NARROW = 7  # letters: numbers and marks, centred
_EDGE = 2.2  # letters that the rules and the space beside them take
_CAPITAL = 1.35  # a capital or a bold letter against a usual one


def column_shares(table: Table, room: float = PORTRAIT) -> tuple[float, ...]:
    """Each column's share of the width: first room for its longest word, then by its amount of words."""
    least = [_least(table, at) for at in range(len(table.header))]
    wants = [_wants(table, at) for at in range(len(table.header))]
    spare = max(0.0, room - sum(least))
    total = sum(wants) or 1.0
    widths = [low + spare * want / total for low, want in zip(least, wants, strict=True)]
    return tuple(round(width / sum(widths), 4) for width in widths)


def is_narrow(table: Table, at: int) -> bool:
    """Whether a column holds nothing but numbers or short marks."""
    return all(len(cell) <= NARROW for cell in _cells(table, at)) and len(table.header[at]) <= 2 * NARROW


def _cells(table: Table, at: int) -> list[str]:
    return [row[at] for place, row in enumerate(table.rows) if place not in table.groups or at == 0]


def _least(table: Table, at: int) -> float:
    header = max((_width(word) * 1.1 for word in table.header[at].split()), default=0.0)
    words = [word for cell in _cells(table, at) for word in cell.split()]
    return max([header, *(min(_width(word), 24.0) for word in words), 2.0]) + _EDGE


def _wants(table: Table, at: int) -> float:
    if is_narrow(table, at):
        return 0.0
    lengths = [len(cell) for cell in _cells(table, at) if cell] or [0]
    return float(((sum(lengths) / len(lengths) + max(lengths)) / 2) ** 0.7)


def _width(word: str) -> float:
    return sum(_CAPITAL if letter.isupper() else 1.0 for letter in word)
