"""What a user task says about rights is read, or refused with what is wrong."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, file, process, users
from workflows.bpmn.model import Rights
from workflows.bpmn.read import read
from workflows.errors import BadDefinition

THREE = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"


def rights_of(attributes: str, inner: str = "") -> Rights:
    body = BORDER + users("b") + f'<userTask id="a" {attributes}>{inner}</userTask>'
    (a,) = [node for node in read(file(process(body, "s b a e"))).processes[0].walk() if node.id == "a"]
    assert a.human is not None
    return a.human.rights


def findings(attributes: str, inner: str = "") -> set[str]:
    with pytest.raises(BadDefinition) as refused:
        rights_of(attributes, inner)
    return {finding.code for finding in refused.value.findings}


def test_a_task_that_says_nothing_forbids_nothing_and_returns_anywhere() -> None:
    assert rights_of("") == Rights()
    assert rights_of("").returns is None and not rights_of("").withdraw


def test_everything_that_may_be_said() -> None:
    one = rights_of('kehoach:exclude="b, Q#c" kehoach:approval="true" kehoach:selfApproval="1" kehoach:return="b"')
    assert (one.exclude, one.excluded_steps) == (("b", "Q#c"), ("b", "c"))
    assert one.approval and one.self_approval and one.returns == ("b",)
    two = rights_of('kehoach:draft="true" kehoach:withdraw="true" kehoach:return="none"')
    assert two.draft and two.withdraw and two.returns == ()
    vote = rights_of('kehoach:distinct="true" kehoach:rejected="${no}" kehoach:outcome="collect-all"', THREE)
    assert vote.distinct and vote.rejected == "${no}" and not vote.first_reject_ends
    assert rights_of('kehoach:rejected="${no}"', THREE).first_reject_ends


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ('kehoach:exclude="khong_co"', "DANGLING_REFERENCE"),
        ('kehoach:return="khong_co"', "DANGLING_REFERENCE"),
        ('kehoach:return=""', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:return="b none"', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:approval="yes"', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:selfApproval="true"', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:distinct="true"', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:rejected="${no}"', "UNSUPPORTED_ATTRIBUTE"),
        ('kehoach:outcome="first-reject"', "UNSUPPORTED_ATTRIBUTE"),
    ],
)
def test_what_cannot_be_meant_is_refused(attributes: str, code: str) -> None:
    assert findings(attributes) == {code}


def test_a_condition_that_cannot_be_read_and_an_outcome_that_is_none_are_refused() -> None:
    assert findings('kehoach:rejected="${a +}"', THREE) == {"EXPRESSION_ERROR"}
    assert findings('kehoach:rejected="${no}" kehoach:outcome="sometimes"', THREE) == {"UNSUPPORTED_ATTRIBUTE"}


def test_only_tasks_of_people_have_rights() -> None:
    with pytest.raises(BadDefinition) as refused:
        read(
            file(
                process(BORDER + '<scriptTask id="a" kehoach:approval="true"><script>1</script></scriptTask>', "s a e")
            )
        )
    assert [each.code for each in refused.value.findings if "kehoach:approval" in each.message] == [
        "UNSUPPORTED_ATTRIBUTE"
    ]
