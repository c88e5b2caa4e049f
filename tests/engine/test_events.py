"""Boundary, timer, message, signal, conditional, link, terminate events (semantics.md EB, ET, EM, ES, ED, EX, EL)."""

from datetime import timedelta

import pytest

from .building import BORDER, START, Play, nodes, process, refused, users

M = '<message id="m" name="tin"/><signal id="sg" name="hieu"/>'


def boundary(kind: str, inner: str = "", interrupting: bool = True, name: str = "b", to: str = "a") -> str:
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="{str(interrupting).lower()}">'
        f"{definition(kind, inner)}</boundaryEvent>"
    )


def definition(kind: str, inner: str = "") -> str:
    refs = {"message": 'messageRef="m"', "signal": 'signalRef="sg"'}
    return f"<{kind}EventDefinition {refs.get(kind, '')}>{inner}</{kind}EventDefinition>"


def duration(text: str, kind: str = "timeDuration") -> str:
    return f"<{kind}>{text}</{kind}>"


def catch(name: str, kind: str, inner: str = "") -> str:
    return f'<intermediateCatchEvent id="{name}">{definition(kind, inner)}</intermediateCatchEvent>'


def throw(name: str, kind: str, inner: str = "") -> str:
    return f'<intermediateThrowEvent id="{name}">{definition(kind, inner)}</intermediateThrowEvent>'


def test_interrupting_boundary_cancels_the_activity_with_all_inside() -> None:
    sub = (
        f'<subProcess id="a"><startEvent id="s2"/>{users("u1", "u2")}{catch("w", "timer", duration("P9D"))}'
        '<sequenceFlow id="g1" sourceRef="s2" targetRef="u1"/><sequenceFlow id="g2" sourceRef="s2" targetRef="u2"/>'
        '<sequenceFlow id="g3" sourceRef="s2" targetRef="w"/></subProcess>'
    )
    play = Play(process(BORDER + sub + boundary("timer", duration("P1D")) + users("x"), "s a e", "b x e"))
    assert play.waiting == ["u1", "u2", "w"]
    play.advance("P1D")
    assert play.waiting == ["x"] and play.look()["timers"] == []
    with refused("NOT_WAITING"):
        play.done("u1")
    assert not play.visited["a"] and play.visited["b"] == 1
    assert play.done("x").state == "completed"


def test_non_interrupting_message_boundary_fires_again_and_again() -> None:
    play = Play(M, process(BORDER + users("a", "x") + boundary("message", interrupting=False), "s a e", "b x e"))
    play.message("tin", n=1)
    play.message("tin", n=2)
    assert play.waiting == ["a", "x", "x"] and play.vars == {"n": 2}
    play.done("a")
    assert play.waiting == ["x", "x"]
    with refused("NO_MATCH"):
        play.message("tin")


def test_boundary_of_a_multi_instance_fires_once_for_the_whole() -> None:
    multi = (
        '<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>'
        "</multiInstanceLoopCharacteristics></userTask>"
    )
    play = Play(process(BORDER + multi + users("x") + boundary("timer", duration("P1D")), "s a e", "b x e"))
    assert len(play.look()["timers"]) == 1
    assert play.done("a").advance("P2D").waiting == ["x"]


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


def test_message_without_key_correlates_by_business_key_and_is_never_guessed() -> None:
    text = (M, process(BORDER + catch("w", "message"), "s w e"))
    play = Play(*text, key="A")
    other = play.adapter.start("P", {}, "B")
    with refused("AMBIGUOUS"):
        play.message("tin")
    with refused("NO_MATCH"):
        play.message("tin", "C")
    play.message("tin", "B", x=1)
    assert play.state == "active" and play.look(other)["state"] == "completed"
    play.message("tin")
    assert play.state == "completed"


def test_declared_key_is_evaluated_when_the_subscription_opens() -> None:
    message = (
        '<message id="m" name="tin"><extensionElements><zeebe:subscription correlationKey="=ma"/>'
        "</extensionElements></message>"
    )
    play = Play(message, process(BORDER + catch("w", "message"), "s w e"), ma=7)
    play.set(ma=8)
    with refused("NO_MATCH"):
        play.message("tin", "8")
    play.message("tin", "7")
    assert play.state == "completed"


def test_message_start_event() -> None:
    start = f'<startEvent id="s">{definition("message")}</startEvent>'
    play = Play(M, process(start + users("a") + nodes("endEvent", "e"), "s a e"), start=False)
    case = play.message("tin", "K", x=1)
    assert case is not None and play.look(case)["vars"] == {"x": 1} and play.look(case)["waiting"] == ["a"]


def test_running_subscriptions_come_before_start_events() -> None:
    start = f'<startEvent id="s">{definition("message")}</startEvent>' + catch("w", "message")
    play = Play(M, process(start + nodes("endEvent", "e"), "s w e"), start=False)
    case = play.message("tin")
    assert play.message("tin") is None and play.look(case)["state"] == "completed"


def test_thrown_message_reaches_another_case_and_the_thrower_goes_on() -> None:
    receiver = process(
        BORDER.replace('"s"', '"rs"').replace('"e"', '"re"') + catch("w", "message"), "rs w re", key="R", prefix="r"
    )
    play = Play(M, receiver, process(BORDER + throw("t", "message") + users("a"), "s t a e"), start=False)
    waiting = play.adapter.start("R", {}, None)
    case = play.adapter.start("P", {}, None)
    assert play.look(waiting)["state"] == "completed" and play.look(case)["waiting"] == ["a"]


def test_thrown_message_is_not_stored_for_a_later_catch() -> None:
    play = Play(M, process(BORDER + throw("t", "message") + catch("w", "message"), "s t w e"))
    assert play.waiting == ["w"]


def test_signal_reaches_all_waiting_cases_and_is_not_stored() -> None:
    play = Play(M, process(BORDER + catch("w", "signal") + users("a"), "s w a e"))
    other = play.adapter.start("P", {}, None)
    play.signal("khac")
    assert play.waiting == ["w"]
    play.signal("hieu", x=1)
    assert play.waiting == ["a"] and play.look(other)["waiting"] == ["a"] and play.vars == {"x": 1}
    late = play.adapter.start("P", {}, None)
    assert play.look(late)["waiting"] == ["w"]


def test_thrown_signal_reaches_own_and_other_catchers_and_starts() -> None:
    starter = process(
        f'<startEvent id="qs">{definition("signal")}</startEvent>' + users("q") + nodes("endEvent", "qe"),
        "qs q qe",
        key="Q",
        prefix="q",
    )
    body = BORDER + nodes("parallelGateway", "p") + catch("w", "signal") + users("a", "go", "z") + throw("t", "signal")
    play = Play(M, starter, process(body, "s p", "p w a e", "p go t z e"))
    play.done("go")
    assert play.waiting == ["a", "z"] and play.adapter.count("Q") == 1


def test_signal_thrown_before_the_catch_is_missed() -> None:
    assert Play(M, process(BORDER + throw("t", "signal") + catch("w", "signal"), "s t w e")).waiting == ["w"]


def test_conditional_catch_passes_at_once_or_waits_for_a_change() -> None:
    body = BORDER + catch("c", "conditional", "<condition>${x &gt; 5}</condition>") + users("a")
    assert Play(process(body, "s c a e"), x=6).waiting == ["a"]
    play = Play(process(body, "s c a e"), x=1)
    assert play.set(x=2).waiting == ["c"]
    assert play.set(x=9).waiting == ["a"]
    assert Play(process(body, "s c a e")).waiting == ["c"]


def test_conditional_boundary_fires_on_the_edge_only() -> None:
    event = boundary("conditional", "<condition>${x &gt; 5}</condition>", interrupting=False)
    play = Play(process(BORDER + users("a", "r") + event, "s a e", "b r e"), x=1)
    assert play.set(x=6).waiting == ["a", "r"]
    assert play.set(x=7).waiting == ["a", "r"]
    assert play.set(x=0).set(x=8).waiting == ["a", "r", "r"]


def test_conditional_variable_name_restricts_the_changes() -> None:
    event = (
        '<intermediateCatchEvent id="c"><conditionalEventDefinition camunda:variableName="y">'
        "<condition>${x &gt; 5}</condition></conditionalEventDefinition></intermediateCatchEvent>"
    )
    play = Play(process(BORDER + event, "s c e"), x=1, y=1)
    assert play.set(x=9).waiting == ["c"]
    assert play.set(y=2).state == "completed"


@pytest.mark.parametrize("kind", ["embedded", "process"])
def test_terminate(kind: str) -> None:
    end = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    if kind == "process":
        play = Play(process(BORDER + users("a", "b") + end, "s a t", "s b e")).done("a")
        assert play.state == "terminated" and play.waiting == []
        return
    sub = (
        f'<subProcess id="sp">'
        f'<startEvent id="s2"/>{users("a", "b")}{end}<sequenceFlow id="g1" sourceRef="s2" targetRef="a"/>'
        '<sequenceFlow id="g2" sourceRef="s2" targetRef="b"/>'
        '<sequenceFlow id="g3" sourceRef="a" targetRef="t"/></subProcess>'
    )
    play = Play(process(BORDER + sub + users("z"), "s sp z e")).done("a")
    assert play.waiting == ["z"] and play.visited["sp"] == 1


def test_terminate_all_ends_the_root() -> None:
    end = '<endEvent id="t"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    sub = (
        f'<subProcess id="sp"><startEvent id="s2"/>{end}<sequenceFlow id="g1" sourceRef="s2" targetRef="t"/>'
        f"</subProcess>"
    )
    assert Play(process(BORDER + sub + users("z"), "s sp z e")).state == "terminated"


def test_links() -> None:
    def link(kind: str, name: str) -> str:
        return f'<intermediate{kind}Event id="{name}"><linkEventDefinition name="L"/></intermediate{kind}Event>'

    body = BORDER + link("Throw", "t1") + link("Throw", "t2") + link("Catch", "c") + users("a", "b")
    play = Play(process(body, "s t1", "s a t2", "c b e"))
    assert play.waiting == ["a", "b"]
    assert play.done("a").waiting == ["b", "b"] and play.visited["c"] == 2


def test_shared_event_definition() -> None:
    shared = '<timerEventDefinition id="ted"><timeDuration>P2D</timeDuration></timerEventDefinition>'
    event = '<intermediateCatchEvent id="t"><eventDefinitionRef>ted</eventDefinitionRef></intermediateCatchEvent>'
    play = Play(shared, process(BORDER + event, "s t e"))
    assert play.look()["timers"][0]["due"] == (START + timedelta(days=2)).isoformat()


def test_none_intermediate_throw_passes() -> None:
    assert Play(process(BORDER + nodes("intermediateThrowEvent", "moc"), "s moc e")).visited["moc"] == 1


def test_cancel_and_restart() -> None:
    play = Play(process(BORDER + users("a") + catch("t", "timer", duration("P1D")), "s a e", "s t e"))
    play.adapter.restart(play.clock)
    play.adapter.cancel(play.case)
    assert play.state == "cancelled" and play.waiting == [] and play.look()["timers"] == []
    with refused("NOT_WAITING"):
        play.done("a")


def test_a_timer_that_leads_to_an_error_becomes_an_incident() -> None:
    body = BORDER + catch("t", "timer", duration("P1D")) + '<exclusiveGateway id="g"/>' + users("a", "b")
    play = Play(process(body, "s t g", "g [${x > 1}] a e", "g [${x > 2}] b e"), x=0)
    play.advance("P2D")
    assert play.incidents == [("NO_OUTGOING_FLOW", "g")] and play.visited["t"] == 0


def test_a_key_without_value_is_an_error_for_the_waiting_side() -> None:
    key = '<extensionElements><zeebe:subscription correlationKey="=khong"/></extensionElements>'
    message = f'<message id="m" name="tin">{key}</message>'
    with refused("EXPRESSION_ERROR"):
        Play(message, process(BORDER + catch("w", "message"), "s w e"))
    assert Play(message, process(BORDER + throw("t", "message"), "s t e")).state == "completed"
