"""Script tasks (semantics.md T6)."""

from .elements import one


def test_script_tasks() -> None:
    assert (
        one(
            '<scriptTask id="a" scriptFormat="juel" camunda:resultVariable="y"><script>${x + 1}</script></scriptTask>',
            x=1,
        ).vars["y"]
        == 2
    )
    zeebe = (
        '<scriptTask id="a"><extensionElements><zeebe:script expression="= x * 2" resultVariable="y"/>'
        "</extensionElements></scriptTask>"
    )
    assert one(zeebe, x=4).vars["y"] == 8
