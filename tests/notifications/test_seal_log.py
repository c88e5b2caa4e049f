"""seal_log: the evening's checkpoint is signed and leaves for a file and a mail, again until it has left."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.channels.error import ChannelError
from notifications.seal_log import Outside, outside, seal_log
from tests.actions.small_office import started, stored
from tests.stories.cast import Cast
from workflows.errors import Refused
from workflows.papers.signing.seal_key import is_signed, seal_key
from workflows.store.database import Database
from workflows.store.deliveries import Letter
from workflows.store.log_proof import prove_log
from workflows.store.tables.processes import checkpoints

VERIFIER = Path(__file__).parents[2] / "docs" / "verify_seal.py"


class Post:
    """A mail server that refuses as many letters as it is told to."""

    name = "mail"

    def __init__(self, refusals: int = 0) -> None:
        self.refusals, self.sent = refusals, list[Letter]()

    def send(self, letter: Letter) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ChannelError("451 busy")
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is held open."""


@pytest.fixture
def cast(memory: Database) -> Cast:
    """An office with a plan that has begun."""
    return started(memory)


def places(folder: Path) -> Outside:
    return outside(folder / "data", folder=str(folder / "ngoai"), address="luu.tru@tinh.vidu.vn")


def verified(*files: Path, key: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), "--key", key, *map(str, files)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ran.returncode, ran.stdout + ran.stderr


def test_it_leaves_as_a_file_and_a_mail_that_others_can_verify(cast: Cast, tmp_path: Path) -> None:
    where, post = places(tmp_path), Post()
    assert seal_log(cast.clock, where, post).done == 1
    cast.act("soan_thao", {})
    cast.now += timedelta(days=1)
    assert seal_log(cast.clock, where, post).done == 1
    one, two = sorted((tmp_path / "ngoai").iterdir())
    first, second = (json.loads(each.read_text()) for each in (one, two))
    assert [json.loads(letter.text) for letter in post.sent] == [first, second]
    assert {letter.address for letter in post.sent} == {"luu.tru@tinh.vidu.vn"}
    assert second["previous"] == first["root"]
    assert verified(one, two, key=where.key.public) == (0, "2 mốc: 0 chỗ sai\n")
    with cast.database.read() as connection:
        assert prove_log(connection, is_signed, [where.key.public]).intact
    two.write_text(json.dumps({**second, "root": first["root"]}))
    assert verified(one, two, key=where.key.public)[0] == 1
    one.write_text(json.dumps({**first, "root": second["root"]}))
    assert verified(one, key="00" * 32)[0] == 1


def test_what_did_not_leave_is_tried_again_and_nothing_is_written_twice(cast: Cast, tmp_path: Path) -> None:
    where, post = places(tmp_path), Post(refusals=1)
    assert (seal_log(cast.clock, where, post).failed, post.sent) == (1, [])
    assert seal_log(cast.clock, where, None).failed == 1
    assert seal_log(cast.clock, where, post).failed == 0
    (row,) = stored(cast.database, checkpoints)
    assert (len(post.sent), row.left_at, len(list(where.folder.iterdir()))) == (1, cast.now, 1)
    seal_log(cast.clock, where, post)
    assert len(post.sent) == 1


def test_a_folder_that_cannot_be_written_is_a_failure_and_loses_nothing(cast: Cast, tmp_path: Path) -> None:
    where = places(tmp_path)
    where.folder.write_text("no folder")
    assert seal_log(cast.clock, where, Post()).failed == 1
    where.folder.unlink()
    assert (seal_log(cast.clock, where, Post()).failed, len(list(where.folder.iterdir()))) == (0, 1)


def test_the_key_is_made_once_is_nobody_elses_and_may_be_given(tmp_path: Path) -> None:
    place = tmp_path / "data" / "key.pem"
    made = seal_key(place)
    assert seal_key(place).public == made.public
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert seal_key(tmp_path / "none.pem", place.read_text()).public == made.public
    assert not (tmp_path / "none.pem").exists()
    place.write_text("không phải khóa")
    with pytest.raises(Refused, match="SEAL_KEY_UNREADABLE"):
        seal_key(place)


def test_a_signature_is_good_for_its_root_and_key_alone(tmp_path: Path) -> None:
    key = seal_key(tmp_path / "key.pem")
    public, signature = key.sign("ab" * 32)
    assert is_signed(public, "ab" * 32, signature)
    assert not is_signed(public, "ac" * 32, signature)
    assert not is_signed(seal_key(tmp_path / "other.pem").public, "ab" * 32, signature)
    assert not is_signed("no hex", "ab" * 32, signature)
