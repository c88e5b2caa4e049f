"""Exclusive gateways (semantics.md GX1 to GX4)."""

from .building import BORDER, Play, nodes, process, refused, users


def test_exclusive_takes_the_first_true_flow_in_file_order() -> None:
    body = BORDER + '<exclusiveGateway id="g" default="f1_g_a"/>' + users("a", "b", "c")
    chains = ("s g", "g a", "g [${x > 1}] b", "g [${x > 0}] c")
    assert Play(process(body, *chains), x=2).waiting == ["b"]
    assert Play(process(body, *chains), x=1).waiting == ["c"]
    assert Play(process(body, *chains), x=0).waiting == ["a"]


def test_exclusive_without_true_flow_fails() -> None:
    body = BORDER + nodes("exclusiveGateway", "g") + users("a", "b")
    with refused("NO_OUTGOING_FLOW"):
        Play(process(body, "s g", "g [${x > 1}] a e", "g [${x > 2}] b e"), x=0)


def test_null_condition_is_an_error() -> None:
    body = BORDER + nodes("exclusiveGateway", "g") + users("a", "b")
    with refused("EXPRESSION_ERROR"):
        Play(process(body, "s g", "g [= y] a e", "g [= true] b e"), x=0)
    with refused("EXPRESSION_ERROR"):
        Play(process(body, "s g", "g [${y}] a e", "g [${true}] b e"), x=0)


def test_only_a_condition_that_is_written_as_true_counts_as_text() -> None:
    body = BORDER + '<exclusiveGateway id="g" default="f1_g_a"/>' + users("a", "b")
    assert Play(process(body, "s g", "g a", "g [true] b")).waiting == ["b"]
    assert Play(process(body, "s g", "g a", "g [ false ] b")).waiting == ["a"]
    with refused("EXPRESSION_ERROR"):
        Play(process(body, "s g", "g a", "g [${x}] b"), x="true")
