"""A simulation that finds nothing proves something only if it finds what is planted (G7): each fault, by which
invariant, after how many steps. The small size hunts those that show themselves soonest."""

from __future__ import annotations

import pytest

from tests.nightly import size
from tests.simulation.planted import all_planted
from tests.simulation.run import hunt

MOST = 3_000  # steps, as of every commit's gate
# Fault: the invariants that may show it. What is lost is seen by several; which of them is first depends on the seed.
SHOWN_BY: dict[str, set[str]] = {
    "another_message_id_each_time": {"I5"},
    "answered_before_the_commit": {"I1", "I2", "I3", "I11"},
    "approvals_outlive_an_edit": {"I11"},
    "counted_as_sent_before_it_is_sent": {"I5"},
    "day_of_greenwich": {"I3"},
    "duties_opened_without_a_claim": {"I7", "I0"},
    "event_skipped": {"I6", "I16"},
    "four_eyes_shut": {"I10"},
    "given_up_at_the_first_failure": {"I8"},
    "lease_without_fencing": {"I5"},
    "levels_told_again": {"I7"},
    "link_not_bound_to_its_text": {"I11"},
    "no_lease": {"I5"},
    "no_lock_and_no_comparison": {"I0", "I2", "I6", "I8", "I9", "I10", "I16"},
    "number_from_a_sequence": {"I0", "I3"},
    "number_is_the_last_plus_one": {"I0", "I3"},
    "outbox_outside_the_transaction": {"I5"},
    "receipt_written_over": {"I2", "I10"},
    "report_written_over": {"I2"},
    "retried_under_another_identity": {"I5"},
    "rows_of_closed_tasks_forgotten": {"I2", "I9"},
    "signed_before_the_number_is_kept": {"I0", "I4"},
    "signed_without_a_proof": {"I10"},
    "stale_memory_accepted": {"I0", "I2", "I6", "I8", "I9", "I13", "I16"},
    "strangers_may": {"I10"},
    "timers_from_memory": {"I7", "I8"},
    "token_in_the_log": {"I14"},
    "told_again_under_a_new_key": {"I5"},
    "told_once_a_person": {"I5"},
    "yes_to_another_text": {"I10"},
}
SOON = (
    "another_message_id_each_time",
    "answered_before_the_commit",
    "counted_as_sent_before_it_is_sent",
    "event_skipped",
    "rows_of_closed_tasks_forgotten",
)


def test_each_planted_fault_has_its_invariant() -> None:
    assert set(SHOWN_BY) == set(all_planted())
    assert len(SHOWN_BY) >= 20
    assert set(SOON) <= set(SHOWN_BY)


@pytest.mark.parametrize("name", size(SOON, tuple(sorted(SHOWN_BY))))
def test_a_planted_fault_is_found(name: str) -> None:
    steps, found = hunt(name, MOST)
    assert found is not None, f"{name} was not found in {steps} steps"
    print(f"{name:42} {found.invariant:4} {steps:5} steps  {found.what[:80]}")  # noqa: T201 - the table of the night
    assert found.invariant in SHOWN_BY[name], found
