"""Random block-structured processes: every block is entered once and left once, whatever happens inside it.

Only what an event cancels from outside is entered without being left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import strategies as st

TIMER = "<timerEventDefinition><timeDuration>PT{}H</timeDuration></timerEventDefinition>"


@dataclass(frozen=True)
class Pair:
    """The markers before and after a block: passed equally often, unless the block can be cancelled on its way."""

    before: str
    after: str
    exact: bool = True


@dataclass
class Sketch:
    """A process under construction: elements and flows, the pairs of markers that must balance."""

    elements: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    count: int = 0

    def new(self, kind: str, attributes: str = "", inner: str = "") -> str:
        self.count += 1
        name = f"{kind[0]}{self.count}"
        self.elements.append(f'<{kind} id="{name}" {attributes}>{inner}</{kind}>')
        return name

    def flow(self, source: str, target: str, condition: str = "") -> str:
        self.count += 1
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.flows.append(
            f'<sequenceFlow id="f{self.count}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
        )
        return f"f{self.count}"

    def text(self) -> str:
        return "".join(self.elements) + "".join(self.flows)


LEAVES = st.sampled_from(
    ["user", "script", "multi", "vote", "again", "timed", "reminded", "wait", "race", "given_up"]
).map(lambda kind: (kind,))
SCOPES = ["sub", "each", "many", "late", "noted", "beside", "instead"]
REPEATED = re.compile("each|many")
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq", "xor", "and", "or"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["loop", *SCOPES]), inner),
    ),
    max_leaves=8,
).filter(lambda block: len(REPEATED.findall(repr(block))) <= 2)


def build(block: tuple) -> tuple[str, list[Pair]]:  # type: ignore[type-arg]  # a tree of tuples
    """The body of process P for a tree of blocks, and its pairs of markers."""
    sketch = Sketch()
    start, end = sketch.new("startEvent"), sketch.new("endEvent")
    first, last = _block(sketch, block)
    sketch.flow(start, first)
    sketch.flow(last, end)
    return sketch.text(), sketch.pairs


def _block(sketch: Sketch, block: tuple) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    kind, *rest = block
    makers = {"seq": _seq, "xor": _split, "and": _split, "or": _split, "loop": _loop, "race": _race}
    makers |= dict.fromkeys(SCOPES, _scope) | {"given_up": _given_up}
    return makers.get(kind, _leaf)(sketch, kind, *rest)


def _leaf(sketch: Sketch, kind: str) -> tuple[str, str]:
    if kind == "script":
        one = sketch.new("scriptTask", 'camunda:resultVariable="n"', "<script>${x + 1}</script>")
    elif kind == "wait":
        one = sketch.new("intermediateCatchEvent", "", TIMER.format(2))
    elif kind == "multi":
        loop = (
            "<multiInstanceLoopCharacteristics><loopCardinality>${x}</loopCardinality>"
            "</multiInstanceLoopCharacteristics>"
        )
        one = sketch.new("userTask", "", loop)
    elif kind == "vote":
        loop = (
            "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
            "<completionCondition>${nrOfCompletedInstances == 2}</completionCondition>"
            "</multiInstanceLoopCharacteristics>"
        )
        one = sketch.new("userTask", "", loop)
    elif kind == "again":
        loop = (
            '<standardLoopCharacteristics loopMaximum="3"><loopCondition>${x &gt; 1}</loopCondition>'
            "</standardLoopCharacteristics>"
        )
        one = sketch.new("userTask", "", loop)
    else:
        one = sketch.new("userTask")
    if kind == "timed":
        merge = sketch.new("exclusiveGateway")
        boundary = sketch.new("boundaryEvent", f'attachedToRef="{one}"', TIMER.format(3))
        sketch.flow(one, merge)
        sketch.flow(boundary, merge)
        return one, merge
    if kind == "reminded":
        boundary = sketch.new("boundaryEvent", f'attachedToRef="{one}" cancelActivity="false"', TIMER.format(1))
        sketch.flow(boundary, sketch.new("endEvent"))
    return one, one


def _seq(sketch: Sketch, _kind: str, parts: list) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    ends = [_block(sketch, part) for part in parts]
    for (_, before), (after, _) in pairwise(ends):
        sketch.flow(before, after)
    return ends[0][0], ends[-1][1]


def _split(sketch: Sketch, kind: str, parts: list) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    gateway = {"xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway"}[kind]
    marker = sketch.new("task")
    at = len(sketch.elements)
    split, join, after = sketch.new(gateway, "{}"), sketch.new(gateway), sketch.new("task")
    default = ""
    for number, part in enumerate(parts):
        first, last = _block(sketch, part)
        is_default = kind != "and" and number == len(parts) - 1
        flow = sketch.flow(split, first, "" if kind == "and" or is_default else f"${{x &gt; {number}}}")
        default = f'default="{flow}"' if is_default else default
        sketch.flow(last, join)
    sketch.elements[at] = sketch.elements[at].replace("{}", default, 1)
    sketch.flow(marker, split)
    sketch.flow(join, after)
    sketch.pairs.append(Pair(marker, after))
    return marker, after


def _loop(sketch: Sketch, _kind: str, part: tuple) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    marker, merge = sketch.new("task"), sketch.new("exclusiveGateway")
    ask = sketch.new("userTask")
    first, last = _block(sketch, part)
    at = len(sketch.elements)
    split, after = sketch.new("exclusiveGateway", "{}"), sketch.new("task")
    sketch.flow(marker, merge)
    sketch.flow(merge, first)
    sketch.flow(last, ask)
    sketch.flow(ask, split)
    sketch.flow(split, merge, "${x &gt; 2}")
    sketch.elements[at] = sketch.elements[at].replace("{}", f'default="{sketch.flow(split, after)}"', 1)
    sketch.pairs.append(Pair(marker, after))
    return marker, after


def _race(sketch: Sketch, _kind: str) -> tuple[str, str]:
    """An event-based gateway: the earlier of two timers goes on."""
    gateway = sketch.new("eventBasedGateway")
    merge = sketch.new("exclusiveGateway")
    for length in (2, 3):
        event = sketch.new("intermediateCatchEvent", "", TIMER.format(length))
        sketch.flow(gateway, event)
        sketch.flow(event, merge)
    return gateway, merge


def _given_up(sketch: Sketch, _kind: str) -> tuple[str, str]:
    """An inclusive block of two branches, one of which may end elsewhere: then the join no longer waits for it."""
    split, join = sketch.new("inclusiveGateway"), sketch.new("inclusiveGateway")
    sure, other = sketch.new("userTask"), sketch.new("userTask")
    for one in (sure, other):
        sketch.flow(split, one)
        sketch.flow(one, join)
    boundary = sketch.new("boundaryEvent", f'attachedToRef="{other}"', TIMER.format(1))
    sketch.flow(boundary, sketch.new("endEvent"))
    marker, after = sketch.new("task"), sketch.new("task")
    sketch.flow(marker, split)
    sketch.flow(join, after)
    sketch.pairs.append(Pair(marker, after))
    return marker, after


def _scope(sketch: Sketch, kind: str, part: tuple) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    """A sub-process: repeated, with an event on its border, or with an event sub-process inside."""
    inside = Sketch(count=sketch.count + 1)
    start = inside.new("startEvent")
    first, last = _block(inside, part)
    inside.flow(start, first)
    inside.flow(last, inside.new("endEvent"))
    if kind in {"beside", "instead"}:
        _handler(inside, interrupting=kind == "instead")
    sketch.count = inside.count
    whole = kind not in {"late", "instead"}
    sketch.pairs += [replace(pair, exact=pair.exact and whole) for pair in inside.pairs]
    each = (
        '<multiInstanceLoopCharacteristics isSequential="{}"><loopCardinality>2</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )
    rounds = {"each": each.format("true"), "many": each.format("false")}.get(kind, "")
    one = sketch.new("subProcess", "", rounds + inside.text())
    if kind == "noted":
        boundary = sketch.new("boundaryEvent", f'attachedToRef="{one}" cancelActivity="false"', TIMER.format(2))
        note = sketch.new("userTask")
        sketch.flow(boundary, note)
        sketch.flow(note, sketch.new("endEvent"))
    if kind != "late":
        return one, one
    merge = sketch.new("exclusiveGateway")
    boundary = sketch.new("boundaryEvent", f'attachedToRef="{one}"', TIMER.format(4))
    sketch.flow(one, merge)
    sketch.flow(boundary, merge)
    return one, merge


def _handler(sketch: Sketch, *, interrupting: bool) -> None:
    """An event sub-process with a person's task."""
    inside = Sketch(count=sketch.count + 1)
    start = inside.new("startEvent", f'isInterrupting="{str(interrupting).lower()}"', TIMER.format(3))
    task = inside.new("userTask")
    inside.flow(start, task)
    inside.flow(task, inside.new("endEvent"))
    sketch.count = inside.count
    sketch.new("subProcess", 'triggeredByEvent="true"', inside.text())
