"""Variables and data mappings (semantics.md D1 to D4, EM6)."""

from .building import BORDER, Play, process, users
from .elements import one


def user(attributes: str = "", inner: str = "") -> str:
    return f'<userTask id="a" {attributes}><extensionElements>{inner}</extensionElements></userTask>'


def io(inner: str) -> str:
    return f"<camunda:inputOutput>{inner}</camunda:inputOutput>"


def test_input_mapping_makes_locals_and_outputs_are_all_that_leaves() -> None:
    inner = io(
        '<camunda:inputParameter name="v">${x + 1}</camunda:inputParameter>'
        '<camunda:inputParameter name="w">${v + 1}</camunda:inputParameter>'
        '<camunda:outputParameter name="kq">${y}</camunda:outputParameter>'
    )
    play = one(user(inner=inner), x=1)
    assert play.task("a")["vars"] == {"x": 1, "v": 2, "w": 3}
    assert play.done("a", y=9).vars == {"x": 1, "kq": 9}


def test_list_and_map_parameters() -> None:
    inner = io(
        '<camunda:inputParameter name="l"><camunda:list><camunda:value>${x}</camunda:value>'
        "<camunda:value>b</camunda:value></camunda:list>"
        '</camunda:inputParameter><camunda:inputParameter name="m"><camunda:map>'
        '<camunda:entry key="k">${x}</camunda:entry></camunda:map>'
        "</camunda:inputParameter>"
    )
    assert one(user(inner=inner), x=1).task("a")["vars"] == {"x": 1, "l": [1, "b"], "m": {"k": 1}}


def test_zeebe_mappings() -> None:
    inner = (
        '<zeebe:ioMapping><zeebe:input source="= x + 1" target="v"/>'
        '<zeebe:output source="= y" target="kq.so"/></zeebe:ioMapping>'
    )
    play = one(user(inner=inner), x=1)
    assert play.task("a")["vars"]["v"] == 2
    assert play.done("a", y=3).vars == {"x": 1, "kq": {"so": 3}}


def test_variables_go_to_the_nearest_scope_that_knows_them() -> None:
    play = one(user(inner=io('<camunda:inputParameter name="v">1</camunda:inputParameter>')), x=1)
    assert play.done("a", v=2, x=3, y=4).vars == {"x": 3, "y": 4}


def test_local_variables_stay_in_the_task() -> None:
    play = one(user(), x=1)
    play.adapter.complete(play.case, "a", {"x": 2, "y": 3}, None, None, local=True)
    assert play.vars == {"x": 1}


def test_integers_stay_integers_and_data_objects_give_values() -> None:
    data = (
        '<dataObject id="d" name="han"><extensionElements><flowable:value>5</flowable:value>'
        "</extensionElements></dataObject>"
        '<dataObjectReference id="dr" dataObjectRef="d"/>'
    )
    play = Play(process(BORDER + data + users("a"), "s a e"), x=10**12)
    assert play.vars == {"han": 5, "x": 10**12} and isinstance(play.vars["x"], int)


def test_output_of_a_message_catch() -> None:
    event = (
        '<intermediateCatchEvent id="w"><extensionElements><zeebe:ioMapping>'
        '<zeebe:output source="= noi_dung" target="kq"/>'
        '</zeebe:ioMapping></extensionElements><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    )
    play = Play('<message id="m" name="tin"/>', process(BORDER + event, "s w e"))
    play.message("tin", noi_dung="đồng ý")
    assert play.vars == {"kq": "đồng ý"}


def test_local_results_are_still_seen_by_the_condition_of_the_rounds() -> None:
    inner = "<loopCardinality>3</loopCardinality><completionCondition>${xong}</completionCondition>"
    task = f'<userTask id="a"><multiInstanceLoopCharacteristics>{inner}</multiInstanceLoopCharacteristics></userTask>'
    play = one(task, xong=False)
    play.adapter.complete(play.case, "a", {"xong": True}, None, None, local=True)
    assert play.waiting == ["z"] and play.vars == {"xong": False}


def test_a_later_mapping_sees_an_earlier_one_and_hides_a_variable() -> None:
    inner = io(
        '<camunda:inputParameter name="x">${x + 1}</camunda:inputParameter>'
        '<camunda:inputParameter name="y">${x + 1}</camunda:inputParameter>'
        '<camunda:inputParameter name="l"><camunda:list><camunda:value>${y}</camunda:value></camunda:list>'
        '</camunda:inputParameter><camunda:inputParameter name="m"><camunda:map><camunda:entry key="k">${y}'
        "</camunda:entry></camunda:map></camunda:inputParameter>"
    )
    assert one(user(inner=inner), x=1).task("a")["vars"] == {"x": 2, "y": 3, "l": [3], "m": {"k": 3}}


def test_outputs_see_the_results_and_the_locals_of_their_activity() -> None:
    inner = io(
        '<camunda:inputParameter name="v">${5}</camunda:inputParameter>'
        '<camunda:outputParameter name="kq">${v + w}</camunda:outputParameter>'
    )
    assert one(user(inner=inner)).done("a", w=2).vars == {"kq": 7}


def test_targets_with_several_parts_become_one_context() -> None:
    outputs = "".join(
        f'<zeebe:output source="= {value}" target="{target}"/>'
        for target, value in [("a", 1), ("b.c", 2), ("b.d.e", 3), ("b.d.f.g", 4)]
    )
    play = one(user(inner=f"<zeebe:ioMapping>{outputs}</zeebe:ioMapping>")).done("a")
    assert play.vars == {"a": 1, "b": {"c": 2, "d": {"e": 3, "f": {"g": 4}}}}


def test_variables_are_written_where_they_are_known_in_nested_scopes() -> None:
    local = io('<camunda:inputParameter name="v">${0}</camunda:inputParameter>')
    sub = (
        f'<subProcess id="sp"><extensionElements>{local}</extensionElements><startEvent id="s2"/><userTask id="a"/>'
        '<userTask id="b"/><sequenceFlow id="g1" sourceRef="s2" targetRef="a"/>'
        '<sequenceFlow id="g2" sourceRef="a" targetRef="b"/></subProcess>'
    )
    play = Play(process(BORDER + sub + users("z"), "s sp z e"), x=1).done("a", v=1, x=2, y=3)
    assert play.task("b")["vars"] == {"v": 1, "x": 2, "y": 3} and play.vars == {"x": 2, "y": 3}
    assert play.done("b").vars == {"x": 2, "y": 3}
