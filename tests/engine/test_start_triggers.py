"""What starts cases by itself: start events of a deployed file that wait (semantics.md ET4, EM5, ES3)."""

from __future__ import annotations

from datetime import UTC, datetime

from workflows.bpmn.read import read
from workflows.engine import Context, StartTrigger, following, start_triggers

from .building import START, file, nodes, process, reasons, users
from .elements import definition, duration

ROOT = '<message id="m" name="tin"/><signal id="sg" name="hieu"/>'


def triggers(*starts: str, root: str = ROOT) -> tuple[StartTrigger, ...]:
    body = "".join(f'<startEvent id="s{at}">{inner}</startEvent>' for at, inner in enumerate(starts)) + users("a")
    flows = [f"s{at} a" for at in range(len(starts))]
    return start_triggers(read(file(root, process(body + nodes("endEvent", "e"), *flows, "a e"))), Context(START))


def at(hour: int) -> datetime:
    return datetime(2026, 1, 5, hour, tzinfo=UTC)


def test_each_start_event_that_waits_is_armed_and_the_plain_one_is_not() -> None:
    found = triggers("", definition("message"), definition("signal"), definition("timer", duration("PT1H")))
    assert found == (
        StartTrigger("P", "s1", "message", "tin"),
        StartTrigger("P", "s2", "signal", "hieu"),
        StartTrigger("P", "s3", "timer", None, at(2), None, None, 0, 1),
    )
    assert [following(trigger) for trigger in found] == [None, None, None]


def test_a_cycle_goes_on_from_the_deployment() -> None:
    (first,) = triggers(definition("timer", duration("R3/PT1H", "timeCycle")))
    assert first == StartTrigger("P", "s0", "timer", None, at(2), "R3/PT1H", START, 0, 3)
    second = following(first)
    assert second == StartTrigger("P", "s0", "timer", None, at(3), "R3/PT1H", START, 1, 2)
    third = following(second)
    assert third == StartTrigger("P", "s0", "timer", None, at(4), "R3/PT1H", START, 2, 1)
    assert following(third) is None
    (endless,) = triggers(definition("timer", duration("R/PT1H", "timeCycle")))
    again = following(endless)
    assert again is not None and (endless.left, again.left) == (None, None)


def test_a_timer_may_count_working_days_or_from_now() -> None:
    (dated,) = triggers(definition("timer", duration("${ngay_lam_viec(1)}", "timeDate")))
    assert dated.due is not None and dated.due.isoformat() == "2026-01-06T16:59:59+00:00"
    (now,) = triggers(definition("timer", duration("${now()}", "timeDate")))
    assert now.due == START


def test_a_name_may_be_an_expression_and_what_fails_is_reported_at_its_start_event() -> None:
    root = '<message id="m" name="tin-${1 + 1}"/>'
    assert triggers(definition("message"), root=root)[0].name == "tin-2"
    for text in (duration("${khong}"), duration("${1}"), duration("${'x'}", "timeCycle")):
        ((code, facts),) = reasons(lambda text=text: triggers(definition("timer", text)))
        assert (code, facts["element"]) == ("EXPRESSION_ERROR", "s0") and facts["message"]


def test_processes_of_one_file_are_armed_together() -> None:
    start = f'<startEvent id="{{0}}s">{definition("signal")}</startEvent><endEvent id="{{0}}e"/>'
    two = [process(start.format(key), f"{key}s {key}e", key=key, prefix=key) for key in ("P", "Q")]
    found = start_triggers(read(file('<signal id="sg" name="hieu"/>', *two)), Context(START))
    assert [(trigger.process, trigger.start) for trigger in found] == [("P", "Ps"), ("Q", "Qs")]


def test_a_cron_cycle_goes_on_from_its_last_instant() -> None:
    (first,) = triggers(definition("timer", duration("0 0 8 * * ?", "timeCycle")))
    second = following(first)
    assert first.due is not None and second is not None and second.due is not None
    assert [first.due.isoformat(), second.due.isoformat()] == ["2026-01-06T01:00:00+00:00", "2026-01-07T01:00:00+00:00"]
