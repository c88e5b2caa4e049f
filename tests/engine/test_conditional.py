"""Conditional events (semantics.md ED1 to ED4)."""

from typing import Any

from .building import BORDER, Play, nodes, process, users
from .elements import boundary, catch, sub


def test_conditional_catch_passes_at_once_or_waits_for_a_change() -> None:
    body = BORDER + catch("c", "conditional", "<condition>${x &gt; 5}</condition>") + users("a")
    assert Play(process(body, "s c a e"), x=6).waiting == ["a"]
    play = Play(process(body, "s c a e"), x=1)
    assert play.set(x=2).waiting == ["c"]
    assert play.set(x=9).waiting == ["a"]
    assert Play(process(body, "s c a e")).waiting == ["c"]


def test_conditional_boundary_fires_on_the_edge_only() -> None:
    event = boundary("conditional", "<condition>${x &gt; 5}</condition>", interrupting=False)
    play = Play(process(BORDER + users("a", "r") + event, "s a e", "b r e"), x=1)
    assert play.set(x=6).waiting == ["a", "r"]
    assert play.set(x=7).waiting == ["a", "r"]
    assert play.set(x=0).set(x=8).waiting == ["a", "r", "r"]


def test_conditional_variable_name_restricts_the_changes() -> None:
    event = (
        '<intermediateCatchEvent id="c"><conditionalEventDefinition camunda:variableName="y">'
        "<condition>${x &gt; 5}</condition></conditionalEventDefinition></intermediateCatchEvent>"
    )
    play = Play(process(BORDER + event, "s c e"), x=1, y=1)
    assert play.set(x=9).waiting == ["c"]
    assert play.set(y=2).state == "completed"


def watched(attributes: str = "", condition: str = "${x &gt; 5}", interrupting: bool = False) -> str:
    event = f"<conditionalEventDefinition {attributes}><condition>{condition}</condition></conditionalEventDefinition>"
    border = f'<boundaryEvent id="b" attachedToRef="a" cancelActivity="{str(interrupting).lower()}">'
    return f"{border}{event}</boundaryEvent>"


def test_what_is_watched_and_what_became_of_it_is_told() -> None:
    play = Play(process(BORDER + users("a", "r") + watched(interrupting=True), "s a e", "b r e"), x=1)
    play.set(x=6)
    told = [event for event in play.adapter.store.history(play.case) if event["event"].startswith("Condition")]
    assert [(event["event"], event.get("value"), event.get("fired")) for event in told] == [
        ("ConditionWatched", None, None),
        ("ConditionChecked", True, None),
        ("ConditionDropped", None, True),
    ]
    true = Play(process(BORDER + users("a", "r") + watched(), "s a e", "b r e"), x=9)
    (first, *_) = [event for event in true.adapter.store.history(true.case) if event["event"].startswith("Condition")]
    assert first["value"] is True and true.waiting == ["a", "r"]
    assert true.set(x=8).waiting == ["a", "r"]


def test_only_the_named_variables_and_changes_count() -> None:
    def fires(attributes: str, **changes: Any) -> bool:
        play = Play(process(BORDER + users("a", "r") + watched(attributes, "${n &gt; 0}"), "s a e", "b r e"), x=1, n=0)
        play.adapter.set_vars(play.case, changes)
        return play.waiting == ["a", "r"]

    assert fires("", n=1) and fires("", n=1, y=2)
    assert fires('camunda:variableName="n"', n=1)
    assert fires('camunda:variableName="y, n"', n=1) and fires('camunda:variableName="n,y"', n=1)
    assert not fires('camunda:variableName="y"', n=1)
    assert fires('camunda:variableEvents="update"', n=1) and not fires('camunda:variableEvents="create"', n=1)
    assert fires('camunda:variableName="y" camunda:variableEvents="create"', n=1, y=1)
    assert not fires('camunda:variableName="y" camunda:variableEvents="update"', n=1, y=1)
    assert fires('camunda:variableName="y"', n=1, y=1) and fires('camunda:variableName="x"', n=1, x=2)


def test_a_variable_that_is_written_out_of_sight_is_not_looked_at() -> None:
    local = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='v'>${0}</camunda:inputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )
    inner = sub("sp", local + '<startEvent id="q"/>' + users("k"), "q k")
    body = BORDER + nodes("parallelGateway", "p") + users("a", "r") + watched(condition="${not empty x}") + inner
    play = Play(process(body, "s p", "p a e", "p sp e", "b r e"), x="")
    play.done("k", v=1)
    told = [event for event in play.adapter.store.history(play.case) if event["event"] == "ConditionChecked"]
    assert told == [] and play.waiting == ["a"]


def test_a_condition_inside_a_called_process_sees_its_own_variables_only() -> None:
    condition = "<conditionalEventDefinition><condition>${x == 1}</condition></conditionalEventDefinition>"
    called = process(
        f'<startEvent id="cs"/><intermediateCatchEvent id="c">{condition}</intermediateCatchEvent>' + users("k"),
        "cs c k",
        key="C",
        prefix="c",
    )
    call = '<callActivity id="goi" calledElement="C"/>'
    play = Play(called, process(BORDER + call, "s goi e"), x=0).set(x=1)
    assert play.waiting == ["c"]


def test_all_conditions_are_looked_at_even_when_one_cancels_another() -> None:
    event = "<conditionalEventDefinition><condition>${x == 1}</condition></conditionalEventDefinition>"
    inner = f'<intermediateCatchEvent id="c">{event}</intermediateCatchEvent>'
    catching = sub("a", '<startEvent id="q"/>' + inner, "q c")
    later = f'<intermediateCatchEvent id="c2">{event}</intermediateCatchEvent>'
    body = BORDER + nodes("parallelGateway", "p") + catching + watched(condition="${x == 1}", interrupting=True) + later
    play = Play(process(body + users("r", "u"), "s p", "p a e", "p c2 u e", "b r e"), x=0).set(x=1)
    assert play.waiting == ["r", "u"]
