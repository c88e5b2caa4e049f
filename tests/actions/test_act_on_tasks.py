"""act_on_tasks: many in one go, each judged alone; what needs words or a signature is never among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions import Chosen, act_on_tasks
from workflows.actions.forms import FORMS
from workflows.actions.forms.together import MOST_TOGETHER, TOGETHER
from workflows.engine.actor import Actor
from workflows.store import directory


def consulting(cast: Cast) -> Callable[[str], Actor]:
    """The round is open; each task is acted on by the head of the body that is asked."""
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    bodies = {task.id: directory.parse_group(task.groups[0])[1] for task in cast.open("lay_y_kien")}
    actors = {task_id: cast.actor("thu_truong", body_id) for task_id, body_id in bodies.items()}
    return lambda task_id: actors.get(task_id, cast.actor("van_thu"))


def test_each_is_done_or_refused_for_itself(cast: Cast) -> None:
    stands = consulting(cast)
    first, second, *_ = cast.open("lay_y_kien")
    chosen = [
        Chosen(first.id, cast.seen_hash()),
        Chosen(second.id, "0" * 64),
        Chosen("999-1", cast.seen_hash()),
        Chosen(first.id, cast.seen_hash()),
    ]
    results = act_on_tasks(cast.clock, chosen, stands)
    assert [each.done.outcome if each.done else None for each in results] == ["nhat_tri", None, None, None]
    codes = [each.refused.code for each in results if each.refused]
    assert codes == ["CONTENT_CHANGED", "NOT_FOUND", "ALREADY_DONE"]
    assert next(task.id for task in cast.open("lay_y_kien")) == second.id


def test_a_form_that_is_no_mere_yes_is_refused_by_itself(cast: Cast) -> None:
    (task,) = cast.open()
    (result,) = act_on_tasks(cast.drafter(), [Chosen(task.id, cast.seen_hash())], lambda _: cast.drafter().by)
    assert result.refused is not None
    assert result.refused.code == "ONE_BY_ONE"


@pytest.mark.parametrize(("count", "code"), [(0, "NOTHING_CHOSEN"), (MOST_TOGETHER + 1, "TOO_MANY")])
def test_none_and_too_many_are_refused_as_a_whole(cast: Cast, count: int, code: str) -> None:
    with refused(cast.database, code):
        act_on_tasks(cast.drafter(), [Chosen(f"1-{each}") for each in range(count)], lambda _: cast.drafter().by)


def test_no_signature_number_or_issue_is_ever_done_together() -> None:
    assert set(TOGETHER) < set(FORMS)
    assert not set(TOGETHER) & {"ky", "ky_bao_cao", "cap_so", "cap_so_bao_cao", "phat_hanh", "kiem_tra"}
