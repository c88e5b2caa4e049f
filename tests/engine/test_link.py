"""Link events (semantics.md EL1)."""

from .building import BORDER, Play, process, users


def test_links() -> None:
    def link(kind: str, name: str) -> str:
        return f'<intermediate{kind}Event id="{name}"><linkEventDefinition name="L"/></intermediate{kind}Event>'

    body = BORDER + link("Throw", "t1") + link("Throw", "t2") + link("Catch", "c") + users("a", "b")
    play = Play(process(body, "s t1", "s a t2", "c b e"))
    assert play.waiting == ["a", "b"]
    assert play.done("a").waiting == ["b", "b"] and play.visited["c"] == 2
