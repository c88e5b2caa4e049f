"""Whatever anybody does with the work of an office that is suspended is refused, and nothing of it is written.

Each deed of the simulation is tried twice: first while the office is suspended, by somebody whose rights were found
before (a page that stood open, another office's person, a program), then as it would have been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.nightly import size
from tests.simulation.accepted import FINGERPRINT, Fact, Oracle, Report, nothing
from tests.simulation.ahead import beginning
from tests.simulation.plan_life import state_of
from tests.simulation.simulation import COMMANDS, Simulation
from tests.simulation.world import World
from workflows.errors import Refused

REFUSED = "WORK_SUSPENDED"
# What is taken although the office is suspended, and why.
TAKEN: Mapping[str, str] = {"open_link": "it only looks where the link leads; who opens its page is told there"}
# What is never accepted, or is two others of these after one another; what chance seldom gets right is an example in
# tests/actions/test_suspend_office.py.
NEVER_ACCEPTED = frozenset(
    {
        "act_twice", "act_by_stranger", "act_by_excluded", "act_on_old_text", "sign_without_proof",
        "amend_under_a_letter", "put_off",
    }
)  # fmt: skip
STEPS, MOST_WORLDS = 15, 60
OF_THE_CLOCK = ("sweep_", "deliver")


class Suspending(Oracle):
    """Tries each deed while the office is suspended, and then as it is."""

    def __init__(self, world: World, report: Report, accepted: dict[str, list[str]]) -> None:
        super().__init__(world, report)
        self.accepted = accepted

    def attempt(
        self,
        name: str,
        state: str,
        deed: Callable[[], Any],
        facts: Callable[[Any], Sequence[Fact]] = nothing,
        must: str = "either",
        *,
        codes: Sequence[str] = (),
    ) -> tuple[str, Any]:
        """As the oracle, with how the deed ended before among what was `accepted`."""
        before = "" if name.startswith(OF_THE_CLOCK) else self._while_suspended(deed)
        ended, value = super().attempt(name, state, deed, facts, must, codes=codes)
        if ended == "done" and before:
            self.accepted[name].append(before)
        return ended, value

    def _while_suspended(self, deed: Callable[[], Any]) -> str:
        world = self.world
        _suspend(world)
        before, said = world.as_it_stands(FINGERPRINT), "done"
        try:
            deed()
        except Refused as refusal:
            said = refusal.code
        assert said == "done" or world.as_it_stands(FINGERPRINT) == before, said
        with world.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM office_suspensions")
        return said


def _suspend(world: World) -> None:
    row = "(office_id, reason, ask, since, suspended_by) VALUES (?, 'Sáp nhập', 'Sở Nội vụ', ?, 'An')"
    with world.database.write() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO office_suspensions {row}",
            (world.office.id, world.at(world.now)),
        )


def test_no_deed_of_anybody_changes_what_rests() -> None:
    accepted: dict[str, list[str]] = defaultdict(list)
    for seed in range(1, MOST_WORLDS):
        _live(seed, accepted)
        if seed >= size(4, 40) and not _untried(accepted):
            break
    wrong = {name: set(codes) - {REFUSED} for name, codes in accepted.items() if name not in TAKEN}
    assert {name: codes for name, codes in wrong.items() if codes} == {}
    assert _untried(accepted) == set(), "not once accepted, so nothing is said of them"


def _untried(accepted: Mapping[str, Sequence[str]]) -> set[str]:
    return {*COMMANDS, "import", "confirm_reading", "start_process", "complete"} - accepted.keys() - NEVER_ACCEPTED


def _live(seed: int, accepted: dict[str, list[str]]) -> None:
    """One world, in which besides what comes what was accepted least is tried."""
    made = beginning(seed)
    world = World(seed, made)
    oracle = Suspending(world, Report(), accepted)
    sim = Simulation(world, oracle, faulty=0.0)
    sim.plans.extend(made.plans)
    sim.nth = len(sim.plans)
    with world.running():
        for _ in range(STEPS):
            sim.step()
            for plan in sim.living():
                tried = sorted(COMMANDS, key=lambda name: len(accepted.get(name, ())) + world.chance.random())
                for name in [each for each in tried if each not in NEVER_ACCEPTED][:2]:
                    state = state_of(world, plan.id)
                    if state != "draft":  # from which it only starts
                        COMMANDS[name](sim, plan, state)
