"""An expression that cannot be evaluated is an error at its element, whatever the element (semantics.md X1 to X4)."""

from __future__ import annotations

import pytest

from .building import BORDER, Play, nodes, process, reasons, users
from .elements import M

BAD = "${khong_co}"
MI = "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>"
IO = "<extensionElements><camunda:inputOutput><camunda:{0}putParameter name='v'>{1}</camunda:{0}putParameter>{2}"
IO_END = "</camunda:inputOutput></extensionElements>"
INPUT, OUTPUT = IO.format("in", BAD, IO_END), IO.format("out", BAD, IO_END)


def message(name: str = BAD, key: str = "") -> str:
    declared = f'<extensionElements><zeebe:subscription correlationKey="{key}"/></extensionElements>' if key else ""
    return f'<message id="mx" name="{name}">{declared}</message>'


UNTIL = f"<loopCardinality>2</loopCardinality><completionCondition>{BAD}</completionCondition>"
AT_ONCE = [
    ('<scriptTask id="x"><script>${khong_co}</script></scriptTask>', ""),
    (f'<userTask id="x" name="Duyệt {BAD}"/>', ""),
    (f'<userTask id="x" camunda:assignee="{BAD}"/>', ""),
    (f'<userTask id="x" camunda:candidateGroups="{BAD}"/>', ""),
    (f'<userTask id="x" camunda:dueDate="{BAD}"/>', ""),
    (f'<userTask id="x" camunda:priority="{BAD}"/>', ""),
    (f'<userTask id="x" camunda:formKey="{BAD}"/>', ""),
    (f'<userTask id="x">{INPUT}</userTask>', ""),
    (f'<task id="x">{OUTPUT}</task>', ""),
    (f'<serviceTask id="x" camunda:type="external" camunda:topic="{BAD}"/>', ""),
    (f'<businessRuleTask id="x" camunda:decisionRef="{BAD}"/>', ""),
    (f'<callActivity id="x" calledElement="{BAD}"/>', ""),
    (f'<userTask id="x">{MI.format(f"<loopCardinality>{BAD}</loopCardinality>")}</userTask>', ""),
    ('<receiveTask id="x" messageRef="mx"/>', message()),
    ('<receiveTask id="x" messageRef="mx"/>', message("tin", "= 1 / khong_co")),
    ('<sendTask id="x" messageRef="mx"/>', message()),
    ('<intermediateCatchEvent id="x"><messageEventDefinition messageRef="mx"/></intermediateCatchEvent>', message()),
    ('<intermediateThrowEvent id="x"><messageEventDefinition messageRef="mx"/></intermediateThrowEvent>', message()),
    (
        '<intermediateThrowEvent id="x"><signalEventDefinition signalRef="sx"/></intermediateThrowEvent>',
        f'<signal id="sx" name="{BAD}"/>',
    ),
    (
        '<intermediateCatchEvent id="x"><signalEventDefinition signalRef="sx"/></intermediateCatchEvent>',
        f'<signal id="sx" name="{BAD}"/>',
    ),
    (f'<intermediateThrowEvent id="x">{INPUT}<messageEventDefinition messageRef="m"/></intermediateThrowEvent>', M),
    (
        '<intermediateThrowEvent id="x"><messageEventDefinition messageRef="m" camunda:type="external" '
        f'camunda:topic="{BAD}"/></intermediateThrowEvent>',
        M,
    ),
]


@pytest.mark.parametrize(("element", "roots"), AT_ONCE)
def test_it_is_reported_at_the_element_that_says_it(element: str, roots: str) -> None:
    play = Play(roots, process(BORDER + users("a") + element, "s a x e"))
    ((code, facts),) = reasons(lambda: play.done("a"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "x")
    assert facts["message"]
    assert play.waiting == ["a"]


WHEN_DONE = [
    f'<userTask id="x">{OUTPUT}</userTask>',
    f'<userTask id="x">{MI.format(UNTIL)}</userTask>',
    '<userTask id="x"><multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics '
    'inputCollection="= [1, 2]" outputCollection="kq" outputElement="${khong_co}"/></extensionElements>'
    "</multiInstanceLoopCharacteristics></userTask>",
    f'<serviceTask id="x" camunda:type="external" camunda:topic="t">{OUTPUT}</serviceTask>',
    f'<endEvent id="x">{OUTPUT}<messageEventDefinition camunda:type="external" camunda:topic="t"/></endEvent>',
]


@pytest.mark.parametrize("element", WHEN_DONE)
def test_what_is_evaluated_at_the_end_of_an_activity(element: str) -> None:
    play = Play(process(BORDER + element, "s x" if "endEvent" in element else "s x e"))
    ((code, facts),) = reasons(lambda: play.done("x"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "x")


@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway", "userTask", "task", "complexGateway"])
@pytest.mark.parametrize(
    ("condition", "message"),
    [(BAD, None), ("${n}", "Điều kiện phải cho giá trị đúng hoặc sai."), ("= null", None), ("= n", None)],
)
def test_conditions_of_flows_give_true_or_false(kind: str, condition: str, message: str | None) -> None:
    inner = "<activationCondition>${true}</activationCondition>" if kind == "complexGateway" else ""
    element = f'<{kind} id="x" default="f1_x_e">{inner}</{kind}>'
    play = Play(process(BORDER + users("a", "b") + element, "s a x", "x e", f"x [{condition}] b e"), n=7)
    play.done("a") if kind == "userTask" else None
    ((code, facts),) = reasons(lambda: play.done("x" if kind == "userTask" else "a"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "x")
    assert facts["message"] == (message or facts["message"])


def test_a_condition_says_its_language() -> None:
    text = process(
        BORDER + '<exclusiveGateway id="g" default="f2_g_c"/>' + users("b", "c"), "s g", "g [v = 1] b", "g c"
    )
    for language in ("feel", "http://www.omg.org/spec/FEEL/20140401"):
        feel = text.replace("<conditionExpression>", f'<conditionExpression language="{language}">')
        assert Play(feel, v=1).waiting == ["b"]
        assert Play(feel, v=2).waiting == ["c"]


def test_expressions_know_the_instant_and_the_calendar() -> None:
    script = '<scriptTask id="{0}" camunda:resultVariable="{0}"><script>{1}</script></scriptTask>'
    body = script.format("nay", "${now()}") + script.format("han", "${ngay_lam_viec(1)}")
    play = Play(process(BORDER + body + nodes("task", "t"), "s nay han t e"))
    assert play.vars == {"nay": "2026-01-05T01:00:00+00:00", "han": "2026-01-06T23:59:59+07:00"}
