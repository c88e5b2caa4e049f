"""Escalations that are thrown by the very handlers that caught one (semantics.md EC1, EC4, EC5)."""

from .building import BORDER, Play, process, users

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
