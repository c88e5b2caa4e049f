"""Which waiting subscription a message is for (semantics.md EM1 to EM4)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from workflows.engine import correlate, matching

from .building import reasons


@dataclass
class Wait:
    name: str = "tin"
    key: str | None = None
    business_key: str | None = None


@pytest.mark.parametrize(
    ("wait", "key", "fits"),
    [
        (Wait(), None, True),
        (Wait(business_key="A"), None, True),
        (Wait(business_key="A"), "A", True),
        (Wait(business_key="A"), "B", False),
        (Wait(), "A", False),
        (Wait(key="7"), "7", True),
        (Wait(key="7"), 7, True),
        (Wait(key="7"), "8", False),
        (Wait(key="7"), None, False),
        (Wait(key="7", business_key="A"), "A", False),
        (Wait(business_key="7"), 7, True),
        (Wait(name="khac"), None, False),
    ],
)
def test_a_declared_key_must_be_met_else_the_case_counts(wait: Wait, key: str | None, fits: bool) -> None:
    assert matching([wait], "tin", key) == ([wait] if fits else [])


def test_exactly_one_receiver_or_nothing_is_delivered() -> None:
    one, other = Wait(business_key="A"), Wait(business_key="B")
    assert correlate([one, other], "tin", "B") is other
    assert correlate([one], "tin") is one
    assert reasons(lambda: correlate([one, other], "khac", "A")) == [("NO_MATCH", {"name": "khac", "key": "A"})]
    assert reasons(lambda: correlate([one, other, one], "tin")) == [
        ("AMBIGUOUS", {"name": "tin", "key": None, "count": 3})
    ]
    assert reasons(lambda: correlate([one, one], "tin", "A")) == [
        ("AMBIGUOUS", {"name": "tin", "key": "A", "count": 2})
    ]
