"""A copy has its name only when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli.whole_file import whole_file


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
