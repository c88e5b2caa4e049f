"""Refusals at deployment: each with its code, the element's id and a line (semantics.md X10 to X25, L1)."""

import time

import pytest

from tests.engine.building import BORDER, HEAD, file, flows, process, users
from workflows.bpmn.read import read
from workflows.errors import BadDefinition

TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
M = '<message id="m" name="tin"/><error id="er" errorCode="A"/>'


def start_with(inner: str) -> str:
    return f'<startEvent id="s">{inner}</startEvent><endEvent id="e"/>'


def sub(inner: str, attributes: str = "", kind: str = "subProcess") -> str:
    return f'<{kind} id="sp" {attributes}>{inner}</{kind}>'


def compensating(activity: str) -> str:
    event = f'<compensateEventDefinition activityRef="{activity}"/>'
    return f'<intermediateThrowEvent id="ct">{event}</intermediateThrowEvent>'


BAD = {
    "flow to nothing": ("DANGLING_REFERENCE", process(BORDER, "s e", "s nope")),
    "default to nothing": (
        "DANGLING_REFERENCE",
        process(BORDER + '<exclusiveGateway id="g" default="nope"/>', "s g e"),
    ),
    "default of another": ("BAD_DEFAULT", process(BORDER + '<exclusiveGateway id="g" default="f0_s_g"/>', "s g e")),
    "message ref": ("DANGLING_REFERENCE", process(start_with('<messageEventDefinition messageRef="nope"/>'), "s e")),
    "error ref": (
        "DANGLING_REFERENCE",
        process(BORDER + '<endEvent id="x"><errorEventDefinition errorRef="nope"/></endEvent>', "s e", "s x"),
    ),
    "compensation of nothing": ("DANGLING_REFERENCE", process(BORDER + compensating("nope"), "s ct e")),
    "compensation of an event": ("DANGLING_REFERENCE", process(BORDER + compensating("s"), "s ct e")),
    "compensation of an inner step": (
        "DANGLING_REFERENCE",
        process(BORDER + sub(users("a")) + compensating("a"), "s sp ct e"),
    ),
    "attached to nothing": (
        "DANGLING_REFERENCE",
        process(BORDER + f'<boundaryEvent id="b" attachedToRef="nope">{TIMER}</boundaryEvent>', "s e", "b e"),
    ),
    "shared definition": (
        "DANGLING_REFERENCE",
        process(
            BORDER + '<intermediateCatchEvent id="c"><eventDefinitionRef>x</eventDefinitionRef>'
            "</intermediateCatchEvent>",
            "s c e",
        ),
    ),
    "flow into a sub-process": ("FLOW_CROSSES_SCOPE", process(BORDER + sub(users("a")), "s a", "s e")),
    "two bare flows": (
        "MISSING_CONDITION",
        process(BORDER + '<exclusiveGateway id="g"/>' + users("a", "b"), "s g a e", "g b e"),
    ),
    "unknown element": ("UNKNOWN_ELEMENT", process(BORDER + '<teleportTask id="t"/>', "s e")),
    "double id": ("DUPLICATE_ID", process(BORDER + users("a", "a"), "s a e")),
    "flow into start": ("BAD_FLOW", process(BORDER + users("a"), "s a e", "a s")),
    "flow out of end": ("BAD_FLOW", process(BORDER + users("a"), "s a e", "e a")),
    "flow at an event sub-process": (
        "BAD_FLOW",
        process(BORDER + sub(f'<startEvent id="t">{TIMER}</startEvent>', 'triggeredByEvent="true"'), "s sp e"),
    ),
    "timer without anything": (
        "BAD_TIMER",
        process(BORDER + '<intermediateCatchEvent id="c"><timerEventDefinition/></intermediateCatchEvent>', "s c e"),
    ),
    "timer with a bad literal": (
        "BAD_TIMER",
        process(
            BORDER + '<intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>3 ngày'
            "</timeDuration></timerEventDefinition></intermediateCatchEvent>",
            "s c e",
        ),
    ),
    "event gateway to a task": (
        "BAD_EVENT_GATEWAY",
        process(BORDER + '<eventBasedGateway id="g"/>' + users("a"), "s g a e"),
    ),
    "event gateway target with two ways in": (
        "BAD_EVENT_GATEWAY",
        process(
            BORDER + f'<eventBasedGateway id="g"/><intermediateCatchEvent id="c">{TIMER}</intermediateCatchEvent>',
            "s g c e",
            "s c",
        ),
    ),
    "cancel outside a transaction": (
        "BAD_EVENT",
        process(BORDER + '<endEvent id="x"><cancelEventDefinition/></endEvent>', "s e", "s x"),
    ),
    "error caught in the middle": (
        "BAD_EVENT",
        process(
            BORDER + '<intermediateCatchEvent id="c"><errorEventDefinition errorRef="er"/></intermediateCatchEvent>',
            "s c e",
        ),
    ),
    "error at the start": ("BAD_EVENT", process(start_with('<errorEventDefinition errorRef="er"/>'), "s e")),
    "conditional start": (
        "BAD_EVENT",
        process(
            start_with("<conditionalEventDefinition><condition>${x}</condition></conditionalEventDefinition>"), "s e"
        ),
    ),
    "two definitions": (
        "BAD_EVENT",
        process(
            BORDER + f'<intermediateCatchEvent id="c">{TIMER}<messageEventDefinition messageRef="m"/>'
            "</intermediateCatchEvent>",
            "s c e",
        ),
    ),
    "triggered start of a plain sub-process": (
        "BAD_EVENT",
        process(BORDER + sub(f'<startEvent id="t">{TIMER}</startEvent>'), "s sp e"),
    ),
    "plain start of an event sub-process": (
        "BAD_EVENT",
        process(BORDER + sub('<startEvent id="t"/>', 'triggeredByEvent="true"'), "s e"),
    ),
    "boundary on a gateway": (
        "BAD_EVENT",
        process(
            BORDER + f'<exclusiveGateway id="g"/><boundaryEvent id="b" attachedToRef="g">{TIMER}</boundaryEvent>',
            "s g e",
            "b e",
        ),
    ),
    "link without a catch": (
        "BAD_EVENT",
        process(
            BORDER + '<intermediateThrowEvent id="l"><linkEventDefinition name="L"/></intermediateThrowEvent>',
            "s e",
            "s l",
        ),
    ),
    "compensation without a handler": (
        "BAD_EVENT",
        process(
            BORDER + users("a") + '<boundaryEvent id="b" attachedToRef="a">'
            "<compensateEventDefinition/></boundaryEvent>",
            "s a e",
        ),
    ),
    "cancel without boundary": (
        "BAD_EVENT",
        process(
            BORDER
            + sub(
                '<startEvent id="s2"/><endEvent id="x"><cancelEventDefinition/></endEvent>'
                '<sequenceFlow id="g" sourceRef="s2" targetRef="x"/>',
                kind="transaction",
            ),
            "s sp e",
        ),
    ),
    "nothing to start": ("NO_START", process(users("a", "b"), "a b", "b a")),
    "script language": (
        "UNSUPPORTED_SCRIPT",
        process(BORDER + '<scriptTask id="a" scriptFormat="groovy"><script>x = 1</script></scriptTask>', "s a e"),
    ),
    "condition language": (
        "UNSUPPORTED_SCRIPT",
        process(
            BORDER + '<exclusiveGateway id="g"/><sequenceFlow id="z" sourceRef="g" targetRef="e">'
            '<conditionExpression language="javascript">x</conditionExpression></sequenceFlow>',
            "s g",
        ),
    ),
    "unreadable expression": ("EXPRESSION_ERROR", process(BORDER + users("a"), "s a [${x +}] e")),
    "private attribute": ("EXPRESSION_ERROR", process(BORDER + users("a"), "s a [${x.__class__}] e")),
    "quantity": ("UNSUPPORTED_ATTRIBUTE", process(BORDER + '<userTask id="a" startQuantity="2"/>', "s a e")),
    "instantiate": (
        "UNSUPPORTED_ATTRIBUTE",
        process(BORDER + '<receiveTask id="a" messageRef="m" instantiate="true"/>', "s a e"),
    ),
    "code by class name": (
        "UNSUPPORTED_ATTRIBUTE",
        process(BORDER + '<serviceTask id="a" camunda:class="a.B"/>', "s a e"),
    ),
    "listener": (
        "UNSUPPORTED_ATTRIBUTE",
        process(
            BORDER + '<userTask id="a"><extensionElements><camunda:taskListener class="a.B"/>'
            "</extensionElements></userTask>",
            "s a e",
        ),
    ),
    "loop behaviour": (
        "UNSUPPORTED_ATTRIBUTE",
        process(
            BORDER + '<userTask id="a"><multiInstanceLoopCharacteristics behavior="One">'
            "<loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
            "s a e",
        ),
    ),
    "loop without a number": (
        "BAD_LOOP",
        process(BORDER + '<userTask id="a"><multiInstanceLoopCharacteristics/></userTask>', "s a e"),
    ),
    "negative number": (
        "BAD_LOOP",
        process(
            BORDER + '<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>-1</loopCardinality>'
            "</multiInstanceLoopCharacteristics></userTask>",
            "s a e",
        ),
    ),
    "working days and a period": (
        "MIXED_UNITS",
        process(
            BORDER + '<userTask id="a" camunda:dueDate="= ngay_lam_viec(2) + duration(&quot;P1D&quot;)"/>', "s a e"
        ),
    ),
    "not executable": ("NOT_EXECUTABLE", '<process id="P" isExecutable="false"/>'),
}


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    code, text = BAD[name]
    with pytest.raises(BadDefinition) as caught:
        read(file(M, text))
    found = caught.value.findings[0]
    assert found.code == code, caught.value.findings
    assert found.message and not found.warning and (found.line == 1 or code == "NOT_EXECUTABLE")


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("XML_MALFORMED", b"<a><b></a>"),
        ("XML_MALFORMED", b""),
        ("XML_MALFORMED", b"\x00\x01\x02"),
        ("NOT_BPMN", b"<definitions/>"),
        ("NOT_BPMN", b"<html xmlns='x'/>"),
        ("XML_FORBIDDEN", b"<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>"),
        (
            "XML_FORBIDDEN",
            "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".encode("utf-16"),
        ),
        ("XML_FORBIDDEN", file('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')),
        ("XML_FORBIDDEN", b"<!-- x --> <?y z?>\n" * 400 + b"<!DOCTYPE a><a/>"),
        ("NOT_BPMN", b"<!-- x --> <?y z?>\n" * 400 + b"<definitions/>"),
        ("LIMIT_EXCEEDED", b" " * (5 * 1024 * 1024 + 1)),
        ("LIMIT_EXCEEDED", file("<extensionElements>" * 150 + "</extensionElements>" * 150)),
        ("LIMIT_EXCEEDED", file("<extensionElements>" * 900 + "</extensionElements>" * 900)),
    ],
)
def test_bytes_that_are_refused(code: str, data: bytes) -> None:
    with pytest.raises(BadDefinition) as caught:
        read(data)
    assert caught.value.code == code


def test_all_findings_at_once_with_element_and_line() -> None:
    text = (
        HEAD + '\n<process id="P" isExecutable="true">\n<startEvent id="s"/>\n<teleportTask id="t"/>\n<userTask '
        'id="a" startQuantity="3"/>\n' + (flows("s a", "a nope") + "</process></definitions>")
    )
    with pytest.raises(BadDefinition) as caught:
        read(text.encode())
    found = {(finding.code, finding.element, finding.line) for finding in caught.value.findings}
    assert {("UNKNOWN_ELEMENT", "t", 4), ("UNSUPPORTED_ATTRIBUTE", "a", 5)} <= found
    assert any(code == "DANGLING_REFERENCE" for code, _, _ in found)


def test_what_is_tolerated() -> None:
    text = process(
        BORDER + '<userTask id="Quy_trình_1" name="Duyệt"/><textAnnotation id="n"><text>x</text></textAnnotation>'
        '<laneSet id="ls"><lane id="l" name="Văn phòng"><flowNodeRef>Quy_trình_1</flowNodeRef></lane></laneSet>',
        "s Quy_trình_1 e",
    )
    plain = file('<x:la xmlns:x="urn:khac"><x:b/></x:la>', text)
    assert read(plain).processes[0].lanes[0].name == "Văn phòng"
    other = plain.decode().replace("<definitions xmlns=", "<definitions xmlns:q='urn:q' xmlns=")
    assert read(other.encode("utf-16")).process("P") is not None
    prefixed = HEAD.replace("<definitions xmlns=", "<x:definitions xmlns:x=") + (
        '<x:process id="P" isExecutable="true"><x:startEvent id="s"/></x:process></x:definitions>'
    )
    assert read(prefixed.encode()).process("P") is not None


def test_an_editor_may_leave_its_own_elements_without_a_namespace_inside_extensions() -> None:
    left = "<extensionElements><x:view xmlns:x='urn:x'><Grid/></x:view><Ruler/></extensionElements>"
    assert read(file(process(left + BORDER, "s e"))).process("P") is not None
    with pytest.raises(BadDefinition, match="UNKNOWN_ELEMENT"):
        read(file(process("<Ruler/>" + BORDER, "s e")))


def test_one_bare_flow_of_an_exclusive_gateway_is_a_warning() -> None:
    definition = read(file(process(BORDER + '<exclusiveGateway id="g"/>' + users("a"), "s g [${x}] a e", "g e")))
    assert [(finding.code, finding.warning) for finding in definition.warnings] == [("MISSING_CONDITION", True)]


def test_reading_a_thousand_elements_is_fast() -> None:
    names = [f"t{n}" for n in range(1000)]
    data = file(process(BORDER + users(*names), " ".join(["s", *names, "e"])))
    before = time.process_time()
    read(data)
    assert time.process_time() - before < 0.3
