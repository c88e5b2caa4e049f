"""Number first, then exactly those bytes are signed, sealed and sent; a crash at any point loses and doubles none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from notifications.channels.memory import MemoryChannel
from tests.databases import SqliteTemplate
from tests.stories.cast import Cast
from workflows.actions import distribute, stop_plan
from workflows.actions.act_on_task import Done
from workflows.actions.sign_documents import sign_documents
from workflows.errors import Refused
from workflows.store import issuing, plans
from workflows.store.database import Database
from workflows.store.tables.issuing import document_files, issued, register
from workflows.store.tables.signing import signing_keys, signing_orders

from .signing_office import PASSWORD, files, judged, orders, sign, signing_office
from .small_office import REASON, refused, started, stored

POINTS = ["taken", "signed", "kept", "committed"]


class Crash(BaseException):
    """The machine stops here."""


@pytest.fixture(scope="module")
def office(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """The office with its keys, made once: keys are slow to make. Its database is copied for each test."""
    folder = tmp_path_factory.mktemp("signing")
    database = Database(sqlite_template.file(folder / "kehoach.sqlite"))
    cast = signing_office(database, folder)
    database.close()
    return folder, cast


@pytest.fixture
def cast(office: tuple[Path, Cast], tmp_path: Path) -> Iterator[Cast]:
    folder, made = office
    shutil.copy(folder / "kehoach.sqlite", tmp_path / "kehoach.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'kehoach.sqlite'}")
    yield replace(made, database=database, channel=MemoryChannel())
    database.close()


def numbered(cast: Cast) -> Done:
    return cast.act("cap_so", {})


def in_force(cast: Cast) -> bool:
    with cast.database.read() as connection:
        return plans.plan(connection, cast.plan_id).status == "in_force"


def test_number_then_person_then_agency_then_everybody(cast: Cast) -> None:
    numbered(cast)
    frozen = stored(cast.database, issued)[0]
    assert frozen.media_type == "application/pdf"
    assert orders(cast)["ky"].sha256 == frozen.sha256
    assert sign(cast) == (1, 1, 0)
    (signed,) = files(cast, "signed")
    assert signed.startswith(frozen.bytes)
    cast.act("phat_hanh", {})
    assert not in_force(cast), "what is sent is the sealed document"
    assert distribute.distribute(cast.clock).done == 0
    assert sign(cast) == (1, 1, 0)
    assert distribute.distribute(cast.clock).done == 1
    assert in_force(cast)
    (sealed,) = files(cast, "sealed")
    assert sealed.startswith(signed)
    verdict = judged(cast, sealed)
    assert verdict.state == "good"
    assert [found.field for found in verdict.signatures][:2] == ["ky", "co_quan"]
    assert verdict.signatures[0].signer == "Nguyễn Văn An"
    assert verdict.signatures[0].reason == "Ký thay mặt"
    assert sign(cast) == (0, 0, 0)


def test_nothing_is_sealed_before_the_person_signed(cast: Cast) -> None:
    numbered(cast)
    with refused(cast.database, "SIGNATURE_PENDING"):
        cast.act("phat_hanh", {})


def test_the_agency_does_not_seal_what_the_person_did_not_validly_sign(cast: Cast) -> None:
    """Somebody exchanges the kept file and its hash in the database: the seal is refused, the order stays."""
    numbered(cast)
    sign(cast)
    cast.act("phat_hanh", {})
    frozen = stored(cast.database, issued)[0]
    with cast.database.write() as connection:
        fake = {"content": frozen.bytes, "sha256": frozen.sha256}
        connection.execute(update(document_files).where(document_files.c.role == "signed").values(**fake))
        connection.execute(
            update(signing_orders).where(signing_orders.c.role == "co_quan").values(sha256=frozen.sha256)
        )
    assert sign(cast) == (1, 0, 1)
    assert orders(cast)["co_quan"].error == "PERSON_NOT_VALID"
    assert not files(cast, "sealed")


def test_changed_bytes_are_not_signed(cast: Cast) -> None:
    numbered(cast)
    with cast.database.write() as connection:
        connection.execute(update(issued).values(bytes=b"%PDF-1.7 something else"))
    assert sign(cast) == (1, 0, 1)
    assert not files(cast, "signed")
    assert orders(cast)["ky"].state == "waiting"


def test_a_key_of_somebody_else_signs_for_nobody(cast: Cast) -> None:
    """The signature must be by the very certificate that is registered for the signer."""
    numbered(cast)
    own = orders(cast)["ky"].key_id
    other = next(row for row in stored(cast.database, signing_keys, holder="person") if row.id != own)
    with cast.database.write() as connection:
        connection.execute(update(signing_keys).where(signing_keys.c.id == own).values(facts=other.facts))
    assert sign(cast) == (1, 0, 1)
    assert orders(cast)["ky"].error == "SIGNATURE_INVALID"


def test_a_signer_that_is_away_is_asked_again_with_growing_pauses(cast: Cast, office: tuple[Path, Cast]) -> None:
    numbered(cast)
    keys = office[0] / "keys"
    hidden = (keys / "password").rename(keys / "hidden")
    assert sign(cast) == (1, 0, 1)
    assert orders(cast)["ky"].error == "SECRET_MISSING"
    assert sign(cast) == (0, 0, 0), "not before the pause is over"
    cast.now += timedelta(minutes=1)
    assert sign(cast) == (1, 0, 1)
    assert orders(cast)["ky"].next_at == cast.now + timedelta(minutes=2)
    hidden.rename(keys / "password")
    cast.now += timedelta(minutes=2)
    assert sign(cast) == (1, 1, 0)
    assert PASSWORD not in repr(stored(cast.database, signing_orders))


def test_one_that_fails_holds_up_nobody(cast: Cast) -> None:
    numbered(cast)
    order = dict(stored(cast.database, signing_orders)[0]._mapping)
    line = dict(stored(cast.database, register)[0]._mapping)
    away = {"id": 99, "subject_id": 99}
    with cast.database.write() as connection:
        connection.execute(register.insert().values(line | away | {"number": 99}))
        connection.execute(signing_orders.insert().values(order | away | {"next_at": cast.now - timedelta(hours=1)}))
    assert sign(cast) == (2, 1, 1)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("role", ["ky", "co_quan"])
def test_a_crash_at_any_point_signs_once(cast: Cast, point: str, role: str) -> None:
    numbered(cast)
    if role == "co_quan":
        sign(cast)
        cast.act("phat_hanh", {})

    def stop(reached: str) -> None:
        if reached == point:
            raise Crash

    with pytest.raises(Crash):
        sign_documents(cast.clock, reached=stop)
    before = orders(cast)[role].sha256
    cast.now += timedelta(minutes=11)  # whoever holds it is taken for dead
    sign(cast)
    after = orders(cast)[role]
    assert (after.state, after.sha256) == ("done", before)
    (kept,) = files(cast, "signed" if role == "ky" else "sealed")
    assert judged(cast, kept).state == "good"
    assert len(stored(cast.database, register)) == 1


def test_somebody_thought_dead_cannot_come_back(cast: Cast) -> None:
    """The first signer returns after the order was taken anew: only one result is kept."""
    numbered(cast)
    inside: list[tuple[int, int, int]] = []

    def overtake(reached: str) -> None:
        if reached == "signed" and not inside:
            inside.append((0, 0, 0))
            cast.now += timedelta(minutes=11)
            inside.append(sign(cast))

    swept = sign_documents(cast.clock, reached=overtake)
    assert inside[1] == (1, 1, 0)
    assert (swept.done, swept.failed) == (0, 0)
    assert len(files(cast, "signed")) == 1


def test_kill_9_in_the_middle(cast: Cast) -> None:
    """A real process dies between the signer's answer and the commit; the next one signs the same bytes, once."""
    database = cast.database
    numbered(cast)
    frozen = stored(database, issued)[0].sha256
    program = f"""
import os, signal
from datetime import datetime
from workflows.actions.desk import Desk
from workflows.actions.sign_documents import sign_documents
from workflows.engine.actor import CLOCK
from workflows.store.database import Database
def die(point):
    if point == "signed":
        os.kill(os.getpid(), signal.SIGKILL)
database = Database({database.engine.url.render_as_string()!r})
sign_documents(Desk(database, datetime.fromisoformat({cast.now.isoformat()!r}), CLOCK), reached=die)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    assert orders(cast)["ky"].state == "signing"
    assert not files(cast, "signed")
    cast.now += timedelta(minutes=11)
    assert sign(cast) == (1, 1, 0)
    assert orders(cast)["ky"].sha256 == frozen
    assert judged(cast, files(cast, "signed")[0]).state == "good"


def test_a_stopped_plan_is_signed_no_more_and_its_number_stays(cast: Cast) -> None:
    numbered(cast)
    stop_plan(cast.desk("chu_tich"), cast.plan_id, REASON)
    assert sign(cast) == (1, 0, 0)
    assert orders(cast)["ky"].state == "given_up"
    assert orders(cast)["ky"].error == "NUMBER_GIVEN_UP"
    assert [(line.number, line.status) for line in stored(cast.database, register)] == [(1, "given_up")]


def test_without_keys_everything_goes_on_as_before(memory: Database) -> None:
    cast = started(memory)
    cast.pass_to_force()
    assert in_force(cast)
    assert orders(cast) == {}


def test_the_frozen_bytes_are_never_touched(cast: Cast) -> None:
    numbered(cast)
    sign(cast)
    with cast.database.read() as connection:
        row = issuing.frozen(connection, "plan", cast.plan_id)
    assert row is not None
    assert sha256(row.bytes).hexdigest() == row.sha256 == orders(cast)["ky"].sha256


def test_a_second_number_is_never_given(cast: Cast) -> None:
    numbered(cast)
    sign(cast)
    with pytest.raises((Refused, ValueError)):
        numbered(cast)
    assert len(stored(cast.database, register)) == 1
