"""Escalation events (semantics.md EC1 to EC5)."""

from typing import Any

from .building import BORDER, Play, process, users
from .elements import ROOTS, catcher, handler, sub

ESCALATING = '<intermediateThrowEvent id="t"><escalationEventDefinition escalationRef="E"/></intermediateThrowEvent>'


def test_interrupting_escalation_cancels_the_scope_and_the_thrower() -> None:
    body = (
        BORDER
        + sub("sp", '<startEvent id="s2"/>' + users("q", "after") + ESCALATING, "s2 q", "q t", "t after")
        + users("h")
    )
    play = Play(ROOTS, process(body + catcher("b", "sp", "E", "escalation"), "s sp e", "b h e")).done("q")
    assert play.waiting == ["h"]


def test_uncaught_escalation_is_ignored_and_the_first_catcher_takes_it() -> None:
    alone = Play(ROOTS, process(BORDER + ESCALATING + users("a"), "s t a e"))
    assert alone.waiting == ["a"]
    inner = (
        sub("in", '<startEvent id="s3"/>' + ESCALATING + users("go"), "s3 t", "t go")
        + '<startEvent id="s2"/>'
        + users("near")
        + (catcher("b1", "in", None, "escalation", interrupting=False))
    )
    body = BORDER + sub("out", inner, "s2 in", "b1 near") + catcher("b2", "out", "E", "escalation") + users("far")
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


ROOT = '<escalation id="E" escalationCode="E"/>'
EVENT = '<escalationEventDefinition escalationRef="E"/>'
THROW = f'<intermediateThrowEvent id="t">{EVENT}</intermediateThrowEvent>'
HANDLER = (
    f'<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">{EVENT}</startEvent>'
    f'<endEvent id="he">{EVENT}</endEvent><sequenceFlow id="h1" sourceRef="hs" targetRef="he"/></subProcess>'
)


def test_a_handler_does_not_catch_what_it_throws_itself() -> None:
    play = Play(ROOT, process(BORDER + THROW + users("a") + HANDLER, "s t a e"))
    assert play.waiting == ["a"] and play.visited["hs"] == 1 and play.done("a").state == "completed"


def test_what_a_handler_throws_is_caught_outside_of_the_scope_that_it_serves() -> None:
    flows = '<sequenceFlow id="g1" sourceRef="s2" targetRef="t"/><sequenceFlow id="g2" sourceRef="t" targetRef="a"/>'
    inner = f'<subProcess id="sp"><startEvent id="s2"/>{THROW}{users("a")}{flows}{HANDLER}</subProcess>'
    border = f'<boundaryEvent id="b" attachedToRef="sp" cancelActivity="false">{EVENT}</boundaryEvent>'
    play = Play(ROOT, process(BORDER + inner + border + users("ngoai"), "s sp e", "b ngoai e"))
    assert play.waiting == ["a", "ngoai"] and play.visited["hs"] == 1


def test_two_handlers_of_one_scope_hear_each_other_once() -> None:
    other = (
        '<subProcess id="k" triggeredByEvent="true"><startEvent id="ks" isInterrupting="false">'
        '<escalationEventDefinition/></startEvent><userTask id="nghe"/>'
        '<sequenceFlow id="k1" sourceRef="ks" targetRef="nghe"/></subProcess>'
    )
    play = Play(ROOT, process(BORDER + THROW + users("a") + HANDLER + other, "s t a e"))
    assert play.waiting == ["a", "nghe"] and play.visited["hs"] == 1 and play.visited["ks"] == 1


def escalations(play: Play) -> list[dict[str, Any]]:
    return [event for event in play.adapter.store.history(play.case) if event["event"] == "EscalationThrown"]


def test_who_caught_it_is_told_and_gets_the_code() -> None:
    alone = Play(ROOTS, process(BORDER + ESCALATING, "s t e"))
    assert escalations(alone) == [{"event": "EscalationThrown", "element": "t", "code": "E"}]
    inner = sub("sp", '<startEvent id="s2"/>' + ESCALATING + users("go"), "s2 t", "t go")
    border = catcher("b", "sp", None, "escalation", interrupting=False, extra='camunda:escalationCodeVariable="ma"')
    play = Play(ROOTS, process(BORDER + inner + border + users("x"), "s sp e", "b x e"))
    assert escalations(play) == [{"event": "EscalationThrown", "element": "t", "code": "E", "caught_by": "b"}]
    assert play.waiting == ["go", "x"] and play.vars == {"ma": "E"}
    other = catcher("b", "sp", "F", "escalation")
    assert Play(ROOTS, process(BORDER + inner + other + users("x"), "s sp e", "b x e")).waiting == ["go"]
