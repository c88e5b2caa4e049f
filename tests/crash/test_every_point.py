"""A death at any point of any step leaves no trace; three planted bugs are found, so that this says something.

In the test command some steps and points that the seed chooses; KEHOACH_NIGHTLY=1 tries every one.
"""

from __future__ import annotations

import pytest

from .command import run, seed

SAMPLE = {"sqlite": ["--steps", "4", "--points", "2"], "postgres": ["--steps", "3", "--points", "2"]}


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_death_at_any_point_leaves_no_trace(kind: str, nightly: bool) -> None:
    chosen = [] if nightly else SAMPLE[kind]
    report = run("every_point", "--database", kind, "--seed", str(seed()), *chosen)
    assert report["violations"] == []
    assert report["deaths"] >= (300 if nightly else 3)
    assert report["copies"] <= report["deaths"]


@pytest.mark.parametrize(
    ("step", "plant"),
    [("a program starts a case", "no-idempotency"), ("a head approves", "two-transactions")],
)
def test_a_planted_bug_is_found(step: str, plant: str) -> None:
    report = run("every_point", "--step", step, "--plant", plant)
    assert report["found"][plant], "the search is blind"
