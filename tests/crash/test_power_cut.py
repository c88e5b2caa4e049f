"""The power goes at any moment: what was said yes to is on the disk, whole, and the rest is not there at all (SQLite).

In the test command after each sync; KEHOACH_NIGHTLY=1 cuts after everything that was asked of the disk, often.
"""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.actions.field import Field
from tests.databases import SqliteTemplate
from tests.engine.building import BORDER, file, process, users
from tests.nightly import NIGHTLY, SEED, seed, size
from workflows.actions import start_process
from workflows.store.database import Database
from workflows.store.log_proof import prove_log

from .power import Disk, watched

PROCESS = file(process(BORDER + users("u", "v"), "s u v e"))
AT_ONCE, EACH = 3, 4


@dataclass
class Office:
    """Whoever starts cases at once, and after how much of the disk's log each was asked for and accepted."""

    disk: Disk
    asked: dict[str, int] = field(default_factory=dict)
    accepted: dict[str, int] = field(default_factory=dict)

    def work(self, database: Database) -> None:
        """Some cases one after another, then some at once, which share a commit."""
        ground = Field(database)

        def start(who: int) -> None:
            for turn in range(EACH):
                key = f"{who}-{turn}"
                self.asked[key] = len(self.disk.log)
                start_process(ground.desk(), "P", {"so": turn}, key)
                self.accepted[key] = len(self.disk.log)

        start(0)
        threads = [threading.Thread(target=start, args=(who,)) for who in range(1, AT_ONCE + 1)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()

    def wrong(self, image: Path, cut: int) -> Iterator[str]:
        """What this office is not, that it must be if the power went there."""
        with closing(sqlite3.connect(image)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if whole != "ok":
            yield f"the file is broken: {whole}"
            return
        database = Database(f"sqlite:///{image}")
        with closing(database), database.read() as connection:
            there = set(connection.exec_driver_sql("SELECT business_key FROM cases").scalars())
            proof = prove_log(connection)
        kept = {key for key, at in self.accepted.items() if at <= cut}
        yield from (f"{key} was accepted and is gone" for key in sorted(kept - there))
        yield from (f"{key} is there and nobody asked for it yet" for key in there if self.asked[key] > cut)
        yield from (f"log: {each}" for each in proof.breaks)


def office(template: SqliteTemplate, folder: Path, *spoiled: str) -> Office:
    """An office at work on a disk that is watched; `spoiled` is said to each connection after what the product says."""
    kept = Database(template.file(folder / "office.sqlite"))
    Field(kept).deploy(PROCESS)
    kept.close()
    with watched(folder) as disk:
        database = Database(f"sqlite:///{folder / 'office.sqlite'}")
        if spoiled:
            event.listen(database.engine, "connect", lambda driver, _: [driver.execute(each) for each in spoiled])
        found = Office(disk)
        found.work(database)
        database.close()
    return found


def power_cuts(found: Office, folder: Path, chance: random.Random) -> Iterator[str]:
    """Cut the power after each thing that was asked, and look at what is there when it comes back."""
    log = found.disk.log
    final = {at + 1 for at, asked in enumerate(log) if asked.what in ("sync", "delete")} | set(found.accepted.values())
    for moment in range(len(log) + 1) if NIGHTLY else sorted(final):
        for draw in range(size(2, 6)):
            for left in folder.iterdir():
                left.unlink()
            for name, content in found.disk.cut(moment, chance if draw else None).items():
                (folder / name).write_bytes(content)
            for each in found.wrong(folder / "office.sqlite", moment):
                yield f"cut {moment} of {len(log)}, after {log[moment - 1].what}, draw {draw}: {each}"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Where the office works, and where what is left of it is laid out."""
    for name in ("work", "image"):
        (tmp_path / name).mkdir()
    return tmp_path / "work", tmp_path / "image"


def test_what_was_accepted_is_there_when_the_power_comes_back(
    sqlite_template: SqliteTemplate, folders: tuple[Path, Path]
) -> None:
    number, (work, image) = seed(), folders
    found = office(sqlite_template, work)
    assert len(found.accepted) == EACH * (AT_ONCE + 1)
    wrong = list(power_cuts(found, image, random.Random(number)))
    assert wrong == [], f"{SEED}={number}\n" + "\n".join(wrong[:5])


NEVER_SYNCED = ("PRAGMA synchronous = OFF",)
# What SQLite calls full: the name of the deleted journal may come back, and takes the last commit back.
NOT_QUITE_SYNCED = ("PRAGMA journal_mode = DELETE", "PRAGMA synchronous = FULL")


@pytest.mark.parametrize("spoiled", [NEVER_SYNCED, NOT_QUITE_SYNCED])
def test_a_sync_that_is_missing_is_found(
    sqlite_template: SqliteTemplate, folders: tuple[Path, Path], spoiled: tuple[str, ...]
) -> None:
    work, image = folders
    found = office(sqlite_template, work, *spoiled)
    assert "was accepted and is gone" in next(power_cuts(found, image, random.Random(1)), "nothing")
