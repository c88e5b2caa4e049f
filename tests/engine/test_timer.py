"""Timer events (semantics.md ET1 to ET6)."""

import time
from datetime import timedelta
from typing import Any

import pytest

from .building import BORDER, START, Play, nodes, process, reasons, users
from .elements import boundary, catch, definition, duration


def test_duration_is_calendar_arithmetic() -> None:
    play = Play(process(BORDER + catch("t", "timer", duration("P1M")), "s t e"))
    assert play.look()["timers"] == [{"element": "t", "due": "2026-02-05T01:00:00+00:00"}]


def test_dates_have_the_office_zone_and_past_dates_fire_at_once() -> None:
    body = BORDER + catch("t", "timer", duration("2026-02-01T08:00:00", "timeDate"))
    play = Play(process(body, "s t e"))
    assert play.look()["timers"][0]["due"] == "2026-02-01T01:00:00+00:00"
    past = Play(
        process(BORDER + catch("t", "timer", duration("2020-01-01T00:00:00Z", "timeDate")) + users("a"), "s t a e")
    )
    assert past.waiting == ["a"] and past.visited["t"] == 1


def test_cycle_on_an_interrupting_boundary_and_on_a_catch_event_fires_once() -> None:
    play = Play(process(BORDER + users("a", "x") + boundary("timer", duration("R/P1D", "timeCycle")), "s a e", "b x e"))
    assert play.advance("P5D").waiting == ["x"]
    caught = Play(process(BORDER + users("x") + catch("t", "timer", duration("R5/P1D", "timeCycle")), "s t x e"))
    assert caught.advance("P9D").waiting == ["x"]


def test_cycle_with_start() -> None:
    cycle = duration("R2/2026-01-07T08:00:00+07:00/P1D", "timeCycle")
    play = Play(process(BORDER + users("a", "x") + boundary("timer", cycle, interrupting=False), "s a e", "b x e"))
    assert play.look()["timers"][0]["due"] == "2026-01-07T01:00:00+00:00"
    assert play.advance("P2D").waiting == ["a", "x"]
    assert play.advance("P9D").waiting == ["a", "x", "x"]


def test_timers_fire_in_due_order_across_a_long_jump() -> None:
    body = (
        BORDER
        + nodes("parallelGateway", "p")
        + "".join(
            catch(f"t{n}", "timer", duration(f"PT{n}H"))
            + f'<scriptTask id="k{n}" camunda:resultVariable="last"><script>${{{n}}}</script></scriptTask>'
            for n in (3, 1, 2)
        )
    )
    play = Play(process(body, "s p", "p t3 k3 e", "p t1 k1 e", "p t2 k2 e"))
    play.advance("P1D")
    assert play.ended == ["k1", "k2", "k3"] and play.vars == {"last": 3}


def test_timer_start_event_starts_one_case_a_fire() -> None:
    start = f'<startEvent id="s">{definition("timer", duration("R2/P1D", "timeCycle"))}</startEvent>'
    play = Play(process(start + users("a") + nodes("endEvent", "e"), "s a e"), start=False)
    assert play.adapter.count("P") == 0
    play.advance("P1D")
    assert play.adapter.count("P") == 1
    play.advance("P5D")
    assert play.adapter.count("P") == 2


def test_shared_event_definition() -> None:
    shared = '<timerEventDefinition id="ted"><timeDuration>P2D</timeDuration></timerEventDefinition>'
    event = '<intermediateCatchEvent id="t"><eventDefinitionRef>ted</eventDefinitionRef></intermediateCatchEvent>'
    play = Play(shared, process(BORDER + event, "s t e"))
    assert play.look()["timers"][0]["due"] == (START + timedelta(days=2)).isoformat()


def test_a_timer_that_leads_to_an_error_becomes_an_incident() -> None:
    body = BORDER + catch("t", "timer", duration("P1D")) + '<exclusiveGateway id="g"/>' + users("a", "b")
    play = Play(process(body, "s t g", "g [${x > 1}] a e", "g [${x > 2}] b e"), x=0)
    play.advance("P2D")
    assert play.incidents == [("NO_OUTGOING_FLOW", "g")] and play.visited["t"] == 0


def timers(play: Play) -> list[dict[str, Any]]:
    return [event for event in play.adapter.store.history(play.case) if event["event"] == "TimerArmed"]


def test_what_is_armed_is_told_whole() -> None:
    once = Play(process(BORDER + catch("t", "timer", duration("PT1H")), "s t e"))
    assert timers(once) == [
        {"event": "TimerArmed", "timer_id": "2", "instance": "1", "element": "t", "due": "2026-01-05T02:00:00+00:00"}
    ]
    cycle = boundary("timer", duration("R3/PT1H", "timeCycle"), interrupting=False)
    play = Play(process(BORDER + users("a", "x") + cycle, "s a e", "b x e")).advance("PT5H")
    assert [(armed["due"][11:16], armed.get("fired", 0), armed.get("left", 1)) for armed in timers(play)] == [
        ("02:00", 0, 3),
        ("03:00", 1, 2),
        ("04:00", 2, 1),
    ]
    assert {(armed["cycle"], armed["anchor"]) for armed in timers(play)} == {("R3/PT1H", START.isoformat())}
    fired = [event for event in play.adapter.store.history(play.case) if event["event"] == "TimerDisarmed"]
    assert [event["fired"] for event in fired] == [True, True, True] and play.waiting == ["a", "x", "x", "x"]


def test_a_cycle_without_end_goes_on_from_its_anchor_however_late_it_is_noticed() -> None:
    cycle = boundary("timer", duration("R/P1M", "timeCycle"), interrupting=False)
    play = Play(process(BORDER + users("a", "x") + cycle, "s a e", "b x e"))
    assert play.advance("P70D").waiting == ["a", "x", "x"]
    (timer,) = play.adapter.store.state(play.case).timers.values()
    assert (timer.due.isoformat(), timer.left, timer.fired) == ("2026-04-05T01:00:00+00:00", None, 2)


def test_a_cycle_that_is_over_before_it_begins_arms_nothing() -> None:
    cycle = boundary("timer", duration("R0/PT1H", "timeCycle"), interrupting=False)
    play = Play(process(BORDER + users("a", "x") + cycle, "s a e", "b x e"))
    assert timers(play) == [] and play.advance("P1D").waiting == ["a"]
    past = boundary("timer", duration("R/PT1H/2026-01-05T03:30:00Z", "timeCycle"), interrupting=False)
    play = Play(process(BORDER + users("a", "x") + past, "s a e", "b x e")).advance("P1D")
    assert play.waiting == ["a", "x", "x", "x"] and play.look()["timers"] == []


def test_a_cron_cycle_is_on_the_clock_of_the_office() -> None:
    cron = boundary("timer", duration("0 0 8 ? * MON-FRI", "timeCycle"), interrupting=False)
    play = Play(process(BORDER + users("a", "x") + cron, "s a e", "b x e"))
    assert play.look()["timers"] == [{"element": "b", "due": "2026-01-06T01:00:00+00:00"}]
    assert play.advance("P2D").waiting == ["a", "x", "x"]


def test_timers_are_expressions() -> None:
    def due(inner: str, **variables: Any) -> str:
        return Play(process(BORDER + catch("t", "timer", inner), "s t e"), **variables).look()["timers"][0]["due"]

    assert due(duration("${sau}"), sau="PT2H") == "2026-01-05T03:00:00+00:00"
    assert due(duration('= duration("P1D")')) == "2026-01-06T01:00:00+00:00"
    assert due(duration("${ngay}", "timeDate"), ngay="2026-03-01") == "2026-02-28T17:00:00+00:00"
    assert due(duration('= date("2026-03-01")', "timeDate")) == "2026-02-28T17:00:00+00:00"
    assert due(duration("${ngay_lam_viec(1)}", "timeDate")) == "2026-01-06T16:59:59+00:00"
    assert due(duration("R2/${sau}", "timeCycle"), sau="PT2H") == "2026-01-05T03:00:00+00:00"


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("timeDuration", 7, "not a duration: 7"),
        ("timeDuration", ["P1D"], "not a duration: ['P1D']"),
        ("timeDuration", "x" * 200, None),
        ("timeDate", 7, "not an instant: 7"),
        ("timeDate", True, "not an instant: True"),
        ("timeDate", ["x" * 200], "not an instant: " + repr(["x" * 200])[:80]),
        ("timeDuration", ["x" * 200], "not a duration: " + repr(["x" * 200])[:80]),
        ("timeCycle", "P1D", None),
    ],
)
def test_a_value_that_is_no_time_is_refused_at_its_event(kind: str, value: object, message: str | None) -> None:
    play = Play(process(BORDER + users("a") + catch("t", "timer", duration("${gio}", kind)), "s a t e"), gio=value)
    ((code, facts),) = reasons(lambda: play.done("a"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "t")
    assert facts["message"] == message if message else facts["message"]


def test_a_timer_that_is_due_this_instant_fires_in_the_same_step() -> None:
    at_once = Play(process(BORDER + catch("t", "timer", duration("PT0S")) + users("a"), "s t a e"))
    assert at_once.waiting == ["a"]
    for instant, waiting in (("2026-01-05T01:00:00Z", "a"), ("2026-01-05T01:00:01Z", "t")):
        timer = catch("t", "timer", duration(instant, "timeDate"))
        assert Play(process(BORDER + timer + users("a"), "s t a e")).waiting == [waiting]


def test_a_start_timer_that_is_not_readable_is_refused_at_deployment() -> None:
    start = f'<startEvent id="s">{definition("timer", duration("${khong}"))}</startEvent>'
    ((code, facts),) = reasons(lambda: Play(process(start + nodes("endEvent", "e"), "s e"), start=False))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "s") and "khong" in facts["message"]


def test_the_zone_of_the_machine_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    def dues() -> list[str]:
        timers_ = [
            duration("PT1H"),
            duration("2026-02-01", "timeDate"),
            duration('= date("2026-02-01")', "timeDate"),
            duration('= date and time("2026-02-01T08:00:00")', "timeDate"),
            duration("R2/PT1H", "timeCycle"),
        ]
        body = "".join(boundary("timer", text, interrupting=False, name=f"b{at}") for at, text in enumerate(timers_))
        play = Play(process(BORDER + users("a") + body, "s a e", *(f"b{at} e" for at in range(5))))
        return [timer["due"] for timer in play.advance("PT90M").look()["timers"]]

    here = dues()
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert dues() == here and all(due.endswith("+00:00") for due in here)
    finally:
        monkeypatch.undo()
        time.tzset()
