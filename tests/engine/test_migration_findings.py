"""All findings about a migration, each with what it is about, and what follows for the things that are waited for."""

from __future__ import annotations

from typing import Any

from workflows.bpmn.read import read
from workflows.engine import CLOCK
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, Play, file, nodes, process, reasons, refused, users
from .desk import BINH, Desk
from .migrating import MULTI, M, boundary, catch, handler, message, migrated, sub, tasks, timer, told


def test_each_finding_names_what_it_is_about() -> None:
    body = BORDER + nodes("parallelGateway", "p", "j") + users("gone", "kind", "moved", "a") + catch(message())
    play = Play(M, process(body, "s p gone e", "p kind j", "p moved e", "p c e", "p a j e")).done("a")
    new = BORDER + nodes("parallelGateway", "p", "j") + sub("sp", users("moved"), "sps moved") + catch(message("m2"))
    found = told(
        play,
        M,
        process(new + '<receiveTask id="kind" messageRef="m"/>', "s p kind j e", "p sp e", "p c e", "p j"),
        gone="mat",
        a="c",
        lac="c",
    )
    assert found == [
        ("BAD_MAPPING", {"element": "gone", "target": "mat"}),
        ("BAD_MAPPING", {"element": "lac", "target": "c"}),
        ("FLOW_GONE", {"element": "f4_a_j", "join": "j"}),
        ("ELEMENT_GONE", {"element": "gone", "target": "mat"}),
        ("KIND_CHANGED", {"element": "kind", "was": "userTask", "now": "receiveTask"}),
        ("SCOPE_CHANGED", {"element": "moved", "was": "P", "now": "sp"}),
        ("MESSAGE_RENAMED", {"element": "c", "was": "tin", "now": "tin_moi"}),
    ]


def test_the_event_that_is_waited_for_is_the_nature_of_a_catch_event_and_not_of_a_task() -> None:
    play = Play(M, process(BORDER + catch(message()), "s c e"))
    kinds = {"was": "intermediateCatchEvent", "now": "intermediateCatchEvent"}
    assert told(play, M, process(BORDER + catch(timer()), "s c e")) == [("KIND_CHANGED", {"element": "c", **kinds})]
    job = 'camunda:type="external" camunda:topic="gui"'
    play = Play(M, process(BORDER + f'<sendTask id="x" messageRef="m" {job}/>', "s x e"))
    assert told(play, M, process(BORDER + f'<sendTask id="x" {job}/>', "s x e")) == []


def test_work_for_a_worker_stays_work_for_a_worker() -> None:
    external = '<businessRuleTask id="x" camunda:type="external" camunda:topic="t"/>'
    play = Play(process(BORDER + external, "s x e"))
    assert told(play, process(BORDER + external.replace('"t"', '"t2"'), "s x e")) == []
    assert migrated(play, process(BORDER + external, "s x e")).waiting == ["x"]


def test_a_repeated_step_must_be_repeated_in_the_same_way() -> None:
    def each(inner: str = "") -> str:
        return process(BORDER + f'<userTask id="x">{inner}</userTask>', "s x e")

    kinds = [
        "",
        MULTI.format(""),
        MULTI.format('isSequential="true"'),
        '<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="= [1, 2, 3]" '
        'outputCollection="kq" outputElement="= 1"/></extensionElements></multiInstanceLoopCharacteristics>',
        '<standardLoopCharacteristics loopMaximum="2"/>',
    ]
    for before in kinds:
        for after in kinds:
            found = told(Play(each(before)), each(after))
            assert found == ([] if before == after else [("REPETITION_CHANGED", {"element": "x"})])


def test_a_scope_that_was_interrupted_waits_for_no_handler() -> None:
    body = BORDER + users("x") + handler(message())
    play = Play(M, process(body, "s x e"))
    play.message("tin")
    assert play.waiting == ["hx"]
    assert told(play, M, process(body.replace("</subProcess>", f"{users('them')}</subProcess>"), "s x e")) == []
    assert migrated(play, M, process(body, "s x e")).done("hx").state == "completed"


def test_handlers_inside_an_open_sub_process_are_added_there() -> None:
    def body(inner: str = "") -> str:
        return process(BORDER + sub("sp", users("x") + inner, "sps x") + users("z"), "s sp z e")

    play = Play(M, body())
    assert told(play, M, body(handler(message()))) == [("WAIT_ADDED", {"element": "hs"})]
    migrated(play, M, body(handler(message()))).message("tin")
    assert play.waiting == ["hx"] and play.done("hx").waiting == ["z"]


def test_the_border_of_a_repeated_step_is_that_of_the_whole() -> None:
    each = f'<userTask id="x">{MULTI.format("")}</userTask>'
    play = Play(process(BORDER + each + users("y"), "s x e", "s y e"))
    new = process(BORDER + each + users("y") + boundary(timer()), "s x e", "s y e", "b y e")
    assert told(play, new) == [("WAIT_ADDED", {"element": "b"})]
    migrated(play, new)
    assert len(play.look()["timers"]) == 1
    assert told(play, new.replace("PT1H", "PT2H")) == [("TIMER_KEPT", {"element": "b"})]


def test_a_receive_task_keeps_its_message_and_its_border() -> None:
    receive = '<receiveTask id="x" messageRef="m"/>'
    play = Play(M, process(BORDER + receive + users("y"), "s x e", "y e"))
    new = process(BORDER + receive + users("y") + boundary(timer()), "s x e", "b y e")
    assert told(play, M, new) == [("WAIT_ADDED", {"element": "b"})]
    migrated(play, M, new)
    assert play.advance("PT1H").waiting == ["x", "y"]
    renamed = process(BORDER + receive.replace('"m"', '"m2"') + users("y"), "s x e", "y e")
    assert told(play, M, renamed) == [("MESSAGE_RENAMED", {"element": "x", "was": "tin", "now": "tin_moi"})]


def test_rounds_of_a_receive_task_wait_each_for_itself() -> None:
    receive = f'<receiveTask id="x" messageRef="m">{MULTI.format("")}</receiveTask>'
    play = Play(M, process(BORDER + receive, "s x e"))
    new = process(BORDER + receive + users("y"), "s x y e")
    assert told(play, M, new) == []
    assert sorted(migrated(play, M, new).waiting) == ["x", "x", "x"]


def test_a_declared_key_that_changes_is_a_renamed_message() -> None:
    def keyed(name: str) -> str:
        key = f'<zeebe:subscription correlationKey="={name}"/>'
        return f'<message id="m" name="tin"><extensionElements>{key}</extensionElements></message>'

    body = process(BORDER + catch(message()) + users("z"), "s c z e")
    play = Play(keyed("ma"), body, ma=1, so=2)
    renamed = {"element": "c", "was": "tin", "now": "tin"}
    assert told(play, keyed("so"), body) == [("MESSAGE_RENAMED", renamed)]
    migrated(play, keyed("so"), body)
    with refused("NO_MATCH"):
        play.message("tin", "1")
    play.message("tin", "2")
    assert play.waiting == ["z"]


def test_a_message_under_another_name_of_its_element_keeps_its_key() -> None:
    key = '<zeebe:subscription correlationKey="=ma"/>'
    root = f'<message id="m" name="tin"><extensionElements>{key}</extensionElements></message>'
    play = Play(root, process(BORDER + catch(message()) + users("z"), "s c z e"), ma=1).set(ma=2)
    migrated(play, root, process(BORDER + catch(message(), "c2") + users("z"), "s c2 z e"), c="c2")
    play.message("tin", "1")
    assert play.waiting == ["z"]


def test_a_repeating_timer_under_another_name_goes_on_counting() -> None:
    def cycle(name: str) -> str:
        return boundary("<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>", name)

    play = Play(process(BORDER + users("x", "y") + cycle("b"), "s x e", "b y e")).advance("PT90M")
    (before,) = play.adapter.store.state(play.case).timers.values()
    migrated(play, process(BORDER + users("x", "y") + cycle("b2"), "s x e", "b2 y e"), b="b2")
    (after,) = play.adapter.store.state(play.case).timers.values()
    assert (after.element, after.fired, after.left) == ("b2", 1, 2)
    assert (after.instance, after.due, after.cycle, after.anchor) == (
        before.instance,
        before.due,
        before.cycle,
        before.anchor,
    )
    assert play.advance("P1D").waiting == ["x", "y", "y", "y"]


def test_the_history_says_what_was_withdrawn_and_from_where_to_where() -> None:
    condition = "<conditionalEventDefinition><condition>${n &gt; 5}</condition></conditionalEventDefinition>"
    waits = boundary(timer()) + boundary(message(), "bm") + boundary(condition, "bc")
    play = Play(M, process(BORDER + users("x") + waits, "s x e", "b e", "bm e", "bc e"), n=1)
    migrated(play, M, process(BORDER + users("y"), "s y e"), x="y")
    history = play.adapter.store.history(play.case)
    gone = {
        event["event"]: event["element"]
        for event in history
        if event["event"] in {"TimerDisarmed", "SubscriptionClosed", "ConditionDropped"}
    }
    assert gone == {"TimerDisarmed": "b", "SubscriptionClosed": "bm", "ConditionDropped": "bc"}
    (event,) = [event for event in history if event["event"] == "CaseMigrated"]
    assert (event["source"], event["definition"], event["reason"]) == ("1", "2", "sửa quy trình")
    assert event["elements"] == {"x": "y"}
    state = play.adapter.store.state(play.case)
    assert not (state.timers or state.subscriptions or state.watches)


def test_a_join_of_a_round_that_has_fired_must_still_be_complex() -> None:
    condition = "<activationCondition>${activationCount >= 2}</activationCondition>"
    gateway = f'<complexGateway id="j">{condition}</complexGateway>'
    body = BORDER + nodes("parallelGateway", "p") + users("a", "b", "c", "z")
    chains = ("s p", "p a j", "p b j", "p c j", "j z e")
    play = Play(process(body + gateway, *chains)).done("a").done("b")
    assert play.waiting == ["c", "z"]
    assert told(play, process(body + gateway, *chains)) == []
    parallel = process(body + nodes("parallelGateway", "j"), *chains)
    assert told(play, parallel) == [("ELEMENT_GONE", {"element": "j", "target": "j"})]
    other = process(body + gateway.replace('"j"', '"j2"'), *(chain.replace("j", "j2") for chain in chains))
    assert told(play, other) == [("ELEMENT_GONE", {"element": "j", "target": "j"})]
    renamed = {"j": "j2", **{f"f{n}_{x}_j": f"f{n}_{x}_j2" for n, x in ((1, "a"), (2, "b"), (3, "c"))}}
    migrated(play, other, **renamed)
    assert play.done("c").waiting == ["z"] and play.done("z").state == "completed"


def test_an_incident_of_a_timer_says_which() -> None:
    body = BORDER + '<exclusiveGateway id="g"/>' + users("u", "x")
    play = Play(process(body + boundary(timer()), "s x e", "b g [${x > 1}] u e"), x=0).advance("PT1H")
    (incident,) = play.adapter.store.state(play.case).incidents
    found = told(play, process(body, "s x g u e"))
    assert ("INCIDENT_OPEN", {"element": "b", "incident": incident}) in found


def test_what_is_being_undone_must_still_be_there() -> None:
    def body(name: str, inner: str = "") -> str:
        def undo(of: str) -> str:
            return (
                f'<userTask id="{of}"/><boundaryEvent id="cb_{of}" attachedToRef="{of}"><compensateEventDefinition/>'
                f'</boundaryEvent><userTask id="bo_{of}" isForCompensation="true"/>'
                f'<association id="as_{of}" sourceRef="cb_{of}" targetRef="bo_{of}"/>'
            )

        throw = '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
        sp = sub("sp", undo(name), f"sps {name}")
        return process(BORDER + sp + undo("b") + users("w") + throw, "s sp b w t e")

    play = Play(body("a")).done("a").done("b")
    assert told(play, body("a2")) == [("COMPENSATION_GONE", {"element": "a"})]
    play.done("w")
    assert play.waiting == ["bo_b"]
    assert told(play, body("a2")) == [("COMPENSATION_GONE", {"element": "a"})]
    migrated(play, body("a2"), a="a2", cb_a="cb_a2", bo_a="bo_a2")
    assert play.done("bo_b").waiting == ["bo_a2"]
    assert play.done("bo_a2").state == "completed"


def test_a_task_is_only_told_anew_when_something_about_it_is_new() -> None:
    def body(attributes: str = "", name: str = "Duyệt") -> str:
        return process(BORDER + f'<userTask id="x" name="{name}" {attributes}/>', "s x e")

    def revised(before: str, after: str) -> list[dict[str, Any]]:
        play = migrated(Play(before), after)
        return [event for event in play.adapter.store.history(play.case) if event["event"] == "TaskRevised"]

    groups = 'camunda:candidateGroups="{}"'
    assert revised(body(), body()) == []
    assert revised(body(groups.format("a")), body(groups.format("a"))) == []
    (event,) = revised(body(groups.format("a")), body(groups.format("b")))
    assert (event["element"], event["candidate_groups"]) == ("x", ["b"])
    (event,) = revised(body(name="Duyệt"), body(name="Duyệt lại"))
    assert event["name"] == "Duyệt lại"
    (event,) = revised(body('camunda:formKey="cu"'), body('camunda:formKey="moi"'))
    assert event["form_key"] == "moi"
    job = '<serviceTask id="x" camunda:type="external" camunda:topic="{}"/>'
    (event,) = revised(process(BORDER + job.format("t"), "s x e"), process(BORDER + job.format("t2"), "s x e"))
    assert event["topic"] == "t2"


def test_who_may_do_a_task_is_computed_anew() -> None:
    def body(attributes: str) -> str:
        return process(BORDER + users("soan") + f'<userTask id="x" {attributes}/>', "s soan x e")

    play = Play(body("")).done("soan")
    migrated(play, body('camunda:candidateUsers="an, binh" camunda:candidateGroups="g"'))
    (task,) = tasks(play).values()
    assert (task.candidate_users, task.candidate_groups, task.remembered) == (("an", "binh"), ("g",), False)
    (opened,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "TaskRevised"]
    assert opened["candidate_users"] == ["an", "binh"]


def test_the_process_must_be_in_the_new_file() -> None:
    play = Play(process(BORDER + users("x"), "s x e"))
    play.adapter.deploy({"q.bpmn": file(process(BORDER + users("x"), "s x e", key="Q"))})
    assert reasons(lambda: play.adapter._command(play.case, cmd.MigrateCase("2", "thử"))) == [
        ("NOT_FOUND", {"what": "process", "process": "P"})
    ]


def test_incidents_that_lost_their_wait_are_closed_with_the_reason() -> None:
    body = BORDER + '<exclusiveGateway id="g"/>' + users("u", "x") + boundary(message(), "bm")
    play = Play(M, process(body, "s x e", "bm g [${n > 1}] u e"), n=0)
    (subscription,) = play.adapter.store.state(play.case).subscriptions
    play.adapter._decide(
        play.case, play.adapter.store.state(play.case), cmd.DeliverMessage(subscription), CLOCK, play.clock
    )
    assert play.incidents == [("NO_OUTGOING_FLOW", "g")]
    migrated(play, M, process(BORDER + users("x"), "s x e"))
    closed = [event for event in play.adapter.store.history(play.case) if event["event"] == "IncidentResolved"]
    assert play.incidents == [] and [event["reason"] for event in closed] == ["sửa quy trình"]


def test_what_a_border_and_the_handlers_of_a_scope_wait_for_are_both_compared() -> None:
    def body(hour: str) -> str:
        inner = sub("x", users("u") + handler(message()), "xs u")
        return process(BORDER + inner + users("y") + boundary(timer(hour)), "s x e", "b y e")

    play = Play(M, body("PT1H"))
    assert told(play, M, body("PT1H")) == []
    assert told(play, M, body("PT2H")) == [("TIMER_KEPT", {"element": "b"})]
    other = body("PT1H").replace('messageRef="m"', 'messageRef="m2"')
    assert told(play, M, other) == [("MESSAGE_RENAMED", {"element": "hs", "was": "tin", "now": "tin_moi"})]


def test_a_flow_that_is_gone_with_its_join_or_leads_to_another_kind() -> None:
    def body(kind: str) -> str:
        gates = nodes("parallelGateway", "p") + nodes(kind, "j")
        return process(BORDER + gates + users("a", "b"), "s p", "p a j e", "p b j")

    play = Play(body("parallelGateway")).done("a")
    gone = [("FLOW_GONE", {"element": "f1_a_j", "join": "j"})]
    assert told(play, body("inclusiveGateway")) == gone
    assert told(play, process(BORDER + users("b"), "s b e")) == gone


def test_waits_inside_a_called_process_keep_their_names() -> None:
    called = process(
        BORDER.replace('"s"', '"qs"').replace('"e"', '"qe"') + catch(message()), "qs c qe", key="Q", prefix="q"
    )
    top = BORDER + '<callActivity id="goi" calledElement="Q"/>'
    play = Play(M, called, process(top, "s goi e"))
    migrated(play, M, process(top.replace('"goi"', '"goi2"'), "s goi2 e"), goi="goi2")
    play.message("tin")
    assert play.state == "completed"


def test_an_interrupted_scope_gets_no_new_handler() -> None:
    body = BORDER + users("x") + handler(message())
    play = Play(M, process(body, "s x e"))
    play.message("tin")
    second = handler(message("m2")).replace('"h"', '"h2"').replace('"hs"', '"hs2"').replace('"hx"', '"hx2"')
    assert told(play, M, process(body + second.replace("h0_hs_hx", "h1"), "s x e")) == []


def test_a_running_handler_of_compensation_gets_its_borders() -> None:
    def body(*borders: str) -> str:
        undo = (
            '<userTask id="a"/><boundaryEvent id="cb" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
            '<userTask id="x" isForCompensation="true"/><association id="as" sourceRef="cb" targetRef="x"/>'
            '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
        )
        chains = ("b y e",) if borders else ("y e",)
        return process(BORDER + undo + users("y") + "".join(borders), "s a t e", *chains)

    play = Play(body()).done("a")
    assert play.waiting == ["x"]
    assert told(play, body(boundary(timer()))) == [("WAIT_ADDED", {"element": "b"})]
    assert migrated(play, body(boundary(timer()))).advance("PT1H").waiting == ["x", "y"]


def test_expressions_about_a_task_are_evaluated_where_it_stands() -> None:
    local = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='v'>${so}</camunda:inputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )

    def body(more: str) -> str:
        task = (
            f'<userTask id="x" name="Duyệt{more} ${{v}}" camunda:formKey="f{more}${{v}}" '
            f'camunda:candidateUsers="u{more}${{v}}" camunda:candidateGroups="g{more}${{v}}" kehoach:exclude="soan">'
            f"{local}</userTask>"
        )
        return process(BORDER + users("soan") + task, "s soan x e")

    play = Play(body(""), so=7).done("soan")
    migrated(play, body("2_"))
    (event,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "TaskRevised"]
    assert (event["name"], event["form_key"]) == ("Duyệt2_ 7", "f2_7")
    assert (event["candidate_users"], event["candidate_groups"]) == (["u2_7"], ["g2_7"])


def test_who_must_not_do_a_task_is_computed_anew() -> None:
    def body(exclude: str) -> str:
        return process(BORDER + users("soan") + f'<userTask id="x" {exclude}/>' + users("y"), "s soan x y e")

    desk = Desk(body('kehoach:exclude="soan"'))
    desk.do(cmd.CompleteTask(desk.task("soan")), BINH)
    desk.definitions.add("d2", read(file(body('kehoach:exclude="soan" camunda:formKey="f"'))))
    told_ = desk.do(cmd.MigrateCase("d2", "vì"))
    (revised,) = [event for event in told_ if isinstance(event, ev.TaskRevised)]
    assert (revised.excluded, revised.remembered) == (("binh",), False)
    remembering = body('kehoach:exclude="soan"').replace('<userTask id="y"/>', '<userTask id="y" kehoach:exclude="x"/>')
    desk.definitions.add("d3", read(file(remembering)))
    (revised,) = [event for event in desk.do(cmd.MigrateCase("d3", "vì")) if isinstance(event, ev.TaskRevised)]
    assert revised.remembered
