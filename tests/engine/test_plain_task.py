"""Plain and manual tasks (semantics.md T7, T8)."""

import pytest

from .elements import one


@pytest.mark.parametrize("kind", ["task", "manualTask"])
def test_tasks_that_pass(kind: str) -> None:
    play = one(f'<{kind} id="a"/>')
    assert play.waiting == ["z"] and play.ended == ["a"]
