"""Faults planted in the product, one protection switched off each: a simulation that does not find them proves
nothing (G7)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

Plant = Callable[[], AbstractContextManager[object]]
PLANTED: dict[str, Plant] = {}
OURS = ("workflows.", "notifications.", "service.")


def plant(made: Callable[[], Iterator[None]]) -> Plant:
    """A fault under the name of the function that plants it."""
    planted = contextmanager(made)
    PLANTED[made.__name__] = planted
    return planted


@contextmanager
def everywhere(real: Any, fake: Any) -> Iterator[None]:
    """`fake` wherever a module of the product has `real` under that name."""
    name = real.__name__
    found = [
        module
        for key, module in list(sys.modules.items())
        if key.startswith(OURS) and getattr(module, name, None) is real
    ]
    assert found, f"nobody calls {name} any more: plant this fault where it is done now"
    for module in found:
        setattr(module, name, fake)
    try:
        yield
    finally:
        for module in found:
            setattr(module, name, real)


def instead(owner: type, name: str, fake: Any) -> AbstractContextManager[object]:
    """`fake` as this method of a class."""
    assert hasattr(owner, name), f"{owner.__name__} has no {name} any more: plant this fault where it is done now"
    return patch.object(owner, name, fake)


def all_planted() -> Mapping[str, Plant]:
    """Every planted fault by its name."""
    from . import planted_in_letters, planted_in_the_log, planted_in_the_office  # noqa: PLC0415 - they plant themselves

    assert planted_in_letters and planted_in_the_log and planted_in_the_office
    return PLANTED
