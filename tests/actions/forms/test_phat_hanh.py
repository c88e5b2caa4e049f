"""Form phat_hanh: the agency's mark, and the document leaves for every line of Nơi nhận."""

from __future__ import annotations

import pytest

from tests.actions.small_office import refused, stored
from tests.stories.cast import Cast
from workflows.store import plans
from workflows.store.tables.issuing import approvals, issued, recipients
from workflows.store.tables.plans import occurrences
from workflows.store.tables.reporting import cycles
from workflows.store.tables.telling import outbox


@pytest.fixture
def numbered(cast: Cast) -> Cast:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    return cast


def test_marked_sent_and_in_force_with_duties_and_cycles_in_one_act(numbered: Cast) -> None:
    numbered.act("phat_hanh", {})
    assert stored(numbered.database, approvals)[-1].role == "co_quan"
    assert [row.line for row in stored(numbered.database, recipients)] == [1, 2, 3, 4, 5]
    mailed = stored(numbered.database, recipients, channel="mail")
    letters = stored(numbered.database, outbox, kind="document_sent")
    assert [row.key for row in letters] == [f"document:{row.id}" for row in mailed]
    assert len(stored(numbered.database, occurrences)) == 2
    assert [row.key for row in stored(numbered.database, cycles)] == ["2024"]
    with numbered.database.read() as connection:
        assert plans.plan(connection, numbered.plan_id).status == "in_force"


def test_what_has_no_number_is_not_issued(numbered: Cast) -> None:
    with numbered.database.write() as connection:
        connection.execute(issued.delete())
    with refused(numbered.database, "NOT_NUMBERED"):
        numbered.act("phat_hanh", {})
