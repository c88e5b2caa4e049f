"""What a process author is told before the engine would say anything."""

from __future__ import annotations

import pytest

from tests.engine.building import file, process
from workflows.actions.designing.design_checks import design_findings
from workflows.bpmn.read import look

START = '<startEvent id="s"/><endEvent id="e"/>'


def codes(body: str, *chains: str) -> dict[str, bool]:
    definition, _ = look(file(process(START + body, *chains)))
    found = design_findings(definition.processes[0], definition.diagram)
    return {each.code: each.warning for each in found}


@pytest.mark.parametrize(
    ("attributes", "code", "warning"),
    [
        ("", "POSITION_EMPTY", False),
        ('camunda:candidateGroups="ban_giam_doc"', "POSITION_UNKNOWN", True),
        ('camunda:candidateGroups="can_bo@1" camunda:dueDate="${ngay_lam_viec(0)}"', "DUE_ZERO", False),
        ('camunda:candidateGroups="can_bo@1"', "FORM_MISSING", True),
        ('camunda:candidateGroups="can_bo@1" kehoach:escalation="-1:nguoi_giu"', "LADDER_WITHOUT_DUE", True),
    ],
)
def test_each_is_found(attributes: str, code: str, warning: bool) -> None:
    found = codes(f'<userTask id="a" name="Xem" {attributes}/>', "s a e")
    assert found[code] is warning


def test_a_sound_step_has_nothing_to_be_said() -> None:
    sound = (
        '<userTask id="a" camunda:candidateGroups="can_bo@${don_vi},thu_truong@3" camunda:formKey="kiem_tra" '
        'camunda:dueDate="${ngay_lam_viec(2)}"/>'
    )
    assert codes(sound, "s a e") == {}


def test_a_choice_without_a_default_way() -> None:
    body = '<exclusiveGateway id="g"/>'
    assert codes(body, "s g [${a}] e", "g [${b}] e") == {"NO_DEFAULT": True}
