"""A death at any point of any step leaves no trace, and bugs that are planted are found, so that this says something.

In the test command some steps and points that the seed chooses; KEHOACH_NIGHTLY=1 tries every one.
"""

from __future__ import annotations

import pytest

from tests.sizes import size

from .command import run, seed


def test_a_death_at_any_point_leaves_no_trace() -> None:
    report = run("every_point", "--seed", str(seed()), *size(["--steps", "4", "--points", "2"], []))
    assert report["deaths"] >= size(4, 350)
    assert report["copies"] <= report["deaths"]


@pytest.mark.postgres
def test_neither_does_one_on_postgres() -> None:
    chosen = ["--steps", "3", "--points", "2"]
    report = run("every_point", "--database", "postgres", "--seed", str(seed()), *size(chosen, []))
    assert report["deaths"] >= size(3, 350)


def test_planted_bugs_are_found() -> None:
    report = run("every_point", *size(["--plants", "--points", "1", "--step", "a program starts a case"], ["--plants"]))
    assert report["found"]
    assert None not in report["found"].values(), "the search is blind"
