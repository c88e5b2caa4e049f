"""Multi-instance activities (semantics.md M1 to M10)."""

from typing import Any

import pytest

from workflows.engine import Context, Limits, State, decide
from workflows.engine import commands as cmd

from .building import BORDER, Play, process, reasons, refused, users
from .desk import AN, NOW, Desk


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


def test_what_is_no_list_or_number_is_refused_at_the_activity() -> None:
    listed = [("EXPRESSION_ERROR", {"element": "a", "message": "Tập hợp của bước lặp phải là danh sách."})]
    assert reasons(lambda: Play(process(BORDER + multi(attributes=COLLECTION), "s a e"), ds="abc")) == listed
    number = BORDER + multi(inner="<loopCardinality>${n}</loopCardinality>")
    for value in (-1, "-1", 1.5, "x", None, True, [1]):
        assert reasons(lambda value=value: Play(process(number, "s a e"), n=value)) == [
            ("EXPRESSION_ERROR", {"element": "a", "message": "Số lần lặp phải là số nguyên không âm."})
        ]
    for value in (1001, "1001", 1001.0):
        assert reasons(lambda value=value: Play(process(number, "s a e"), n=value)) == [
            ("LIMIT_EXCEEDED", {"element": "a", "limit": "cardinality", "most": 1000})
        ]


@pytest.mark.parametrize(("value", "count"), [(3, 3), ("3", 3), (" 3 ", 3), (3.0, 3), (0, 0)])
def test_cardinalities_are_whole_numbers(value: object, count: int) -> None:
    body = multi(inner="<loopCardinality>${n}</loopCardinality>") + users("z")
    play = Play(process(BORDER + body, "s a z e"), n=value)
    assert play.waiting == ["a"] * count if count else play.waiting == ["z"]


def test_as_many_as_the_limit_allows() -> None:
    desk = Desk(process(BORDER + multi(inner="<loopCardinality>${n}</loopCardinality>"), "s a e"), n=1)
    few = Context(NOW, limits=Limits(cardinality=2))

    def started(number: int) -> int:
        command = cmd.StartCase("d", "P", {"n": number})
        return len(decide(desk.definitions, State(), command, AN, few).state.tasks)

    assert started(2) == 2
    assert reasons(lambda: started(3)) == [("LIMIT_EXCEEDED", {"element": "a", "limit": "cardinality", "most": 2})]


def test_counters_of_sequential_rounds() -> None:
    body = multi(inner="<loopCardinality>3</loopCardinality>", attributes='isSequential="true"')
    play = Play(process(BORDER + body, "s a e"))
    for completed in range(3):
        seen = play.task("a")["vars"]
        names = ("Instances", "ActiveInstances", "CompletedInstances")
        counted = [seen[f"{prefix}{name}"] for prefix in ("nrOf", "numberOf") for name in names]
        assert counted == [3, 1, completed] * 2
        assert (seen["numberOfTerminatedInstances"], seen["loopCounter"]) == (0, completed + 1)
        play.done("a")
    assert play.state == "completed" and play.vars == {}


def test_the_condition_sees_the_round_that_is_over() -> None:
    condition = "<completionCondition>${nrOfCompletedInstances == 2 &amp;&amp; y == 7}</completionCondition>"
    inner = f"<loopCardinality>5</loopCardinality>{condition}"
    io = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='y'>${0}</camunda:inputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )
    play = Play(process(BORDER + multi(inner=inner, body=io) + users("z"), "s a z e"))
    assert play.done("a", y=7).waiting == ["a"] * 4
    assert play.done("a", y=7).waiting == ["z"]


def test_results_are_collected_where_the_activity_stands() -> None:
    zeebe = (
        '<extensionElements><zeebe:loopCharacteristics inputCollection="= ds" inputElement="pt" '
        'outputCollection="= kq" outputElement="= {}"/></extensionElements>'
    )

    def collected(expression: str, attributes: str = "") -> Any:
        play = Play(
            process(BORDER + multi(inner=zeebe.format(expression), attributes=attributes), "s a e"), ds=[1, 2], y=0
        )
        play.done("a", y="x").done("a", y="z")
        return play.vars

    assert collected("y") == {"ds": [1, 2], "y": 0, "kq": ["x", "z"]}
    assert collected("y", 'isSequential="true"')["kq"] == ["x", "z"]
    assert collected("pt + 1")["kq"] == [2, 3]
    assert collected("loopCounter")["kq"] == [1, 2]


def test_an_output_without_element_collects_nothing() -> None:
    attributes = 'inputCollection="= ds" outputCollection="kq"'
    zeebe = f"<extensionElements><zeebe:loopCharacteristics {attributes}/></extensionElements>"
    play = Play(process(BORDER + multi(inner=zeebe), "s a e"), ds=[1, 2]).done("a").done("a")
    assert play.vars["kq"] == [None, None]


def test_an_empty_collection_collects_an_empty_list() -> None:
    zeebe = (
        '<extensionElements><zeebe:loopCharacteristics inputCollection="= ds" outputCollection="kq" '
        'outputElement="= 1"/></extensionElements>'
    )
    play = Play(process(BORDER + multi(inner=zeebe) + users("z"), "s a z e"), ds=[])
    assert play.waiting == ["z"] and play.vars["kq"] == []


def test_the_history_says_that_a_body_only_held_the_rounds() -> None:
    play = Play(process(BORDER + multi(inner="<loopCardinality>2</loopCardinality>"), "s a e")).done("a").done("a")
    left = [event for event in play.adapter.store.history(play.case) if event["event"] == "NodeLeft"]
    assert [(event["kind"], event.get("body", False)) for event in left] == [
        ("userTask", False),
        ("userTask", False),
        ("userTask", True),
    ]


def test_a_collection_that_is_not_there_is_refused() -> None:
    for text in ('camunda:collection="ds"', 'camunda:collection="${ds}"'):
        ((code, facts),) = reasons(lambda text=text: Play(process(BORDER + multi(attributes=text), "s a e")))
        assert (code, facts["element"]) == ("EXPRESSION_ERROR", "a")
    spaced = multi(attributes='camunda:collection=" ds " camunda:elementVariable="pt"')
    assert Play(process(BORDER + spaced, "s a e"), ds=[1, 2]).waiting == ["a", "a"]


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
