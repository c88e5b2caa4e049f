"""Returning a task to an earlier step: what is legal and why not elsewhere; whole rounds closed, joins made whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import CLOCK, return_targets
from workflows.engine import commands as cmd
from workflows.engine import events as ev
from workflows.engine.region import region_from

from .building import BORDER, flows, process, refused, users
from .desk import AN, BINH, Desk
from .random_process import BLOCKS
from .test_random_corrections import quick, to_its_end, walked
from .test_replay import Walk

FORK = '<parallelGateway id="p"/><parallelGateway id="j"/>'
THREE = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"


def legal(desk: Desk, element: str) -> list[str]:
    return [target.element for target in return_targets(desk.definitions, desk.state, desk.task(element)).legal]


def why_not(desk: Desk, element: str) -> dict[str, str]:
    found = return_targets(desk.definitions, desk.state, desk.task(element)).barred
    return {barred.element: barred.reason.code for barred in found}


def back(desk: Desk, element: str, target: str) -> tuple[ev.Event, ...]:
    return desk.do(cmd.ReturnTask(desk.task(element), target, "thiếu căn cứ"))


def done(desk: Desk, *elements: str, **variables: object) -> Desk:
    for element in elements:
        desk.do(cmd.CompleteTask(desk.task(element), variables))
    return desk


def waiting(desk: Desk) -> list[str]:
    return sorted(task.element for task in desk.state.tasks.values())


def test_a_task_goes_back_to_any_step_before_it_and_is_done_again() -> None:
    desk = done(Desk(process(BORDER + users("a", "b", "c"), "s a b c e")), "a", "b")
    assert (legal(desk, "c"), why_not(desk, "c")) == (["a", "b"], {})
    told = back(desk, "c", "a")
    assert told[0] == ev.StepReturned("3", "c", "a", "0", "thiếu căn cứ")
    assert waiting(desk) == ["a"] and desk.state.tasks[desk.task("a")].id != "1"
    assert (legal(desk, "a"), why_not(desk, "a")) == ([], {"b": "NOT_BEFORE", "c": "NOT_BEFORE"})
    assert done(desk, "a", "b", "c").state.status == "completed"


def test_what_lies_ahead_or_in_a_loop_behind_is_no_target() -> None:
    gate = '<exclusiveGateway id="g" default="f0_g_c"/>'
    desk = Desk(process(BORDER + users("a", "b", "c") + gate, "s a b g c e", "g [${lai}] a"))
    done(desk, "a")
    assert why_not(desk, "b") == {"c": "NOT_YET_DONE"}
    done(desk, "b", lai=True)
    assert (legal(desk, "a"), why_not(desk, "a")) == ([], {"b": "NOT_BEFORE", "c": "NOT_YET_DONE"})
    with refused("NOT_BEFORE"):
        back(desk, "a", "b")
    with refused("NOT_FOUND"):
        back(desk, "a", "khong")
    done(desk, "a")
    assert legal(desk, "b") == ["a"]


def test_who_may_not_act_and_who_gives_no_reason_is_told_both_with_the_rest() -> None:
    steps = users("a") + '<userTask id="b" camunda:candidateGroups="chu_tich@3"/>'
    desk = done(Desk(process(BORDER + steps, "s a b e")), "a")
    found = desk.refuses(cmd.ReturnTask(desk.task("b"), "e", "  "), AN)
    assert [code for code, _ in found] == ["NOT_A_CANDIDATE", "REASON_REQUIRED", "NOT_FOUND"]
    desk.do(cmd.ReturnTask(desk.task("b"), "a", "sửa"), BINH)


def test_a_process_names_the_steps_a_task_may_go_back_to() -> None:
    steps = users("a", "b") + '<userTask id="c" kehoach:return="b"/><userTask id="d" kehoach:return="none"/>'
    desk = done(Desk(process(BORDER + steps, "s a b c d e")), "a", "b")
    assert (legal(desk, "c"), why_not(desk, "c")) == (["b"], {"a": "NOT_RETURNABLE", "d": "NOT_YET_DONE"})
    done(desk, "c")
    assert legal(desk, "d") == []


def test_going_back_before_a_fork_closes_all_its_branches() -> None:
    desk = done(Desk(process(BORDER + FORK + users("a", "b", "c"), "s a p b j e", "p c j")), "a", "c")
    assert desk.state.held == {"0": {"f1_c_j": 1}}
    back(desk, "b", "a")
    assert (waiting(desk), desk.state.held) == (["a"], {})
    assert done(desk, "a", "b", "c").state.status == "completed"


def test_going_back_inside_a_branch_leaves_the_other_branch_alone() -> None:
    desk = Desk(process(BORDER + FORK + users("a", "b", "c"), "s p a b j e", "p c j"))
    done(desk, "a", "c")
    assert (legal(desk, "b"), why_not(desk, "b")) == (["a"], {"c": "NOT_BEFORE"})
    back(desk, "b", "a")
    assert (waiting(desk), desk.state.held) == (["a"], {"0": {"f1_c_j": 1}})
    assert done(desk, "a", "b").state.status == "completed"


def test_going_back_into_a_branch_gives_the_join_back_what_the_other_branches_brought() -> None:
    desk = Desk(process(BORDER + FORK + users("a", "b", "c", "d"), "s p a b j d e", "p c j"))
    done(desk, "a", "b", "c")
    back(desk, "d", "a")
    assert (waiting(desk), desk.state.held) == (["a"], {"0": {"f1_c_j": 1}})
    done(desk, "a", "b")
    assert waiting(desk) == ["d"]
    assert done(desk, "d").state.status == "completed"


def test_joins_inside_joins_are_all_made_whole() -> None:
    gates = "".join(f'<parallelGateway id="{name}"/>' for name in ("p", "q", "k", "j"))
    chains = ("s p q a k j d e", "q b k", "p c j")
    desk = done(Desk(process(BORDER + gates + users("a", "b", "c", "d"), *chains)), "a", "b", "c")
    back(desk, "d", "b")
    assert (waiting(desk), desk.state.held) == (["b"], {"0": {"f0_a_k": 1, "f2_c_j": 1}})
    assert done(desk, "b", "d").state.status == "completed"


def test_an_inclusive_join_waits_for_nobody_after_a_return() -> None:
    gates = '<inclusiveGateway id="p" default="f0_p_a"/><inclusiveGateway id="j"/>'
    desk = Desk(
        process(BORDER + gates + users("a", "c", "d"), "s p a j d e", "p [${hai}] c j", "p [${hai}] a"), hai=True
    )
    desk.do(cmd.CompleteTask(desk.task("a")))
    done(desk, "c")
    back(desk, "d", "c")
    assert waiting(desk) == ["c"]
    assert waiting(done(desk, "c")) == ["d"]


def test_an_inclusive_join_goes_on_for_the_branch_that_a_return_took_away() -> None:
    """Back through a loop into one branch of two, and that branch then ends by its timer without reaching the join."""
    gates = FORK + '<inclusiveGateway id="i"/><inclusiveGateway id="k"/><exclusiveGateway id="g" default="f0_g_z"/>'
    hour = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    late = f'<boundaryEvent id="t" attachedToRef="b">{hour}</boundaryEvent><endEvent id="te"/>'
    chains = ("s m p a j w g z e", "p i [${true}] b k j", "i [${true}] c k", "g [${lai}] m", "t te")
    steps = '<exclusiveGateway id="m"/>' + users("a", "b", "c", "w", "z")
    desk = Desk(process(BORDER + gates + steps + late, *chains))
    _let_expire(desk)
    back(desk, "a", "b")
    assert waiting(desk) == ["b"]
    _let_expire(desk)
    assert waiting(desk) == ["w"]


def _let_expire(desk: Desk) -> None:
    (timer,) = desk.state.timers.values()
    desk.now = timer.due
    desk.do(cmd.FireTimer(timer.id))


def test_a_repeated_task_goes_back_as_a_whole_and_is_begun_as_a_new_round() -> None:
    vote = f'<userTask id="v">{THREE}</userTask>'
    desk = done(Desk(process(BORDER + users("a", "z") + vote, "s a v z e")), "a", "v")
    back(desk, "v", "a")
    assert waiting(desk) == ["a"]
    assert waiting(done(desk, "a")) == ["v", "v", "v"]
    done(desk, "v", "v", "v")
    back(desk, "z", "v")
    assert waiting(desk) == ["v", "v", "v"]
    assert done(desk, "v", "v", "v", "z").state.status == "completed"


def test_out_of_a_sub_process_and_back_to_a_whole_one() -> None:
    inner = '<startEvent id="us"/><endEvent id="ue"/>' + users("u", "w") + flows("us u w ue", prefix="g")
    sub = f'<subProcess id="sub">{inner}</subProcess>'
    desk = done(Desk(process(BORDER + users("a", "z") + sub, "s a sub z e")), "a", "u")
    assert legal(desk, "w") == ["a", "u"]
    back(desk, "w", "a")
    assert waiting(desk) == ["a"]
    done(desk, "a", "u", "w")
    assert (legal(desk, "z"), why_not(desk, "z")) == (["a", "sub"], dict.fromkeys(["u", "w"], "INSIDE_CLOSED_STEP"))
    back(desk, "z", "sub")
    assert waiting(desk) == ["u"]
    assert done(desk, "u", "w", "z").state.status == "completed"


def test_out_of_a_called_process() -> None:
    called = process('<startEvent id="qs"/><endEvent id="qe"/>' + users("q"), "qs q qe", key="Q", prefix="q")
    call = '<callActivity id="goi" calledElement="Q"/>'
    desk = done(Desk(process(BORDER + users("a") + call, "s a goi e"), called), "a")
    assert legal(desk, "q") == ["a"]
    back(desk, "q", "a")
    assert waiting(desk) == ["a"] and list(desk.state.homes) == ["0"]
    assert done(desk, "a", "q").state.status == "completed"


def test_every_round_of_a_repeated_sub_process_goes_back_by_itself() -> None:
    inner = '<startEvent id="us"/><endEvent id="ue"/>' + users("u", "w") + flows("us u w ue", prefix="g")
    sub = f'<subProcess id="sub">{THREE}{inner}</subProcess>'
    desk = done(Desk(process(BORDER + sub, "s sub e")), "u", "u")
    back(desk, "w", "u")
    assert waiting(desk) == ["u", "u", "w"]
    assert done(desk, "u", "u", "w", "w", "w").state.status == "completed"


def test_a_timer_on_what_is_closed_is_closed_with_it() -> None:
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    boundary = f'<boundaryEvent id="t" attachedToRef="b" cancelActivity="false">{timer}</boundaryEvent>'
    desk = Desk(process(BORDER + users("a", "b", "n") + boundary, "s a b e", "t n"))
    done(desk, "a")
    desk.now += desk.state.timers[next(iter(desk.state.timers))].due - desk.now
    desk.do(cmd.FireTimer(next(iter(desk.state.timers))), CLOCK)
    assert waiting(desk) == ["b", "n"]
    back(desk, "b", "a")
    assert (waiting(desk), desk.state.timers) == (["a"], {})


def test_the_region_of_a_step_ends_at_a_join_that_needs_others() -> None:
    desk = Desk(process(BORDER + FORK + users("a", "b", "c"), "s p a j c e", "p b j"))
    chart = desk.definitions.load("d").cache["P"].chart
    own = region_from(chart, chart.steps["a"], "a")
    whole = region_from(chart, chart.steps["a"], "c")
    assert own is not None and own.steps == {"a"} and not own.arrived
    assert whole is not None and whole.steps == {"a", "j", "c", "e"} and whole.arrived == {"f1_b_j"}


ACTS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3), st.booleans()), min_size=4, max_size=25)


@quick
@given(BLOCKS, ACTS)
def test_after_any_return_no_join_is_stuck_and_nothing_is_there_twice(
    block: tuple,  # type: ignore[type-arg]  # a tree of tuples
    acts: list[tuple[int, int, bool]],
) -> None:
    beside = ("seq", [("user",), ("user",)])
    walk = walked(("seq", [("user",), ("and", [block, beside]), ("user",), ("user",)]), [])
    for choice, x, goes_back in acts:
        if walk.state.is_over():
            break
        if not (goes_back and _return(walk, choice)):
            walk.step(choice, x)
    to_its_end(walk)


def _return(walk: Walk, choice: int) -> bool:
    """Return one open task to one legal step, if there is any; all but that step is gone from what is done again."""
    tasks = [task for task in walk.state.tasks.values() if task.kind == "user"]
    legal = [(task, each) for task in tasks for each in return_targets(walk.definitions, walk.state, task.id).legal]
    if not legal:
        return False
    task, target = legal[choice % len(legal)]
    walk.do(cmd.ReturnTask(task.id, target.element, "làm lại"))
    assert task.id not in walk.state.tasks
    opened = [place.element for place in walk.state.instances.values() if place.parent == target.scope]
    if target.element in opened:  # a repeated task of no rounds is passed at once
        assert opened.count(target.element) == 1
        assert not set(opened) & (target.region.steps - {target.element})
    return True
