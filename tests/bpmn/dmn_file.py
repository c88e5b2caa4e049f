"""Writes decision tables as DMN files, the way editors write them."""

from __future__ import annotations

from collections.abc import Sequence

NAMESPACES = {
    "1.1": "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "1.2": "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "1.3": "https://www.omg.org/spec/DMN/20191111/MODEL/",
}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def dmn(*decisions: str, version: str = "1.3") -> bytes:
    """One DMN file."""
    head = f'<definitions xmlns="{NAMESPACES[version]}" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="tep" '
    return f'{head}name="D" namespace="urn:t">{"".join(decisions)}</definitions>'.encode()


def needs(*names: str) -> str:
    return "".join(
        f'<informationRequirement><requiredDecision href="#{name}"/></informationRequirement>' for name in names
    )


def literal(key: str, text: str, *required: str) -> str:
    """A decision that is one expression."""
    return (
        f'<decision id="{key}" name="{key}">{needs(*required)}'
        f"<literalExpression><text>{escape(text)}</text></literalExpression></decision>"
    )


def table(
    rules: Sequence[str],
    inputs: Sequence[str] = ("x",),
    outputs: Sequence[str] = ("y",),
    *,
    hit: str = "UNIQUE",
    aggregation: str | None = None,
    values: str | None = None,
    allowed: str | None = None,
    default: str | None = None,
    kind: str = "",
    key: str = "quyet_dinh",
    required: Sequence[str] = (),
) -> str:
    """A decision with a table; a rule is written `test | test => result | result`."""
    columns = "".join(
        f'<input id="{key}_i{at}"><inputExpression typeRef="{kind}"><text>{escape(text)}</text></inputExpression>'
        f"{_texts('inputValues', allowed)}</input>"
        for at, text in enumerate(inputs)
    )
    columns += "".join(
        f'<output id="{key}_o{at}" name="{name}">{_texts("outputValues", values)}'
        f"{_texts('defaultOutputEntry', default)}</output>"
        for at, name in enumerate(outputs)
    )
    rows = "".join(_rule(f"{key}_{number}", text) for number, text in enumerate(rules, 1))
    how = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        f'<decision id="{key}" name="{key}">{needs(*required)}'
        f'<decisionTable id="{key}_t" hitPolicy="{hit}"{how}>{columns}{rows}</decisionTable></decision>'
    )


def _rule(key: str, text: str) -> str:
    tests, _, results = text.partition("=>")
    cells = "".join(f"<inputEntry><text>{escape(each.strip())}</text></inputEntry>" for each in tests.split("|"))
    cells += "".join(f"<outputEntry><text>{escape(each.strip())}</text></outputEntry>" for each in results.split("|"))
    return f'<rule id="{key}">{cells}</rule>'


def _texts(name: str, text: str | None) -> str:
    return f"<{name}><text>{escape(text)}</text></{name}>" if text is not None else ""
