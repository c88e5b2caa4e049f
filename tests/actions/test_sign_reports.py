"""Reports are signed like plans: the number first, then the person, then the seal by itself; then they are sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from notifications.channels.memory import MemoryChannel
from service.demo.signing import set_up_signing
from tests.actions.signing_office import PASSWORD, judged, sign
from tests.actions.small_office import START, refused, started, stored
from tests.databases import SqliteTemplate
from tests.shelf import Files
from tests.stories.cast import Cast, day
from workflows.actions import distribute
from workflows.actions.give_up_signing import give_up_signing
from workflows.actions.order_signatures import standing
from workflows.store import document_files, issuing, reporting, signing
from workflows.store.reporting import Cycle
from workflows.store.screens.check import document_of_file
from workflows.store.tables.signing import signing_orders


@pytest.fixture(scope="module")
def reported(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Cast]:
    """The office with keys, its report signed in the system and waiting for its number: made once, copied for each."""
    folder = tmp_path_factory.mktemp("reported")
    shelf = Files(sqlite_template, folder)
    database = shelf.begin()
    cast = started(database)
    cast.pass_to_force()
    set_up_signing(database, folder / "keys", PASSWORD, START.replace(month=1), day(2024, 10, 10))
    cast.wait(day(2024, 10, 10))
    for task in cast.open("nop_bao_cao"):
        cast.do(task, {"noi_dung": "Đã thực hiện.", "hoan_thanh": "2", "dang_lam": "1", "cham": "0"})
    cast.act("tong_hop", {"noi_dung": "UBND xã báo cáo kết quả năm 2024."})
    cast.check_report()
    cast.act("ky_bao_cao", {"ket_qua": "ky"})
    shelf.keep("reported")
    database.close()
    return shelf, cast


@pytest.fixture
def cast(reported: tuple[Files, Cast], tmp_path: Path) -> Iterator[Cast]:
    shelf, made = reported
    database = shelf.copy("reported", tmp_path)
    yield replace(made, database=database, channel=MemoryChannel())
    database.close()


def cycle(cast: Cast) -> Cycle:
    with cast.database.read() as connection:
        (found,) = reporting.cycles_of_plan(connection, cast.plan_id)
        return found


def kept(cast: Cast, role: str) -> list[bytes]:
    cycle_id = cycle(cast).id
    with cast.database.read() as connection:
        found = document_files.files_of(connection, "report", cycle_id, role)
        return [document_files.file_content(connection, each.id) for each in found]


def state(cast: Cast) -> str:
    cycle_id = cycle(cast).id
    with cast.database.read() as connection:
        return standing(connection, "report", cycle_id).state


def test_number_person_seal_and_only_then_it_is_sent(cast: Cast) -> None:
    cast.act("cap_so_bao_cao", {})
    assert (cycle(cast).number, cycle(cast).sent_at, state(cast)) == (1, None, "waiting")
    assert distribute.distribute(cast.clock).done == 0
    assert sign(cast) == (1, 1, 0)
    assert (state(cast), cycle(cast).sent_at) == ("sealing", None)
    assert distribute.distribute(cast.clock).done == 0
    assert sign(cast) == (1, 1, 0)
    assert state(cast) == "sealed"
    assert distribute.distribute(cast.clock).done == 1
    assert cycle(cast).sent_at == cast.now


def test_both_signatures_are_good_and_of_this_report(cast: Cast) -> None:
    cast.act("cap_so_bao_cao", {})
    sign(cast)
    sign(cast)
    (sealed,) = kept(cast, "sealed")
    cycle_id = cycle(cast).id
    with cast.database.read() as connection:
        frozen = issuing.frozen(connection, "report", cycle_id)
        found = document_of_file(connection, sha256(sealed).hexdigest(), [])
        (facts,) = document_files.files_of(connection, "report", cycle_id, "sealed")
    assert frozen is not None
    assert sealed.startswith(frozen.bytes)
    verdict = judged(cast, sealed)
    assert (verdict.state, [each.field for each in verdict.signatures][:2]) == ("good", ["ky", "co_quan"])
    assert (verdict.signatures[0].signer, verdict.signatures[0].reason) == ("Nguyễn Văn An", "Ký thay mặt")
    assert found is not None
    assert (found[0].symbol, found[1], facts.name) == ("BC-UBND", True, "01-BC-UBND.pdf")


def test_changed_bytes_of_a_report_are_not_signed(cast: Cast) -> None:
    cast.act("cap_so_bao_cao", {})
    with cast.database.write() as connection:
        connection.execute(update(signing_orders).where(signing_orders.c.subject == "report").values(sha256="0" * 64))
    assert sign(cast) == (1, 0, 1)
    assert not kept(cast, "signed")
    assert state(cast) == "waiting"


def test_a_signature_that_is_given_up_lets_the_report_go(cast: Cast) -> None:
    cast.act("cap_so_bao_cao", {})
    cycle_id = cycle(cast).id
    with cast.database.read() as connection:
        order = signing.orders_of(connection, "report", cycle_id)["ky"]
    with refused(cast.database, "NOT_YOURS"):
        give_up_signing(cast.drafter(), order.id, "Chứng thư của người ký đã hết hạn")
    give_up_signing(cast.desk("van_thu"), order.id, "Chứng thư của người ký đã hết hạn")
    assert state(cast) == "given_up"
    assert distribute.distribute(cast.clock).done == 1
    assert cycle(cast).sent_at == cast.now


def test_the_seal_is_ordered_once_however_often_the_clock_comes(cast: Cast) -> None:
    cast.act("cap_so_bao_cao", {})
    for _ in range(3):
        sign(cast)
    orders = stored(cast.database, signing_orders, subject="report")
    assert sorted((each.role, each.state) for each in orders) == [("co_quan", "done"), ("ky", "done")]
