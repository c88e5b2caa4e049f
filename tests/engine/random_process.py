"""Random block-structured processes: every block is entered once and left once, whatever happens inside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import strategies as st

TIMER = "<timerEventDefinition><timeDuration>PT{}H</timeDuration></timerEventDefinition>"


@dataclass
class Sketch:
    """A process under construction: elements and flows, the pairs of markers that must balance."""

    elements: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
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


LEAVES = st.sampled_from(["user", "script", "multi", "timed", "reminded", "wait"]).map(lambda kind: (kind,))
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq", "xor", "and", "or"]), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.sampled_from(["loop", "sub", "each"]), inner),
    ),
    max_leaves=8,
).filter(lambda block: repr(block).count("each") <= 2)


def build(block: tuple) -> tuple[str, list[tuple[str, str]]]:  # type: ignore[type-arg]  # a tree of tuples
    """The body of process P for a tree of blocks, and its pairs of markers."""
    sketch = Sketch()
    start, end = sketch.new("startEvent"), sketch.new("endEvent")
    first, last = _block(sketch, block)
    sketch.flow(start, first)
    sketch.flow(last, end)
    return sketch.text(), sketch.pairs


def _block(sketch: Sketch, block: tuple) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    kind, *rest = block
    return {"seq": _seq, "xor": _split, "and": _split, "or": _split, "loop": _loop, "sub": _sub, "each": _sub}.get(
        kind, _leaf
    )(sketch, kind, *rest)


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
    sketch.pairs.append((marker, after))
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
    sketch.pairs.append((marker, after))
    return marker, after


def _sub(sketch: Sketch, kind: str, part: tuple) -> tuple[str, str]:  # type: ignore[type-arg]  # a tree of tuples
    inside = Sketch(count=sketch.count + 1)
    start = inside.new("startEvent")
    first, last = _block(inside, part)
    inside.flow(start, first)
    inside.flow(last, inside.new("endEvent"))
    sketch.count = inside.count
    sketch.pairs += inside.pairs
    each = (
        '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality>'
        "</multiInstanceLoopCharacteristics>"
    )
    one = sketch.new("subProcess", "", (each if kind == "each" else "") + inside.text())
    return one, one
