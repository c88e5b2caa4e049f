"""A running case goes on under another definition, with everything that is open in it; or all findings say why not."""

from __future__ import annotations

import pytest

from workflows.engine import commands as cmd

from .building import BORDER, Play, file, flows, nodes, process, refused, users
from .migrating import MULTI, M, boundary, catch, findings, message, migrated, sub, tasks, timer


def test_the_way_behind_the_open_step_is_that_of_the_new_version() -> None:
    play = Play(process(BORDER + users("x"), "s x e"))
    (task,) = tasks(play)
    migrated(play, process(BORDER + users("x", "y"), "s x y e"))
    assert list(tasks(play)) == [task]
    assert play.done("x").waiting == ["y"]


def test_tasks_keep_holder_and_due_date_and_get_the_candidates_of_today() -> None:
    def task(groups: str, due: str) -> str:
        return f'<userTask id="x" camunda:candidateGroups="{groups}" camunda:dueDate="{due}"/>'

    play = Play(process(BORDER + task("can_bo@1", "PT1H"), "s x e"))
    (task_id,) = tasks(play)
    play.adapter._command(play.case, cmd.ReassignTask(task_id, "7"))
    migrated(play, process(BORDER + task("thu_truong@1", "PT9H"), "s x e"))
    assert (tasks(play)[task_id].assignee, tasks(play)[task_id].candidate_groups) == ("7", ("thu_truong@1",))
    opened = [event for event in play.adapter.store.history(play.case) if event["event"] == "TaskOpened"]
    assert len(opened) == 1


def test_everything_that_forbids_is_told_at_once() -> None:
    one = users("gone", "kind", "moved") + f'<userTask id="each">{MULTI.format("")}</userTask>'
    fork = nodes("parallelGateway", "p")
    play = Play(process(BORDER + fork + one, "s p gone e", "p kind e", "p moved e", "p each e"))
    inner = sub("sp", users("moved"), "sps moved")
    each = f'<userTask id="each">{MULTI.format("""isSequential="true" """)}</userTask>'
    told = findings(
        play,
        process(
            BORDER + fork + inner + each + '<receiveTask id="kind" messageRef="m"/>', "s p kind e", "p sp e", "p each e"
        ),
        M,
        x="y",
    )
    assert told == {
        "BAD_MAPPING": ["x"],
        "ELEMENT_GONE": ["gone"],
        "KIND_CHANGED": ["kind"],
        "SCOPE_CHANGED": ["moved"],
        "REPETITION_CHANGED": ["each"],
    }


def test_a_step_is_mapped_with_all_that_waits_at_it() -> None:
    play = Play(M, process(BORDER + users("x") + boundary(timer()) + boundary(message(), "bm"), "s x e", "b e", "bm e"))
    body = users("z", "y") + boundary(timer(), "t", "z") + boundary(message(), "tm", "z")
    migrated(play, M, process(BORDER + body, "s z e", "t y e", "tm e"), x="z", b="t", bm="tm")
    assert (play.waiting, play.look()["timers"][0]["element"]) == (["z"], "t")
    play.message("tin")
    assert play.advance("PT1H").waiting == ["y", "z"]
    assert play.done("z").done("y").state == "completed"


def test_timers_keep_their_instant_and_new_ones_count_from_now() -> None:
    play = Play(process(BORDER + users("x", "y") + boundary(timer("PT2H")), "s x e", "b y e")).advance("PT1H")
    again = boundary(timer("PT9H")) + boundary(timer("PT3H"), "b2")
    new = process(BORDER + users("x", "y") + again, "s x e", "b y e", "b2 y e")
    assert findings(play, new) == {"TIMER_KEPT": ["b"], "WAIT_ADDED": ["b2"]}
    migrated(play, new)
    assert {each["element"]: each["due"][11:16] for each in play.look()["timers"]} == {"b": "03:00", "b2": "05:00"}


def test_what_fired_before_is_not_armed_again() -> None:
    body = BORDER + users("x", "y") + boundary(timer())
    play = Play(process(body, "s x e", "b y e")).advance("PT1H").done("y")
    assert findings(play, process(body, "s x e", "b y e")) == {}
    assert migrated(play, process(body, "s x e", "b y e")).look()["timers"] == []


def test_a_wait_that_is_gone_or_of_another_kind_is_dropped() -> None:
    play = Play(M, process(BORDER + users("x") + boundary(timer()) + boundary(message(), "bm"), "s x e", "b e", "bm e"))
    new = process(BORDER + users("x") + boundary('<signalEventDefinition signalRef="sg"/>'), "s x e", "b e")
    assert findings(play, M, new) == {"WAIT_DROPPED": ["b", "bm"], "WAIT_ADDED": ["b"]}
    state = migrated(play, M, new).adapter.store.state(play.case)
    assert (list(state.timers), [wait.name for wait in state.subscriptions.values()]) == ([], ["hieu"])


def test_a_message_of_another_name_is_waited_for_under_that_name() -> None:
    play = Play(M, process(BORDER + catch(message()) + users("x"), "s c x e"))
    new = process(BORDER + catch(message("m2")) + users("x"), "s c x e")
    assert findings(play, M, new) == {"MESSAGE_RENAMED": ["c"]}
    migrated(play, M, new)
    with refused("NO_MATCH"):
        play.message("tin")
    play.message("tin_moi")
    assert play.waiting == ["x"]


def test_handlers_of_the_process_and_targets_of_an_event_gateway_follow() -> None:
    def handler(inner: str) -> str:
        start = f'<startEvent id="hs" isInterrupting="false">{inner}</startEvent>'
        return (
            f'<subProcess id="h" triggeredByEvent="true">{start}{users("hx")}{flows("hs hx", prefix="h")}</subProcess>'
        )

    gateway = nodes("eventBasedGateway", "g") + catch(message())
    play = Play(M, process(BORDER + gateway + users("x"), "s g c x e"))
    new = process(BORDER + gateway + catch(timer(), "c2") + users("x") + handler(message("m2")), "s g c x e", "g c2 e")
    assert sorted(findings(play, M, new)["WAIT_ADDED"]) == ["c2", "hs"]
    migrated(play, M, new).message("tin_moi")
    assert play.waiting == ["g", "hx"]
    assert play.done("hx").advance("PT1H").state == "completed"


@pytest.mark.parametrize("kind", ["parallelGateway", "inclusiveGateway"])
def test_a_join_with_fewer_ways_in_is_looked_at_again(kind: str) -> None:
    def body(*more: str) -> str:
        return process(
            BORDER + nodes("parallelGateway", "p") + nodes(kind, "j") + users("a", "b", "c", "z"),
            "s p a j z e",
            "p b j",
            *more,
        )

    play = Play(body("p c j")).done("a").done("b")
    assert play.waiting == ["c"]
    new = body("p c e")
    assert findings(play, new) == {}
    assert migrated(play, new).waiting == ["c", "z"]


def test_a_held_token_needs_its_flow() -> None:
    body = BORDER + nodes("parallelGateway", "p", "j") + users("a", "b", "z")
    play = Play(process(body, "s p a j z e", "p b j")).done("a")
    new = process(body, "s p a j z e", "p b j", prefix="k")
    assert findings(play, new) == {"FLOW_GONE": ["f0_a_j"]}
    assert migrated(play, new, f0_a_j="k0_a_j").done("b").waiting == ["z"]


def test_a_condition_that_says_something_else_now_is_looked_at_again() -> None:
    def body(bound: int) -> str:
        inner = f"<conditionalEventDefinition><condition>${{x &gt; {bound}}}</condition></conditionalEventDefinition>"
        return process(BORDER + catch(inner) + users("u"), "s c u e")

    play = Play(body(9), x=5)
    assert migrated(play, body(7)).waiting == ["c"]
    assert migrated(play, body(3)).waiting == ["u"]


def test_what_may_have_to_be_undone_must_still_be_there() -> None:
    def body(name: str) -> str:
        undo = (
            f'<boundaryEvent id="cb" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
            '<userTask id="h" isForCompensation="true"/><association id="a1" sourceRef="cb" targetRef="h"/>'
            '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
        )
        return process(BORDER + users(name, "z") + undo, f"s {name} z t e")

    play = Play(body("x")).done("x")
    assert findings(play, body("y")) == {"COMPENSATION_GONE": ["x"]}
    assert migrated(play, body("y"), x="y").done("z").waiting == ["h"]


def test_an_incident_whose_timer_is_gone_is_settled_first() -> None:
    body = BORDER + '<exclusiveGateway id="g"/>' + users("u")
    play = Play(process(body + catch(timer()), "s c g [${x > 1}] u e"), x=0).advance("PT1H")
    new = process(body + catch(timer(), "c2"), "s c2 g u e")
    assert findings(play, new, c="c2") == {}
    migrated(play, new, c="c2")
    (incident,) = play.adapter.store.state(play.case).incidents
    play.adapter._command(play.case, cmd.RetryIncident(incident))
    assert play.waiting == ["u"]
    play = Play(process(body + users("x") + boundary(timer()), "s x e", "b g [${x > 1}] u e"), x=0).advance("PT1H")
    assert findings(play, process(body + users("x"), "s x g u e")) == {"INCIDENT_OPEN": ["b"]}


def test_called_processes_keep_their_version_and_repeated_steps_their_count() -> None:
    called = process(BORDER.replace('"s"', '"qs"').replace('"e"', '"qe"') + users("u"), "qs u qe", key="Q", prefix="q")
    each = f'<userTask id="m">{MULTI.format("")}</userTask>'
    body = BORDER + '<callActivity id="c" calledElement="Q"/>' + each
    play = Play(called, process(body, "s c e", "s m e")).done("m")
    migrated(play, process(body + users("z"), "s c z e", "s m z e"))
    assert play.done("m").done("m").waiting == ["u", "z"]
    assert play.done("u").waiting == ["z", "z"]


def test_there_must_be_another_version_of_the_process() -> None:
    play = Play(process(BORDER + users("x"), "s x e"))
    with refused("SAME_VERSION"):
        play.adapter._command(play.case, cmd.MigrateCase("1", "thử"))
    play.adapter.deploy({"q.bpmn": file(process(BORDER + users("x"), "s x e", key="Q"))})
    with refused("NOT_FOUND"):
        play.adapter._command(play.case, cmd.MigrateCase("2", "thử"))
