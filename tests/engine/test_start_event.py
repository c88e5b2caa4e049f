"""Start events of a process (semantics.md G1, H9)."""

from .building import Play, process, users


def test_initiator() -> None:
    body = '<startEvent id="s" camunda:initiator="nguoi_tao"/><endEvent id="e"/>' + users("a")
    assert "nguoi_tao" in Play(process(body, "s a e")).vars
