"""Errors, escalations, event sub-processes (semantics.md EE, EC, SE)."""

from .building import BORDER, Play, nodes, process, refused, users

ROOTS = (
    '<error id="A" errorCode="A"/><error id="B" errorCode="B"/><escalation id="E" escalationCode="E"/>'
    '<escalation id="F" escalationCode="F"/><message id="m" name="tin"/><signal id="sg" name="hieu"/>'
)


def boundary(  # noqa: PLR0917 - a shorthand
    name: str, to: str, ref: str | None, kind: str = "error", interrupting: bool = True, extra: str = ""
) -> str:
    given = f'{kind}Ref="{ref}"' if ref else ""
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="{str(interrupting).lower()}">'
        f"<{kind}EventDefinition {given} {extra}/></boundaryEvent>"
    )


def end(name: str, ref: str, kind: str = "error") -> str:
    return f'<endEvent id="{name}"><{kind}EventDefinition {kind}Ref="{ref}"/></endEvent>'


def sub(name: str, body: str, *pairs: str, attributes: str = "") -> str:
    links = "".join(
        f'<sequenceFlow id="{name}_{at}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for at, pair in enumerate(pairs)
    )
    return f'<subProcess id="{name}" {attributes}>{body}{links}</subProcess>'


def handler(name: str, event: str, task: str, interrupting: bool = True) -> str:
    return sub(
        name,
        f'<startEvent id="{name}s" isInterrupting="{str(interrupting).lower()}">{event}</startEvent>' + users(task),
        f"{name}s {task}",
        attributes='triggeredByEvent="true"',
    )


def test_matching_code_before_catch_all_at_the_same_level_and_only_one_fires() -> None:
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q") + end("x", "A"), "s2 q", "q x")
        + users("h1", "h2")
        + (boundary("all", "sp", None) + boundary("exact", "sp", "A"))
    )
    play = Play(ROOTS, process(body, "s sp e", "all h1 e", "exact h2 e")).done("q")
    assert play.waiting == ["h2"]


def test_the_nearest_level_beats_exactness() -> None:
    inner = (
        sub("in", '<startEvent id="s3"/>' + end("x", "A"), "s3 x")
        + '<startEvent id="s2"/>'
        + users("near")
        + boundary("b1", "in", None)
    )
    body = BORDER + sub("out", inner, "s2 in", "b1 near") + boundary("b2", "out", "A") + users("far")
    assert Play(ROOTS, process(body, "s out e", "b2 far e")).waiting == ["near"]


def test_errors_pass_scopes_without_handler_and_cancel_the_catching_scope() -> None:
    inner = (
        sub("in", '<startEvent id="s3"/>' + users("q") + end("x", "A"), "s3 q", "q x")
        + '<startEvent id="s2"/>'
        + users("beside")
    )
    body = BORDER + sub("out", inner, "s2 in", "s2 beside") + boundary("b", "out", "A") + users("h")
    play = Play(ROOTS, process(body, "s out e", "b h e"))
    assert play.waiting == ["beside", "q"]
    assert play.done("q").waiting == ["h"]


def test_uncaught_error_fails_the_case() -> None:
    play = Play(ROOTS, process(BORDER + users("a", "b") + end("x", "A"), "s a x", "s b e")).done("a")
    assert play.state == "failed" and play.waiting == [] and play.incidents == [("UNHANDLED_ERROR", "x")]


def test_worker_error_and_variables_of_the_catch() -> None:
    task = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'
    catcher = boundary("b", "a", None, extra='camunda:errorCodeVariable="ma" camunda:errorMessageVariable="loi"')
    play = Play(ROOTS, process(BORDER + task + catcher + users("h"), "s a e", "b h e")).error("a", "A")
    assert play.waiting == ["h"] and play.vars == {"ma": "A", "loi": ""} and play.visited["a"] == 0
    bare = Play(ROOTS, process(BORDER + task, "s a e")).error("a", "A")
    assert bare.state == "failed" and bare.incidents == [("UNHANDLED_ERROR", "a")]


def test_error_in_one_instance_of_a_multi_instance_cancels_all() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    body = (
        BORDER
        + sub("sp", multi + '<startEvent id="s2"/>' + users("q") + end("x", "A"), "s2 q", "q x")
        + boundary("b", "sp", "A")
    )
    assert Play(ROOTS, process(body + users("h"), "s sp e", "b h e")).done("q").waiting == ["h"]


def test_error_event_sub_process_of_the_root() -> None:
    body = BORDER + users("a", "b") + end("x", "A") + handler("hs", '<errorEventDefinition errorRef="A"/>', "h")
    play = Play(ROOTS, process(body, "s a x", "s b e")).done("a")
    assert play.waiting == ["h"]
    assert play.done("h").state == "completed"


def test_an_error_inside_the_handler_goes_outwards() -> None:
    throwing = sub(
        "hs",
        '<startEvent id="hss"><errorEventDefinition/></startEvent>' + users("h") + end("y", "B"),
        "hss h",
        "h y",
        attributes='triggeredByEvent="true"',
    )
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q") + end("x", "A") + throwing, "s2 q", "q x")
        + boundary("b", "sp", None)
    )
    play = Play(ROOTS, process(body + users("z"), "s sp e", "b z e")).done("q")
    assert play.waiting == ["h"]
    assert play.done("h").waiting == ["z"]


ESCALATING = '<intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="E"/></intermediateThrowEvent>'


def test_interrupting_escalation_cancels_the_scope_and_the_thrower() -> None:
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q", "after") + ESCALATING, "s2 q", "q t", "t after")
        + users("h")
    )
    play = Play(ROOTS, process(body + boundary("b", "sp", "E", "escalation"), "s sp e", "b h e")).done("q")
    assert play.waiting == ["h"]


def test_uncaught_escalation_is_ignored_and_the_first_catcher_takes_it() -> None:
    alone = Play(ROOTS, process(BORDER + ESCALATING + users("a"), "s t a e"))
    assert alone.waiting == ["a"]
    inner = (
        sub("in", '<startEvent id="s3"/>' + ESCALATING + users("go"), "s3 t", "t go")
        + '<startEvent id="s2"/>'
        + users("near")
        + (boundary("b1", "in", None, "escalation", interrupting=False))
    )
    body = BORDER + sub("out", inner, "s2 in", "b1 near") + boundary("b2", "out", "E", "escalation") + users("far")
    assert Play(ROOTS, process(body, "s out e", "b2 far e")).waiting == ["go", "near"]


def test_escalation_event_sub_process() -> None:
    body = (
        BORDER
        + ESCALATING
        + users("a")
        + handler("hs", '<escalationEventDefinition escalationRef="E"/>', "h", interrupting=False)
    )
    assert Play(ROOTS, process(body, "s t a e")).waiting == ["a", "h"]
    other = handler("hs", '<escalationEventDefinition escalationRef="E"/>', "h")
    assert Play(ROOTS, process(BORDER + ESCALATING + users("a") + other, "s t a e")).waiting == ["h"]


MESSAGE = '<messageEventDefinition messageRef="m"/>'


def test_non_interrupting_handlers_run_many_times_and_hold_the_scope() -> None:
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q") + handler("hs", MESSAGE, "h", interrupting=False), "s2 q")
        + users("z")
    )
    play = Play(ROOTS, process(body, "s sp z e"))
    play.message("tin")
    play.message("tin")
    assert play.waiting == ["h", "h", "q"]
    play.done("q").done("h")
    assert play.waiting == ["h"]
    assert play.done("h").waiting == ["z"]
    with refused("NO_MATCH"):
        play.message("tin")


def test_interrupting_handler_disarms_the_others_and_then_the_parent_is_left() -> None:
    handlers = handler("h1", MESSAGE, "a1") + handler(
        "h2", '<signalEventDefinition signalRef="sg"/>', "a2", interrupting=False
    )
    body = BORDER + sub("sp", '<startEvent id="s2"/>' + users("q") + handlers, "s2 q") + users("z")
    play = Play(ROOTS, process(body, "s sp z e"))
    play.message("tin", x=1)
    assert play.waiting == ["a1"] and play.vars == {"x": 1}
    play.signal("hieu")
    assert play.waiting == ["a1"]
    with refused("NO_MATCH"):
        play.message("tin")
    assert play.done("a1").waiting == ["z"] and play.visited["sp"] == 1


def test_armed_handlers_do_not_hold_the_scope() -> None:
    play = Play(ROOTS, process(BORDER + users("q") + handler("hs", MESSAGE, "h"), "s q e"))
    assert play.done("q").state == "completed"


def test_timer_event_sub_process() -> None:
    timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    play = Play(process(BORDER + users("q") + handler("hs", timer, "h"), "s q e"))
    assert play.advance("P2D").waiting == ["h"]
    assert play.done("h").state == "completed"


def test_conditional_event_sub_process() -> None:
    condition = "<conditionalEventDefinition><condition>${x == 1}</condition></conditionalEventDefinition>"
    play = Play(process(BORDER + users("q") + handler("hs", condition, "h", interrupting=False), "s q e"), x=0)
    assert play.set(x=1).waiting == ["h", "q"]


def test_a_signal_end_event_reaches_the_handler_of_its_own_scope() -> None:
    body = (
        BORDER
        + '<endEvent id="x"><signalEventDefinition signalRef="sg"/></endEvent>'
        + nodes("task", "t")
        + (handler("hs", '<signalEventDefinition signalRef="sg"/>', "h"))
    )
    assert Play(ROOTS, process(body, "s t x")).waiting == ["h"]
