"""Event sub-processes: what they hold for themselves (semantics.md SE5, D3)."""

from .building import BORDER, Play, process, users

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
