"""Tasks, human-task attributes and data (semantics.md T, H, D)."""

import pytest

from .building import BORDER, Play, process, refused, users


def one(task: str, **variables: object) -> Play:
    return Play(process(BORDER + task + users("z"), "s a z e"), **variables)


def user(attributes: str = "", inner: str = "") -> str:
    return f'<userTask id="a" {attributes}><extensionElements>{inner}</extensionElements></userTask>'


def test_zeebe_attributes() -> None:
    inner = (
        '<zeebe:assignmentDefinition assignee="= nguoi" candidateGroups="= nhom" candidateUsers="an, binh"/>'
        '<zeebe:taskSchedule dueDate="2026-01-08T08:00:00+07:00" followUpDate="= nhac"/>'
        '<zeebe:priorityDefinition priority="70"/>'
        '<zeebe:formDefinition formKey="mau"/>'
    )
    task = one(user(inner=inner), nguoi="ct", nhom=["g1", "g2"], nhac="2026-01-06T01:00:00Z").task("a")
    assert (
        task["assignee"] == "ct"
        and task["candidateGroups"] == ["g1", "g2"]
        and task["candidateUsers"] == ["an", "binh"]
    )
    assert task["due"] == "2026-01-08T01:00:00+00:00" and task["followUp"] == "2026-01-06T01:00:00+00:00"
    assert task["priority"] == 70 and task["formKey"] == "mau"


@pytest.mark.parametrize("prefix", ["camunda", "activiti", "flowable"])
def test_the_camunda_family(prefix: str) -> None:
    task = one(
        user(f'{prefix}:candidateGroups="${{nhom}}, g3" {prefix}:dueDate="${{ngay_lam_viec(2)}}"'), nhom="g1"
    ).task("a")
    assert task["candidateGroups"] == ["g1", "g3"] and task["due"] == "2026-01-07T16:59:59+00:00"
    assert task["priority"] == 50


def test_candidate_groups_as_composite_text_and_list() -> None:
    assert one(user('camunda:candidateGroups="can_bo@${don_vi}"'), don_vi=12).task("a")["candidateGroups"] == [
        "can_bo@12"
    ]
    assert one(user('camunda:candidateUsers="${ds}"'), ds=["x", "y"]).task("a")["candidateUsers"] == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "persons", "groups"),
    [
        ("user(an), group(van_thu), ke_toan", ["an"], ["van_thu", "ke_toan"]),
        ("user(${ai}), group( ${nhom} )", ["binh"], ["g1", "g2"]),
        ("${nhom}, phong_${so}", [], ["g1", "g2", "phong_7"]),
        ("= nhom", [], ["g1", "g2"]),
        ("user(), group( )", [], []),
    ],
)
def test_potential_owner(text: str, persons: list[str], groups: list[str]) -> None:
    owner = (
        f"<potentialOwner><resourceAssignmentExpression><formalExpression>{text}</formalExpression>"
        "</resourceAssignmentExpression></potentialOwner>"
    )
    task = one(f'<userTask id="a">{owner}</userTask>', ai="binh", nhom=["g1", "g2"], so=7).task("a")
    assert task["candidateUsers"] == persons and task["candidateGroups"] == groups


def test_name_may_hold_an_expression_and_bad_dates_are_refused() -> None:
    assert one('<userTask id="a" name="Duyệt ${so}"/>', so=5).task("a")["name"] == "Duyệt 5"
    with refused("EXPRESSION_ERROR"):
        one(user('camunda:dueDate="ngày mai"'))


def test_initiator() -> None:
    body = '<startEvent id="s" camunda:initiator="nguoi_tao"/><endEvent id="e"/>' + users("a")
    assert "nguoi_tao" in Play(process(body, "s a e")).vars


@pytest.mark.parametrize("kind", ["task", "manualTask"])
def test_tasks_that_pass(kind: str) -> None:
    play = one(f'<{kind} id="a"/>')
    assert play.waiting == ["z"] and play.ended == ["a"]


@pytest.mark.parametrize(
    "task",
    [
        '<serviceTask id="a" camunda:type="external" camunda:topic="viec"/>',
        '<serviceTask id="a"><extensionElements><zeebe:taskDefinition type="viec"/></extensionElements></serviceTask>',
        '<sendTask id="a" camunda:type="external" camunda:topic="viec"/>',
        '<businessRuleTask id="a" camunda:decisionRef="viec"/>',
    ],
)
def test_jobs_wait_for_a_worker(task: str) -> None:
    play = one(task)
    assert play.waiting == ["a"]
    assert play.done("a", kq=1).waiting == ["z"] and play.vars == {"kq": 1}


def test_send_task_without_job_throws_its_message() -> None:
    play = Play(
        '<message id="m" name="tin"/>', process(BORDER + '<sendTask id="a" messageRef="m"/>' + users("z"), "s a z e")
    )
    assert play.waiting == ["z"] and play.ended == ["a"]
    assert any(event["event"] == "MessageThrown" for event in play.adapter.store.history(play.case))


def test_message_end_event_as_a_job() -> None:
    end = '<endEvent id="x"><messageEventDefinition camunda:type="external" camunda:topic="gui"/></endEvent>'
    play = Play(process(BORDER + end, "s x"))
    assert play.waiting == ["x"]
    assert play.done("x").state == "completed"


def test_script_tasks() -> None:
    assert (
        one(
            '<scriptTask id="a" scriptFormat="juel" camunda:resultVariable="y"><script>${x + 1}</script></scriptTask>',
            x=1,
        ).vars["y"]
        == 2
    )
    zeebe = (
        '<scriptTask id="a"><extensionElements><zeebe:script expression="= x * 2" resultVariable="y"/>'
        "</extensionElements></scriptTask>"
    )
    assert one(zeebe, x=4).vars["y"] == 8


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
