"""Whatever runs is killed or stopped at random while the office is used: what was accepted is there once, in the end.

In the test command some dozens; KEHOACH_NIGHTLY=1 kills a thousand times, and the whole database twenty times.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.nightly import seed, size

from .command import run
from .nursery import BEGAN, Nursery

PAUSES, DEATHS = size(("2", "1"), ("50", "20"))
# Fifty in the test command: fewer on SQLite, where no machine has a database that goes on while it is away.
ON_SQLITE, ON_POSTGRES = size(("20", "30"), ("1000", "1000"))
BACK = 10  # seconds after the database accepts connections


def test_the_nursery_holds_nothing_that_its_children_could_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One thread, one socket (its own ear), so that a fork is as good as a start."""
    monkeypatch.setenv(BEGAN, str(time.time()))
    nursery = Nursery(tmp_path)
    facts = nursery.facts
    nursery.close()
    assert facts == {"threads": 1, "sockets": 1}


def test_killed_at_random_on_sqlite() -> None:
    report = run("kill_anything", "--kills", ON_SQLITE, "--pauses", PAUSES, "--seed", str(seed()))
    assert sum(report["victims"].values()) == int(ON_SQLITE) + int(PAUSES)
    assert report["answers"]["ok"] > 0


@pytest.mark.postgres
def test_killed_at_random_on_postgres_with_its_database() -> None:
    words = ["--kills", ON_POSTGRES, "--pauses", PAUSES, "--deaths", DEATHS, "--seed", str(seed())]
    report = run("kill_anything", "--database", "postgres", *words)
    assert sum(report["victims"].values()) == int(ON_POSTGRES) + int(PAUSES) + int(DEATHS)
    assert report["answers"]["ok"] > 0
    assert max(report["back_after"]) <= BACK
