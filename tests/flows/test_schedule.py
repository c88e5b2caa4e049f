"""What the clock does by itself: every kind of sweep comes round, in the offices' time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from prefect.client.schemas.schedules import CronSchedule

from flows import every_minute
from flows.schedule import ROUNDS, ZONE, Round, deployments
from service.clock.due_sweeps import PACES
from service.clock.sweeping import KINDS
from workflows.actions.sweep import SWEEPS

FLOWS = Path(every_minute.__file__).parent


def test_every_kind_of_sweep_comes_round() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FLOWS.glob("*.py"))
    assert set(KINDS) == {*SWEEPS, "deliver"} == set(PACES)
    assert not [kind for kind in KINDS if f'"{kind}"' not in text]


def test_all_schedules_are_in_the_time_of_the_offices() -> None:
    schedules = [each.schedule for deployment in deployments() for each in deployment.schedules or ()]
    assert len(schedules) == 6
    assert {schedule.timezone for schedule in schedules if isinstance(schedule, CronSchedule)} == {ZONE}


@pytest.mark.parametrize("each", ROUNDS, ids=lambda each: each.flow.name)
def test_every_flow_is_async_ends_by_itself_and_is_not_retried(each: Round) -> None:
    assert each.flow.isasync  # a sync flow costs a second more
    assert each.flow.retries == 0  # the next round is the retry
    assert timedelta(minutes=10) <= timedelta(seconds=each.flow.timeout_seconds or 0) <= timedelta(minutes=30)
    assert each.flow.parameters.properties == {}
