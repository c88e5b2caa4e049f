"""Event sub-processes (semantics.md SE1 to SE5)."""

from .building import BORDER, Play, nodes, process, refused, users
from .elements import ROOTS, handler, sub

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


def test_the_border_of_an_interrupted_scope_still_waits() -> None:
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    border = f'<boundaryEvent id="tb" attachedToRef="sp">{timer}</boundaryEvent>'
    inner = sub("sp", '<startEvent id="s2"/>' + users("q") + handler("hs", MESSAGE, "h"), "s2 q")
    play = Play(ROOTS, process(BORDER + inner + border + users("x", "z"), "s sp z e", "tb x e"))
    play.message("tin")
    assert play.waiting == ["h"]
    assert play.advance("PT1H").waiting == ["x"]


def test_what_happened_to_the_scope_is_told() -> None:
    play = Play(ROOTS, process(BORDER + users("q") + handler("hs", MESSAGE, "h"), "s q e"))
    play.message("tin")
    (told,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "ScopeInterrupted"]
    assert told == {"event": "ScopeInterrupted", "instance": "0", "element": "hs"}


def test_tokens_that_waited_at_a_join_are_given_up_with_their_scope() -> None:
    fork = nodes("parallelGateway", "p", "j")
    body = BORDER + fork + users("a", "b") + handler("hs", MESSAGE, "h")
    play = Play(ROOTS, process(body, "s p a j e", "p b j")).done("a")
    play.message("tin")
    (taken,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "TokensTaken"]
    assert taken == {"event": "TokensTaken", "parent": "0", "element": "", "flows": ["f0_a_j"], "cancelled": True}
    assert play.adapter.store.state(play.case).held == {} and play.done("h").state == "completed"


def test_what_is_cancelled_with_its_scope_is_told_as_it_was() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>1</loopCardinality></multiInstanceLoopCharacteristics>"
    body = BORDER + f'<userTask id="a">{multi}</userTask>' + handler("hs", MESSAGE, "h")
    play = Play(ROOTS, process(body, "s a e"))
    play.message("tin")
    left = [event for event in play.adapter.store.history(play.case) if event["event"] == "NodeLeft"]
    assert [(event["element"], event["how"], event.get("body", False)) for event in left] == [
        ("a", "cancelled", False),
        ("a", "cancelled", True),
    ]


MAPPINGS = (
    '<extensionElements><camunda:inputOutput><camunda:inputParameter name="rieng">${goc + 1}</camunda:inputParameter>'
    '<camunda:outputParameter name="ra">${rieng * 10}</camunda:outputParameter></camunda:inputOutput>'
    "</extensionElements>"
)


HANDLER = (
    f'<subProcess id="h" triggeredByEvent="true">{MAPPINGS}<startEvent id="hs" isInterrupting="false">'
    '<messageEventDefinition messageRef="m"/></startEvent><userTask id="b"/>'
    '<sequenceFlow id="h1" sourceRef="hs" targetRef="b"/></subProcess>'
)


def test_its_inputs_are_its_own_and_only_its_outputs_leave() -> None:
    play = Play('<message id="m" name="bao"/>', process(BORDER + users("a") + HANDLER, "s a e"), goc=1)
    play.message("bao")
    assert play.task("b")["vars"] == {"goc": 1, "rieng": 2}
    assert play.done("b", rieng=5).vars == {"goc": 1, "ra": 50}
