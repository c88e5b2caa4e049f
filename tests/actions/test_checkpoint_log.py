"""checkpoint_log: one hash over the ends of all chains that changed, once a day."""

from __future__ import annotations

from tests.actions.small_office import everything, stored
from tests.stories.cast import Cast, day
from workflows.actions.checkpoint_log import checkpoint_log
from workflows.store.chain import GENESIS
from workflows.store.checkpoints import Leaf, root_of
from workflows.store.tables.checkpoint_leaves import checkpoint_leaves
from workflows.store.tables.processes import cases, checkpoints


def test_the_checkpoint_is_the_merkle_root_of_the_heads(cast: Cast) -> None:
    assert checkpoint_log(cast.clock).done == 1
    (kept,) = stored(cast.database, checkpoints)
    (case,) = stored(cast.database, cases)
    leaf = Leaf(case.id, case.revision, case.chain_head)
    assert kept.root == root_of(GENESIS, cast.now, case.id, [leaf], kept.rows_root)
    assert [tuple(row) for row in stored(cast.database, checkpoint_leaves)] == [
        (case.id, kept.id, leaf.revision, leaf.head)
    ]


def test_one_a_day_is_enough_and_nothing_new_needs_none(cast: Cast) -> None:
    checkpoint_log(cast.clock)
    cast.act("soan_thao", {})
    before = everything(cast.database)
    assert checkpoint_log(cast.clock).done == 0
    assert everything(cast.database) == before
    cast.now = day(2024, 2, 6)
    assert checkpoint_log(cast.clock).done == 1
    cast.now = day(2024, 2, 7)
    assert checkpoint_log(cast.clock).done == 0
    assert len(stored(cast.database, checkpoints)) == 2
