"""Signals (semantics.md ES1 to ES4)."""

from .building import BORDER, Play, nodes, process, users
from .elements import M, boundary, catch, definition, sub, throw


def test_signal_reaches_all_waiting_cases_and_is_not_stored() -> None:
    play = Play(M, process(BORDER + catch("w", "signal") + users("a"), "s w a e"))
    other = play.adapter.start("P", {}, None)
    play.signal("khac")
    assert play.waiting == ["w"]
    play.signal("hieu", x=1)
    assert play.waiting == ["a"] and play.look(other)["waiting"] == ["a"] and play.vars == {"x": 1}
    late = play.adapter.start("P", {}, None)
    assert play.look(late)["waiting"] == ["w"]


def test_thrown_signal_reaches_own_and_other_catchers_and_starts() -> None:
    starter = process(
        f'<startEvent id="qs">{definition("signal")}</startEvent>' + users("q") + nodes("endEvent", "qe"),
        "qs q qe",
        key="Q",
        prefix="q",
    )
    body = BORDER + nodes("parallelGateway", "p") + catch("w", "signal") + users("a", "go", "z") + throw("t", "signal")
    play = Play(M, starter, process(body, "s p", "p w a e", "p go t z e"))
    play.done("go")
    assert play.waiting == ["a", "z"] and play.adapter.count("Q") == 1


def test_signal_thrown_before_the_catch_is_missed() -> None:
    assert Play(M, process(BORDER + throw("t", "signal") + catch("w", "signal"), "s t w e")).waiting == ["w"]


def test_a_signal_carries_its_data_to_those_who_wait() -> None:
    payload = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='so'>${x + 1}</camunda:inputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )
    event = f'<intermediateThrowEvent id="t">{payload}<signalEventDefinition signalRef="sg"/></intermediateThrowEvent>'
    root = M + '<message id="m9" name="hieu"/><signal id="s9" name="khac"/>'
    other = '<receiveTask id="w3" messageRef="m9"/>'
    another = catch("w2", "signal").replace('"sg"', '"s9"')
    body = BORDER + nodes("parallelGateway", "p") + catch("w", "signal") + another + other + users("a") + event
    play = Play(root, process(body, "s p", "p w e", "p w2 e", "p w3 e", "p a t e"), x=1).done("a")
    assert play.waiting == ["w2", "w3"] and play.vars == {"x": 1, "so": 2}
    (told,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "SignalThrown"]
    assert told == {"event": "SignalThrown", "element": "t", "name": "hieu", "variables": {"so": 2}}


def test_a_catcher_that_an_earlier_one_cancels_is_not_served() -> None:
    inner = sub("sp", '<startEvent id="q"/>' + catch("w", "signal"), "q w")
    events = boundary("signal", to="sp") + users("x")
    body = BORDER + nodes("parallelGateway", "p") + users("a") + inner + events + throw("t", "signal")
    play = Play(M, process(body, "s p", "p a t e", "p sp e", "b x e")).done("a")
    assert play.waiting == ["x"]
