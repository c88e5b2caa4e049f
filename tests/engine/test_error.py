"""Error events (semantics.md EE1 to EE7)."""

from workflows.engine import commands as cmd

from .building import BORDER, Play, process, users
from .elements import ROOTS, catcher, handler, sub


def end(name: str, ref: str, kind: str = "error") -> str:
    return f'<endEvent id="{name}"><{kind}EventDefinition {kind}Ref="{ref}"/></endEvent>'


def test_matching_code_before_catch_all_at_the_same_level_and_only_one_fires() -> None:
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q") + end("x", "A"), "s2 q", "q x")
        + users("h1", "h2")
        + (catcher("all", "sp", None) + catcher("exact", "sp", "A"))
    )
    play = Play(ROOTS, process(body, "s sp e", "all h1 e", "exact h2 e")).done("q")
    assert play.waiting == ["h2"]


def test_the_nearest_level_beats_exactness() -> None:
    inner = (
        sub("in", '<startEvent id="s3"/>' + end("x", "A"), "s3 x")
        + '<startEvent id="s2"/>'
        + users("near")
        + catcher("b1", "in", None)
    )
    body = BORDER + sub("out", inner, "s2 in", "b1 near") + catcher("b2", "out", "A") + users("far")
    assert Play(ROOTS, process(body, "s out e", "b2 far e")).waiting == ["near"]


def test_errors_pass_scopes_without_handler_and_cancel_the_catching_scope() -> None:
    inner = (
        sub("in", '<startEvent id="s3"/>' + users("q") + end("x", "A"), "s3 q", "q x")
        + '<startEvent id="s2"/>'
        + users("beside")
    )
    body = BORDER + sub("out", inner, "s2 in", "s2 beside") + catcher("b", "out", "A") + users("h")
    play = Play(ROOTS, process(body, "s out e", "b h e"))
    assert play.waiting == ["beside", "q"]
    assert play.done("q").waiting == ["h"]


def test_uncaught_error_fails_the_case() -> None:
    play = Play(ROOTS, process(BORDER + users("a", "b") + end("x", "A"), "s a x", "s b e")).done("a")
    assert play.state == "failed" and play.waiting == [] and play.incidents == [("UNHANDLED_ERROR", "x")]


def test_worker_error_and_variables_of_the_catch() -> None:
    task = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'
    caught = catcher("b", "a", None, extra='camunda:errorCodeVariable="ma" camunda:errorMessageVariable="loi"')
    play = Play(ROOTS, process(BORDER + task + caught + users("h"), "s a e", "b h e")).error("a", "A")
    assert play.waiting == ["h"] and play.vars == {"ma": "A", "loi": ""} and play.visited["a"] == 0
    bare = Play(ROOTS, process(BORDER + task, "s a e")).error("a", "A")
    assert bare.state == "failed" and bare.incidents == [("UNHANDLED_ERROR", "a")]


def test_error_in_one_instance_of_a_multi_instance_cancels_all() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    body = (
        BORDER
        + sub("sp", multi + '<startEvent id="s2"/>' + users("q") + end("x", "A"), "s2 q", "q x")
        + catcher("b", "sp", "A")
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
        + catcher("b", "sp", None)
    )
    play = Play(ROOTS, process(body + users("z"), "s sp e", "b z e")).done("q")
    assert play.waiting == ["h"]
    assert play.done("h").waiting == ["z"]


def test_an_uncaught_error_is_told_with_its_code_and_message() -> None:
    play = Play(ROOTS, process(BORDER + end("x", "A"), "s x"))
    history = play.adapter.store.history(play.case)
    assert [event for event in history if event["event"] in {"ErrorThrown", "IncidentRaised", "CaseEnded"}] == [
        {"event": "ErrorThrown", "element": "x", "code": "A"},
        {"event": "IncidentRaised", "incident_id": "1", "code": "UNHANDLED_ERROR", "element": "x", "message": "A"},
        {"event": "CaseEnded", "status": "failed", "reason": "A"},
    ]


def test_the_first_that_catches_everything_wins_only_without_a_matching_code() -> None:
    inner = sub("sp", '<startEvent id="s2"/>' + users("q") + end("x", "A"), "s2 q", "q x")
    other, everything = '<errorEventDefinition errorRef="B"/>', "<errorEventDefinition/>"
    handlers = handler("h1", other, "u1") + handler("h2", everything, "u2")
    play = Play(ROOTS, process(BORDER + inner + handlers, "s sp e")).done("q")
    assert play.waiting == ["u2"]


def test_an_interrupted_scope_catches_no_second_error_and_its_round_neither() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    throwing = sub(
        "hs",
        '<startEvent id="hss"><messageEventDefinition messageRef="m"/></startEvent>' + users("h") + end("y", "A"),
        "hss h",
        "h y",
        attributes='triggeredByEvent="true"',
    )
    catching = handler("hc", '<errorEventDefinition errorRef="A"/>', "u")
    inner = sub("sp", multi + '<startEvent id="s2"/>' + users("q") + throwing + catching, "s2 q")
    play = Play(ROOTS, process(BORDER + inner + catcher("b", "sp", None) + users("z"), "s sp e", "b z e"))
    subscriptions = play.adapter.store.state(play.case).subscriptions
    play.adapter._command(play.case, cmd.DeliverMessage(next(iter(subscriptions))))
    assert play.waiting == ["h", "q"]
    assert play.done("h").waiting == ["z"]
