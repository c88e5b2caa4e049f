"""Checkpoints hold the heads of all chains, so that a chain exchanged as a whole is found as well."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from tests.store.case_of import ACTOR, start, write
from tests.store.office import NOW
from workflows.engine import events
from workflows.store.chain import GENESIS, Chain
from workflows.store.checkpoints import merkle_root, write_checkpoint
from workflows.store.database import Database
from workflows.store.log_proof import CheckpointBreak, prove_log
from workflows.store.tables.processes import cases as case_rows
from workflows.store.tables.processes import checkpoints
from workflows.store.tables.processes import events as event_rows


def test_a_checkpoint_a_day_when_something_happened(database: Database) -> None:
    day = timedelta(days=1)
    with database.write() as connection:
        case = start(connection)
        assert write_checkpoint(connection, NOW)
        assert not write_checkpoint(connection, NOW + day)
        write(connection, case, events.NodePassed("a", "0"), now=NOW + day)
        assert write_checkpoint(connection, NOW + day)
        proof = prove_log(connection)
    assert (proof.intact, proof.cases, proof.events, proof.checkpoints) == (True, 1, 2, 2)


def test_a_chain_written_anew_is_found_by_the_checkpoint(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
        write_checkpoint(connection, NOW)
        connection.execute(delete(event_rows))
        data = {"definition": "1", "process": "ke_hoach", "starter": "8"}
        forged = {"case_id": case.id, "seq": 1, "revision": 1, "at": NOW, "type": "CaseStarted", "data": data}
        head = Chain(case.id, GENESIS, NOW, ACTOR).append(1, "CaseStarted", data)
        connection.execute(event_rows.insert().values(**forged, actor=ACTOR, hash=head))
        connection.execute(update(case_rows).values(chain_head=head))
        proof = prove_log(connection)
        assert proof.breaks == []
        assert [(each.code, each.case_id) for each in proof.checkpoint_breaks] == [("GONE", case.id)]


def test_a_changed_checkpoint_is_found(database: Database) -> None:
    with database.write() as connection:
        start(connection)
        write_checkpoint(connection, NOW)
        connection.execute(update(checkpoints).values(root="0" * 64))
        (found,) = prove_log(connection).checkpoint_breaks
    assert found == CheckpointBreak("ROOT", found.checkpoint_id, None)


def test_the_root_depends_on_every_leaf_and_its_place() -> None:
    leaves = [f"{number}:x" for number in range(7)]
    roots = {merkle_root(leaves[:size]) for size in range(8)}
    roots.add(merkle_root(leaves[::-1]))
    assert len(roots) == 9
