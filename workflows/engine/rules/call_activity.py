"""Call activities: another process inside this case, with only the mapped variables crossing the border (SC1 to
SC6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.bpmn.model import CallTarget
from workflows.engine.events import CaseCalled
from workflows.engine.program import Step, program_of
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from . import data
from .activity import Activity
from .opening import open_inside

CALLERS_KEY = "execution.processBusinessKey"


class CallActivity(Activity):
    """A call activity; its instance holds the root of the called process."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Find the process, hand over its variables, start it."""
        call = step.node.call
        assert call is not None
        run.at = step.id
        _check_depth(run, place, step)
        process = str(run.evaluate(call.element, place.id))
        version = str(run.evaluate(call.version, place.id)) if call.version is not None else None
        caller = run.state.homes[place.root][0]
        definition = run.definitions.find(process, call.binding, version, caller)
        program = program_of(run.definitions.load(definition), process) if definition is not None else None
        if definition is None or program is None or not program.chart.initial:
            raise Refused("CALLED_ELEMENT_NOT_FOUND", element=step.id, process=process)
        variables = {**program.process.values, **_inward(run, place, call)}
        root = run.new_id()
        run.emit(CaseCalled(root, place.id, definition, process, variables, _business_key(run, place, call)))
        open_inside(run, run.state.instances[root], program.chart)

    def returned(self, run: Run, place: Instance, step: Step, child: Mapping[str, Any], root: Instance) -> None:
        """The called process has ended: its results come back."""
        call = step.node.call
        assert call is not None
        results = dict(child) if call.all_out or step.node.outputs else {}
        results.update(data.mapped(run, (item for item in call.outputs if not item.local), root.id, {}))
        kept = dict(child) if call.all_out_local else {}
        kept.update(data.mapped(run, (item for item in call.outputs if item.local), root.id, {}))
        run.close(root, kind="process", body=True)
        if kept:
            run.write_local(place.id, kept)
        self.complete(run, place, step, results)


def returned(run: Run, root: Instance) -> None:
    """The process with this root, which a call activity started, has no token left."""
    assert root.parent is not None
    place = run.state.instances[root.parent]
    step = run.step(place)
    rule = run.rules[step.kind]
    assert isinstance(rule, CallActivity)
    rule.returned(run, place, step, run.state.variables[root.id], root)


def _inward(run: Run, place: Instance, call: CallTarget) -> dict[str, Any]:
    own = run.state.variables.get(place.id, {})
    known = dict(run.state.visible(place.id)) if call.all_in else dict(own) if call.all_in_local else {}
    local = {item.target: own.get(item.source) for item in call.inputs if item.local and item.variable}
    others = (item for item in call.inputs if not (item.local and item.variable))
    return {**known, **local, **data.mapped(run, others, place.id, {})}


def _business_key(run: Run, place: Instance, call: CallTarget) -> str | None:
    if call.business_key is None:
        return None
    if call.business_key.strip("#${} \t\n") == CALLERS_KEY:
        caller: str | None = run.state.facts.get(place.root, {}).get("business_key", run.state.business_key)
        return caller
    value = run.kept(run.evaluate(call.business_key, place.id))
    return None if value is None else str(value)


def _check_depth(run: Run, place: Instance, step: Step) -> None:
    depth = 0
    current: str | None = place.id
    while current is not None:
        outer = run.state.instances[current]
        depth += outer.role == "process"
        current = outer.parent
    if depth > run.context.limits.call_depth:
        raise Refused("CALL_DEPTH_EXCEEDED", element=step.id, most=run.context.limits.call_depth)
