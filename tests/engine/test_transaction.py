"""Transactions (semantics.md SX1, SX2)."""

from .building import BORDER, Play, process, refused, users
from .elements import started, sub, undoable

CANCEL = '<endEvent id="huy"><cancelEventDefinition/></endEvent>'


CAUGHT = '<boundaryEvent id="cb" attachedToRef="sp"><cancelEventDefinition/></boundaryEvent>'


def test_cancel_stops_the_work_undoes_it_and_leaves_by_the_boundary() -> None:
    body = (
        BORDER
        + started(undoable("a") + users("b", "c") + CANCEL, "s2 a", "a b", "b huy", "s2 c", kind="transaction")
        + CAUGHT
        + users("z")
    )
    play = Play(process(body, "s sp e", "cb z e")).done("a").done("b")
    assert play.waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]
    assert play.visited["sp"] == 0 and play.visited["cb"] == 1 and play.visited["huy"] == 1


def test_a_transaction_that_ends_normally_is_a_sub_process() -> None:
    body = BORDER + started(users("a"), "s2 a", kind="transaction") + users("z")
    assert Play(process(body, "s sp z e")).done("a").waiting == ["z"]


def test_hazard_leaves_without_compensation() -> None:
    end = '<endEvent id="x"><errorEventDefinition errorRef="A"/></endEvent>'
    body = (
        BORDER
        + started(undoable("a") + end, "s2 a", "a x", kind="transaction")
        + users("z")
        + ('<boundaryEvent id="b" attachedToRef="sp"><errorEventDefinition/></boundaryEvent>')
    )
    assert Play('<error id="A" errorCode="A"/>', process(body, "s sp e", "b z e")).done("a").waiting == ["z"]


def test_a_cancelled_transaction_hears_its_handlers_no_more_but_its_border_still() -> None:
    start = '<startEvent id="hs" isInterrupting="false"><messageEventDefinition messageRef="m"/></startEvent>'
    handling = sub("h", start + users("hx"), "hs hx", attributes='triggeredByEvent="true"')
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    border = f'<boundaryEvent id="tb" attachedToRef="sp" cancelActivity="false">{timer}</boundaryEvent>'
    body = BORDER + started(undoable("a") + CANCEL + handling, "s2 a", "a huy", kind="transaction") + CAUGHT + border
    play = Play('<message id="m" name="tin"/>', process(body + users("z", "y"), "s sp e", "cb z e", "tb y e")).done("a")
    assert play.waiting == ["bo_a"]
    with refused("NO_MATCH"):
        play.message("tin")
    assert play.advance("PT1H").waiting == ["bo_a", "y"]
    assert play.done("bo_a").waiting == ["y", "z"]
