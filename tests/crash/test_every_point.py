"""A death at any point of any step leaves no trace, and bugs that are planted are found, so that this says something.

In the test command some steps and points that the seed chooses; KEHOACH_NIGHTLY=1 tries every one.
"""

from __future__ import annotations

from tests.nightly import seed, size

from .command import run


def test_a_death_at_any_point_leaves_no_trace() -> None:
    report = run("every_point", "--seed", str(seed()), *size(["--steps", "4", "--points", "2"], []))
    assert report["deaths"] >= size(4, 350)
    assert report["copies"] <= report["deaths"]


def test_planted_bugs_are_found() -> None:
    report = run("every_point", *size(["--plants", "--points", "1", "--step", "a program starts a case"], ["--plants"]))
    assert report["found"]
    assert None not in report["found"].values(), "the search is blind"
