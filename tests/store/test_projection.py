"""What events mean for the read models."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.store.office import NOW
from workflows.engine import events
from workflows.engine.calendar import Calendar
from workflows.engine.events import Event
from workflows.store.escalation_times import levels, still_to_tell
from workflows.store.projection import CaseFacts, Changes, project

CASE = CaseFacts(3, "ke_hoach", 1, 12)
DUE = datetime(2026, 3, 11, 16, 59, 59, tzinfo=UTC)  # Wednesday, 23:59:59 in Asia/Ho_Chi_Minh
LADDER = ((1, "thu_truong"), (-2, "nguoi_giu"), (0, "nguoi_giu"), (3, "pho_chu_tich"))


def changes_of(*happened: Event, now: datetime = NOW) -> Changes:
    return project(CASE, happened, now, Calendar(), {})


def test_an_opened_task_is_a_row() -> None:
    event = events.TaskOpened(
        "2",
        "ky",
        candidate_groups=("chu_tich@1",),
        due=DUE,
        form_key="ky",
        variables={"so": 1},
        escalation=LADDER,
        excluded=("7",),
        round=2,
    )
    row = changes_of(event).tasks["3-2"]
    assert (row["name"], row["status"], row["plan_id"], row["round"], row["excluded"]) == ("ky", "open", 12, 2, ["7"])
    assert row["escalation"] == [list(level) for level in LADDER]
    assert row["next_escalation_at"] == datetime(2026, 3, 9, 0, 0, tzinfo=UTC)  # Monday 7:00


def test_a_closed_task_has_no_escalation_left() -> None:
    change = changes_of(events.TaskClosed("2", "ky", person="7")).task_updates["3-2"]
    assert change == {"status": "completed", "closed_at": NOW, "closed_by": "7", "next_escalation_at": None}


def test_what_one_command_opens_and_closes_is_one_closed_row_or_none() -> None:
    changes = changes_of(
        events.TaskOpened("2", "ky", kind="job", topic="cap_so", retries=3),
        events.TaskFailed("2", "ky", "hết số", 2),
        events.TaskAssigned("2", "ky", "7"),
        events.TaskClosed("2", "ky", how="cancelled", kind="job"),
        events.TimerArmed("4", "2", "han", DUE),
        events.TimerDisarmed("4", "han"),
        events.SubscriptionOpened("5", "2", "tin", "message", "tra_loi"),
        events.SubscriptionClosed("5", "tin"),
        events.IncidentRaised("6", "X"),
        events.IncidentResolved("6"),
    )
    row = changes.tasks["3-2"]
    assert (row["status"], row["retries"], row["remark"], row["assignee"]) == ("cancelled", 2, None, "7")
    assert (changes.task_updates, changes.timers, changes.timers_gone) == ({}, {}, [])
    assert (changes.subscriptions, changes.subscriptions_gone) == ({}, [])
    assert (changes.incidents, changes.incidents_gone) == ({}, [])


def test_what_was_there_before_goes() -> None:
    changes = changes_of(
        events.TimerDisarmed("4", "han", fired=True),
        events.SubscriptionClosed("5", "tin"),
        events.IncidentResolved("6"),
        events.TaskAssigned("2", "ky", None, how="released"),
    )
    assert (changes.timers_gone, changes.subscriptions_gone, changes.incidents_gone) == (["4"], ["5"], ["6"])
    assert changes.task_updates == {"3-2": {"assignee": None}}


def test_a_timer_that_is_armed_again_is_new() -> None:
    changes = changes_of(events.TimerDisarmed("4", "han", fired=True), events.TimerArmed("9", "2", "han", DUE))
    assert changes.timers_gone == ["4"]
    assert changes.timers["9"] == {"case_id": 3, "timer_id": "9", "element": "han", "due": DUE}


def test_the_case_ends_as_the_event_says() -> None:
    assert changes_of(events.CaseStarted("1", "ke_hoach")).case == {"status": "active"}
    assert changes_of(events.CaseEnded("cancelled", "thôi")).case == {"status": "cancelled", "ended_at": NOW}


def test_history_only_events_change_no_row() -> None:
    assert changes_of(events.NodePassed("a", "0"), events.VariablesSet("0", {"a": 1})) == Changes()


def test_levels_are_working_days_in_the_morning() -> None:
    calendar = Calendar(holidays=frozenset({date(2026, 3, 12)}))
    found = [(each.days, each.at.astimezone(UTC)) for each in levels(calendar, DUE, LADDER)]
    assert found == [
        (-2, datetime(2026, 3, 9, 0, 0, tzinfo=UTC)),
        (0, datetime(2026, 3, 11, 0, 0, tzinfo=UTC)),
        (1, datetime(2026, 3, 13, 0, 0, tzinfo=UTC)),  # Thursday is a holiday
        (3, datetime(2026, 3, 17, 0, 0, tzinfo=UTC)),  # over a weekend
    ]


def test_a_task_that_is_opened_late_is_not_reminded_at_once() -> None:
    monday_noon = datetime(2026, 3, 9, 5, 0, tzinfo=UTC)
    assert [each.days for each in still_to_tell(Calendar(), DUE, LADDER, monday_noon)] == [0, 1, 3]
    after_all = DUE + timedelta(days=30)
    assert [each.days for each in still_to_tell(Calendar(), DUE, LADDER, after_all)] == [1, 3]


def test_a_task_without_a_due_date_escalates_never() -> None:
    assert changes_of(events.TaskOpened("2", "ky", escalation=LADDER)).tasks["3-2"]["next_escalation_at"] is None
