"""Checkpoints hold the heads of all chains, so that a chain exchanged as a whole is found as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, insert, literal, select, update

from tests.store.case_of import ACTOR, start, write
from tests.store.office import NOW
from workflows.engine import events
from workflows.papers.signing.seal_key import is_signed, seal_key
from workflows.store import cases
from workflows.store.chain import GENESIS, Chain
from workflows.store.checkpoints import merkle_root, write_checkpoint
from workflows.store.database import Database
from workflows.store.log_proof import CheckpointBreak, prove_log
from workflows.store.tables.checkpoint_leaves import checkpoint_leaves
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


DAY = timedelta(days=1)


def test_a_checkpoint_names_only_what_changed_since_the_one_before(database: Database) -> None:
    with database.write() as connection:
        first, second = start(connection), start(connection)
        write_checkpoint(connection, NOW)
        write(connection, second, events.NodePassed("a", "0"), now=NOW + DAY)
        third = start(connection)
        write_checkpoint(connection, NOW + DAY)
        rows = connection.execute(select(checkpoint_leaves).order_by("checkpoint_id", "case_id")).all()
        assert [(row.checkpoint_id, row.case_id, row.revision) for row in rows] == [
            (1, first.id, 1),
            (1, second.id, 1),
            (2, second.id, 2),
            (2, third.id, 1),
        ]
        one, two = connection.execute(select(checkpoints).order_by("id")).all()
        assert (one.previous, two.previous, two.last_case, two.heads) == (GENESIS, one.root, third.id, {})
        assert prove_log(connection).intact


def test_what_was_written_before_its_checkpoint_but_kept_after_it_is_in_the_next(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
        write_checkpoint(connection, NOW)
        write(connection, case, events.NodePassed("a", "0"), now=NOW - timedelta(minutes=5))
        assert write_checkpoint(connection, NOW + DAY)
        # The clock stood a year ahead, and was set right: everything is looked at again.
        late = write(connection, cases.load_case(connection, case.id, lock=True), events.NodePassed("b", "0"), now=NOW)
        assert write_checkpoint(connection, NOW + 365 * DAY)
        write(connection, late, events.NodePassed("c", "0"), now=NOW + 2 * DAY)
        assert write_checkpoint(connection, NOW + 2 * DAY)
        proof = prove_log(connection)
        assert (proof.intact, proof.checkpoints) == (True, 4)


def planted(connection: Connection) -> dict[str, Callable[[], object]]:
    """What somebody may do who can write the database, by what is found of it."""
    leaves, of = checkpoint_leaves, checkpoint_leaves.c
    last = connection.scalar(select(func.max(checkpoints.c.id)))
    forged = insert(case_rows).from_select(
        [each.name for each in case_rows.c],
        select(*(literal(2) if each.name == "id" else each for each in case_rows.c)).where(case_rows.c.id == 1),
    )
    return {
        "ROOT": lambda: connection.execute(update(leaves).where(of.checkpoint_id == last).values(head="0" * 64)),
        "ORDER": lambda: connection.execute(
            update(checkpoints).where(checkpoints.c.id == last).values(previous="f" * 64)
        ),
        "GONE": lambda: [
            connection.execute(delete(each).where(column == 3))
            for each, column in ((event_rows, event_rows.c.case_id), (case_rows, case_rows.c.id))
        ],
        "INSERTED": lambda: connection.execute(forged),
    }


@pytest.mark.parametrize("code", ["ROOT", "ORDER", "GONE", "INSERTED"])
def test_what_is_planted_is_found_and_named(database: Database, code: str) -> None:
    with database.write() as connection:
        kept = start(connection)
        spare, gone = start(connection), start(connection)
        assert (kept.id, spare.id, gone.id) == (1, 2, 3)
        for each in (event_rows, case_rows):  # a number that was given out and never used
            connection.execute(delete(each).where((each.c.id if each is case_rows else each.c.case_id) == 2))
        write_checkpoint(connection, NOW)
        write(connection, kept, events.NodePassed("a", "0"), now=NOW + DAY)
        write_checkpoint(connection, NOW + DAY)
        assert prove_log(connection).intact
        planted(connection)[code]()
        found = {(each.code, each.case_id) for each in prove_log(connection).checkpoint_breaks}
        assert found >= {(code, {"GONE": 3, "INSERTED": 2}.get(code))}


def test_a_checkpoint_of_before_is_still_proved(database: Database) -> None:
    with database.write() as connection:
        case = start(connection)
        heads = {str(case.id): case.chain_head}
        old = {"at": NOW - DAY, "root": merkle_root([f"{case.id}:{case.chain_head}"]), "heads": heads}
        connection.execute(insert(checkpoints).values(old))
        write_checkpoint(connection, NOW)
        assert prove_log(connection).intact
        connection.execute(update(checkpoints).where(checkpoints.c.id == 1).values(heads={str(case.id): "0" * 64}))
        found = [(each.code, each.checkpoint_id) for each in prove_log(connection).checkpoint_breaks]
        assert found == [("ROOT", 1), ("GONE", 1)]


def test_a_signature_of_another_key_or_none_is_found(database: Database, tmp_path: Path) -> None:
    ours, theirs = seal_key(tmp_path / "ours.pem"), seal_key(tmp_path / "theirs.pem")
    with database.write() as connection:
        case = start(connection)
        write_checkpoint(connection, NOW, ours.sign)
        write(connection, case, events.NodePassed("a", "0"), now=NOW + DAY)
        write_checkpoint(connection, NOW + DAY, theirs.sign)
        proof = prove_log(connection, is_signed, [ours.public])
        assert [(each.code, each.checkpoint_id) for each in proof.checkpoint_breaks] == [("SIGNATURE", 2)]
        connection.execute(update(checkpoints).values(signed_by=ours.public))
        assert len(prove_log(connection, is_signed, [ours.public]).checkpoint_breaks) == 1
        connection.execute(update(checkpoints).where(checkpoints.c.id == 2).values(signature=None))
        assert len(prove_log(connection, is_signed, [ours.public]).checkpoint_breaks) == 1


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
