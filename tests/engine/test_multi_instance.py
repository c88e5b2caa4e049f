"""Multi-instance activities (semantics.md M1 to M10)."""

import pytest

from .building import BORDER, Play, process, refused, users


def multi(kind: str = "userTask", inner: str = "", extra: str = "", attributes: str = "", body: str = "") -> str:
    return (
        f'<{kind} id="a"{extra}>'
        f"<multiInstanceLoopCharacteristics {attributes}>{inner}</multiInstanceLoopCharacteristics>"
        f"{body}</{kind}>"
    )


COLLECTION = 'camunda:collection="${ds}" camunda:elementVariable="pt"'


def test_parallel_instances_in_order_with_local_element() -> None:
    play = Play(process(BORDER + multi(attributes=COLLECTION) + users("z"), "s a z e"), ds=["x", "y", "z"])
    assert [task["vars"]["pt"] for task in play.look()["tasks"]] == ["x", "y", "z"]
    assert [task["vars"]["loopCounter"] for task in play.look()["tasks"]] == [0, 1, 2]
    play.done("a", nth=1).done("a").done("a")
    assert play.waiting == ["z"] and play.ended == ["a", "a", "a"]
    assert set(play.vars) == {"ds"}


@pytest.mark.parametrize("empty", [[], ["x"]])
def test_an_empty_collection_completes_at_once(empty: list[str]) -> None:
    play = Play(process(BORDER + multi(attributes=COLLECTION) + users("z"), "s a z e"), ds=empty)
    assert play.waiting == (["a"] if empty else ["z"])


def test_sequential_one_after_the_other() -> None:
    play = Play(
        process(BORDER + multi(attributes=COLLECTION + ' isSequential="true"') + users("z"), "s a z e"), ds=[5, 6]
    )
    assert play.waiting == ["a"] and play.task("a")["vars"]["pt"] == 5
    play.done("a", ds=[1, 2, 3, 4])
    assert play.task("a")["vars"]["pt"] == 6
    assert play.done("a").waiting == ["z"]


def test_zeebe_collections_count_from_one_and_collect_in_index_order() -> None:
    zeebe = (
        '<extensionElements><zeebe:loopCharacteristics inputCollection="= ds" inputElement="pt" outputCollection="kq" '
        'outputElement="= y"/></extensionElements>'
    )
    condition = "<completionCondition>= numberOfCompletedInstances &gt;= 2</completionCondition>"
    play = Play(process(BORDER + multi(inner=zeebe + condition) + users("z"), "s a z e"), ds=[1, 2, 3])
    assert [task["vars"]["loopCounter"] for task in play.look()["tasks"]] == [1, 2, 3]
    play.done("a", nth=2, y="c").done("a", nth=0, y="a")
    assert play.waiting == ["z"] and play.vars["kq"] == ["a", None, "c"] and "y" not in play.vars


def test_counters_are_visible() -> None:
    body = multi(inner="<loopCardinality>3</loopCardinality>")
    play = Play(process(BORDER + body, "s a e")).done("a")
    seen = play.task("a")["vars"]
    assert (seen["nrOfInstances"], seen["nrOfActiveInstances"], seen["nrOfCompletedInstances"]) == (3, 2, 1)
    assert (seen["numberOfInstances"], seen["numberOfActiveInstances"], seen["numberOfCompletedInstances"]) == (3, 2, 1)


def test_sequential_rounds_after_the_condition_are_never_created() -> None:
    inner = "<loopCardinality>5</loopCardinality><completionCondition>${xong}</completionCondition>"
    play = Play(
        process(BORDER + multi(inner=inner, attributes='isSequential="true"') + users("z"), "s a z e"), xong=False
    )
    play.done("a").done("a", xong=True)
    assert play.waiting == ["z"] and play.visited["a"] == 2


def test_sub_process_instances_are_independent_and_terminate_ends_only_one() -> None:
    body = (
        '<startEvent id="s2"/><userTask id="u"/><exclusiveGateway id="g" default="g3"/><userTask id="v"/>'
        '<endEvent id="t">'
        '<terminateEventDefinition/></endEvent><sequenceFlow id="g0" sourceRef="s2" targetRef="u"/>'
        '<sequenceFlow id="g1" sourceRef="u" targetRef="g"/><sequenceFlow id="g3" sourceRef="g" targetRef="v"/>'
        '<sequenceFlow id="g2" sourceRef="g" targetRef="t"><conditionExpression>${huy}</conditionExpression>'
        "</sequenceFlow>"
    )
    play = Play(
        process(
            BORDER + multi("subProcess", "<loopCardinality>2</loopCardinality>", body=body) + users("z"), "s a z e"
        ),
        huy=False,
    )
    play.done("u").done("u", huy=True)
    assert play.waiting == ["v"]
    assert play.done("v").waiting == ["z"] and play.visited["a"] == 2


@pytest.mark.parametrize("value", [7, "abc", None, {"a": 1}])
def test_a_collection_that_is_no_list_is_an_error(value: object) -> None:
    with refused("EXPRESSION_ERROR"):
        Play(process(BORDER + multi(attributes=COLLECTION), "s a e"), ds=value)


@pytest.mark.parametrize(
    ("value", "code"),
    [(-1, "EXPRESSION_ERROR"), (10**9, "LIMIT_EXCEEDED"), (1.5, "EXPRESSION_ERROR"), (True, "EXPRESSION_ERROR")],
)
def test_bad_cardinalities(value: object, code: str) -> None:
    with refused(code):
        Play(process(BORDER + multi(inner="<loopCardinality>${n}</loopCardinality>"), "s a e"), n=value)


def test_many_automatic_instances_do_not_recurse() -> None:
    script = "<script>${x + 1}</script>"
    body = multi(
        "scriptTask",
        "<loopCardinality>900</loopCardinality>",
        ' camunda:resultVariable="x"',
        'isSequential="true"',
        script,
    )
    assert Play(process(BORDER + body, "s a e"), x=0).vars["x"] == 900


def test_a_plain_name_as_collection_is_a_variable() -> None:
    play = Play(
        process(BORDER + multi(attributes='flowable:collection="ds" flowable:elementVariable="pt"'), "s a e"), ds=[1, 2]
    )
    assert play.waiting == ["a", "a"]


def test_output_mappings_of_an_instance_keep_its_output_element_to_themselves() -> None:
    inner = (
        '<extensionElements><zeebe:loopCharacteristics inputCollection="= ds" inputElement="pt" '
        'outputCollection="tat_ca" outputElement="= kq"/></extensionElements>'
    )
    output = '<zeebe:ioMapping><zeebe:output source="= y" target="kq"/></zeebe:ioMapping>'
    mapping = f"<extensionElements>{output}</extensionElements>"
    play = Play(process(BORDER + multi(inner=inner, body=mapping), "s a e"), ds=[1, 2])
    play.done("a", nth=1, y="b")
    assert "kq" not in play.vars
    assert play.done("a", y="a").vars["tat_ca"] == ["a", "b"] and "kq" not in play.vars
