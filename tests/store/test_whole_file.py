"""A file has its name only when it is whole and on the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from workflows.whole_file import keep_first, put_whole, whole_file


def test_it_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with whole_file(target) as fresh:
        fresh.write_bytes(b"half")
        assert not target.exists()
    assert target.read_bytes() == b"half"
    assert target.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [target]


def test_what_failed_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "copy"):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "copy.part").write_bytes(b"left by a crash")
    with whole_file(tmp_path / "copy") as fresh:
        assert fresh.read_bytes() == b""


def test_nothing_is_overwritten_not_even_what_came_meanwhile(tmp_path: Path) -> None:
    target = tmp_path / "copy"
    with pytest.raises(FileExistsError), whole_file(target):
        target.write_bytes(b"of somebody else")
    assert target.read_bytes() == b"of somebody else"
    with pytest.raises(FileExistsError), whole_file(target):
        pass


def test_it_is_written_anew_at_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "address"
    for content in (b"first", b"second"):
        put_whole(place, content)
        assert place.read_bytes() == content
    assert place.stat().st_mode & 0o777 == 0o600
    put_whole(tmp_path / "for others", b"", mode=0o644)
    assert (tmp_path / "for others").stat().st_mode & 0o444 == 0o444
    assert sorted(each.name for each in tmp_path.iterdir()) == ["address", "for others"]


def test_of_many_who_make_a_key_at_once_all_have_the_same(tmp_path: Path) -> None:
    start = Barrier(8)

    def make(number: int) -> bytes:
        start.wait()
        return keep_first(tmp_path / "key", str(number).encode())

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(make, range(8)))
    assert found == {(tmp_path / "key").read_bytes()}
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("write", [put_whole, keep_first])
def test_what_it_holds_and_then_its_name_reach_the_disk(
    write: Callable[[Path, bytes], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[tuple[str, list[str]]] = []
    really = os.fsync

    def fsync(opened: int) -> None:
        names = sorted(each.suffix or each.name for each in tmp_path.iterdir())
        reached.append((Path(f"/proc/self/fd/{opened}").readlink().suffix or "the folder", names))
        really(opened)

    monkeypatch.setattr(os, "fsync", fsync)
    write(tmp_path / "key", b"content")
    assert [each for each, _ in reached] == [".part", "the folder"]
    assert "key" not in reached[0][1] and "key" in reached[1][1]
