"""Variables that note which of them were looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Looks:
    """Which variables were looked at; `whole` once something looked at all of them."""

    names: set[str] = field(default_factory=set)
    whole: bool = False


class Watched(Mapping[str, Any]):
    """Variables that note each look at them. No dict, so that nothing reads them past the notes."""

    def __init__(self, values: Mapping[str, Any], looks: Looks) -> None:
        self._values, self._looks = dict(values), looks

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any value of a process
        self._looks.names.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        self._looks.whole = True
        return iter(self._values)

    def __len__(self) -> int:
        self._looks.whole = True
        return len(self._values)

    def copy(self) -> Watched:
        """The same variables, for more to be laid over them; a look at these is a look at those."""
        return Watched(self._values, self._looks)

    def update(self, values: Mapping[str, Any]) -> None:
        """Lay these over."""
        self._values.update(values)
