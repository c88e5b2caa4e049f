"""Data mappings of activities and events (semantics.md D1 to D3; camunda:inputOutput, zeebe:ioMapping, camunda:in
and out)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workflows.bpmn.model import Mapped
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance


def inputs(run: Run, step: Step, scope: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The local variables that the input mappings make; a later one sees the earlier ones."""
    return mapped(run, step.node.inputs, scope, known)


def outputs(run: Run, step: Step, place: Instance, results: Mapping[str, Any], *, local: bool) -> Mapping[str, Any]:
    """Write what leaves an activity; gives back what its instance saw last.

    With output mappings only they leave; without, the results go to the nearest scope that knows the name.
    """
    assert place.parent is not None
    if step.node.outputs:
        values = mapped(run, step.node.outputs, place.id, results)
        leaving = dict(values)
        if run.state.instances[place.parent].role == "body":
            for name in run.state.variables.get(place.id, {}).keys() - {item.target for item in step.node.inputs}:
                leaving.pop(name, None)  # what the repetition made for this round alone, such as its output element
        run.write(place.parent, leaving)
        return {**run.state.visible(place.id), **results, **values}
    if results and not local:
        run.write(place.id, results)
        return run.state.visible(place.id)
    return {**run.state.visible(place.id), **results}


def receive(run: Run, step: Step, scope: str, payload: Mapping[str, Any]) -> None:
    """Write the payload of an event into the scope of its catcher (EM6), through its output mappings if it has any."""
    if step.node.outputs:
        run.at = step.id
        run.write(scope, mapped(run, step.node.outputs, scope, payload))
    elif payload:
        run.write(scope, payload)


def mapped(run: Run, mappings: Iterable[Mapped], scope: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """The values of these mappings by target name, as JSON; `known` are names that are not variables of the scope
    (yet)."""
    values: dict[str, Any] = {}
    names = dict(known)
    for item in mappings:
        value = run.kept(_value(run, item, scope, names))
        values[item.target] = value
        names[item.target] = value
    return _nested(values)


def _value(run: Run, item: Mapped, scope: str, names: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a JSON value
    if item.variable:
        return names[item.source] if item.source in names else run.state.visible(scope).get(item.source)
    return _structure(run, item.source, scope, names)


def _structure(run: Run, source: Any, scope: str, names: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(source, str):
        return run.evaluate(source, scope, names)
    if isinstance(source, tuple):
        return [_structure(run, item, scope, names) for item in source]
    if isinstance(source, Mapping):
        return {key: _structure(run, item, scope, names) for key, item in source.items()}
    return source


def _nested(values: dict[str, Any]) -> dict[str, Any]:
    """Targets written as a path (zeebe: `plan.number`) become a context under their first name."""
    if not any("." in name for name in values):
        return values
    found: dict[str, Any] = {}
    for name, value in values.items():
        first, *rest = name.split(".")
        if not rest:
            found[first] = value
            continue
        holder = found.setdefault(first, {})
        for part in rest[:-1]:
            holder = holder.setdefault(part, {})
        holder[rest[-1]] = value
    return found
