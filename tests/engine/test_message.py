"""Messages: catching, throwing, correlation, start events (semantics.md EM1 to EM7, T3)."""

from typing import Any

import pytest

from workflows.engine import commands as cmd

from .building import BORDER, Play, nodes, process, reasons, refused, users
from .elements import M, boundary, catch, definition, throw


def test_message_without_key_correlates_by_business_key_and_is_never_guessed() -> None:
    text = (M, process(BORDER + catch("w", "message"), "s w e"))
    play = Play(*text, key="A")
    other = play.adapter.start("P", {}, "B")
    with refused("AMBIGUOUS"):
        play.message("tin")
    with refused("NO_MATCH"):
        play.message("tin", "C")
    play.message("tin", "B", x=1)
    assert play.state == "active" and play.look(other)["state"] == "completed"
    play.message("tin")
    assert play.state == "completed"


def test_declared_key_is_evaluated_when_the_subscription_opens() -> None:
    message = (
        '<message id="m" name="tin"><extensionElements><zeebe:subscription correlationKey="=ma"/>'
        "</extensionElements></message>"
    )
    play = Play(message, process(BORDER + catch("w", "message"), "s w e"), ma=7)
    play.set(ma=8)
    with refused("NO_MATCH"):
        play.message("tin", "8")
    play.message("tin", "7")
    assert play.state == "completed"


def test_message_start_event() -> None:
    start = f'<startEvent id="s">{definition("message")}</startEvent>'
    play = Play(M, process(start + users("a") + nodes("endEvent", "e"), "s a e"), start=False)
    case = play.message("tin", "K", x=1)
    assert case is not None and play.look(case)["vars"] == {"x": 1} and play.look(case)["waiting"] == ["a"]


def test_running_subscriptions_come_before_start_events() -> None:
    start = f'<startEvent id="s">{definition("message")}</startEvent>' + catch("w", "message")
    play = Play(M, process(start + nodes("endEvent", "e"), "s w e"), start=False)
    case = play.message("tin")
    assert play.message("tin") is None and play.look(case)["state"] == "completed"


def test_thrown_message_reaches_another_case_and_the_thrower_goes_on() -> None:
    receiver = process(
        BORDER.replace('"s"', '"rs"').replace('"e"', '"re"') + catch("w", "message"), "rs w re", key="R", prefix="r"
    )
    play = Play(M, receiver, process(BORDER + throw("t", "message") + users("a"), "s t a e"), start=False)
    waiting = play.adapter.start("R", {}, None)
    case = play.adapter.start("P", {}, None)
    assert play.look(waiting)["state"] == "completed" and play.look(case)["waiting"] == ["a"]


def test_thrown_message_is_not_stored_for_a_later_catch() -> None:
    play = Play(M, process(BORDER + throw("t", "message") + catch("w", "message"), "s t w e"))
    assert play.waiting == ["w"]


def test_a_key_without_value_is_an_error_for_the_waiting_side() -> None:
    key = '<extensionElements><zeebe:subscription correlationKey="=khong"/></extensionElements>'
    message = f'<message id="m" name="tin">{key}</message>'
    with refused("EXPRESSION_ERROR"):
        Play(message, process(BORDER + catch("w", "message"), "s w e"))
    assert Play(message, process(BORDER + throw("t", "message"), "s t e")).state == "completed"


def thrown(play: Play) -> list[dict[str, Any]]:
    return [event for event in play.adapter.store.history(play.case) if event["event"] == "MessageThrown"]


KEYED = (
    '<message id="m" name="tin"><extensionElements><zeebe:subscription correlationKey="=ma"/>'
    "</extensionElements></message>"
)
PAYLOAD = (
    "<extensionElements><camunda:inputOutput><camunda:inputParameter name='so'>${ma + 1}</camunda:inputParameter>"
    "</camunda:inputOutput></extensionElements>"
)


@pytest.mark.parametrize(
    "element",
    [
        f'<intermediateThrowEvent id="t">{PAYLOAD}<messageEventDefinition messageRef="m"/></intermediateThrowEvent>',
        f'<sendTask id="t" messageRef="m">{PAYLOAD}</sendTask>',
    ],
)
def test_a_message_leaves_with_its_data_its_key_and_who_waits_for_it_here(element: str) -> None:
    body = BORDER + nodes("parallelGateway", "p") + catch("w", "message") + catch("w2", "signal") + users("a") + element
    other = '<message id="m9" name="khac"/><signal id="sg" name="tin"/>'
    waits = '<receiveTask id="w3" messageRef="m9"/>'
    play = Play(KEYED, other, process(body + waits, "s p", "p w e", "p w2 e", "p w3 e", "p a t e"), ma=7)
    (waiting,) = [wait.id for wait in play.adapter.store.state(play.case).subscriptions.values() if wait.element == "w"]
    play.done("a")
    assert thrown(play) == [
        {
            "event": "MessageThrown",
            "element": "t",
            "name": "tin",
            "variables": {"so": 8},
            "key": "7",
            "receivers": [waiting],
        }
    ]
    assert play.waiting == ["w2", "w3"] and play.vars == {"ma": 7, "so": 8}


def test_a_name_may_be_an_expression() -> None:
    root = '<message id="m" name="tin-${loai}"/><signal id="sg" name="hieu-${loai}"/>'
    play = Play(root, process(BORDER + catch("w", "message") + catch("w2", "signal"), "s w w2 e"), loai="A")
    play.message("tin-A")
    assert play.waiting == ["w2"]
    assert play.signal("hieu-A").state == "completed"
    told = Play(root, process(BORDER + throw("t", "message") + throw("t2", "signal"), "s t t2 e"), loai="A")
    names = [event["name"] for event in told.adapter.store.history(told.case) if event["event"].endswith("Thrown")]
    assert names == ["tin-A", "hieu-A"]


def test_names_and_keys_see_what_is_local_to_their_task() -> None:
    local = PAYLOAD.replace("'so'", "'ma'")
    play = Play(KEYED, process(BORDER + f'<receiveTask id="w" messageRef="m">{local}</receiveTask>', "s w e"), ma=7)
    play.message("tin", "8")
    assert play.state == "completed"
    told = Play(KEYED, process(BORDER + f'<sendTask id="t" messageRef="m">{local}</sendTask>', "s t e"), ma=7)
    assert thrown(told)[0]["key"] == "8"


def test_a_key_without_value_is_refused_with_its_reason() -> None:
    assert reasons(lambda: Play(KEYED, process(BORDER + catch("w", "message"), "s w e"), ma=None)) == [
        ("EXPRESSION_ERROR", {"element": "w", "message": "Khoá nhận tin không có giá trị."})
    ]


@pytest.mark.parametrize("kind", ["message", "signal"])
def test_what_was_waited_for_is_told_as_delivered(kind: str) -> None:
    play = Play(M, process(BORDER + users("a") + catch("w", kind) + boundary("message"), "s a e", "s w e", "b e"))
    state = play.adapter.store.state(play.case)
    (wait,) = [wait for wait in state.subscriptions.values() if wait.element == "w"]
    deliver = cmd.DeliverMessage(wait.id) if kind == "message" else cmd.DeliverSignal(wait.id)
    play.adapter._command(play.case, deliver)
    play.done("a")
    closed = [event for event in play.adapter.store.history(play.case) if event["event"] == "SubscriptionClosed"]
    assert [(event["element"], event.get("delivered", False)) for event in closed] == [("w", True), ("b", False)]


def test_outputs_of_a_message_are_those_of_its_payload() -> None:
    output = '<zeebe:output source="= x + 1" target="kq"/>'
    out = f"<extensionElements><zeebe:ioMapping>{output}</zeebe:ioMapping></extensionElements>"
    definition = '<messageEventDefinition messageRef="m"/>'
    event = f'<boundaryEvent id="b" attachedToRef="a">{out}{definition}</boundaryEvent>'
    play = Play(M, process(BORDER + users("a") + event, "s a e", "b e"), x=100)
    play.message("tin", x=1)
    assert play.vars == {"x": 100, "kq": 2}
    bad = event.replace("= x + 1", "${khong}")
    broken = Play(M, process(BORDER + users("a") + bad, "s a e", "b e"))
    ((code, facts),) = reasons(lambda: broken.message("tin"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "b")
