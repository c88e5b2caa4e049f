"""Ad-hoc sub-processes: what is inside starts when somebody says so (BPMN 2.0.2, 13.3.5; semantics.md SA1 to SA4)."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.engine.events import InstanceNoted
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance
from workflows.errors import Refused

from .activity import Activity
from .waiting import arm_all


class AdHoc(Activity):
    """An ad-hoc sub-process; `done` among its facts says that nothing more is to be started."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Arm the event sub-processes; start what the definition names, if it names anything."""
        assert step.inside is not None
        arm_all(run, step.inside.handler_starts, place)
        if step.node.active_elements is None:
            return
        value = run.evaluate(step.node.active_elements, place.id)
        if not isinstance(value, list | tuple):
            raise Refused("EXPRESSION_ERROR", element=step.id, message="Danh sách bước cần mở phải là danh sách.")
        if step.node.completion_condition is None:
            run.emit(InstanceNoted(place.id, {"done": True}))
        self.activate(run, place, step, [str(item) for item in value])
        run.touch(place.id)

    def activate(self, run: Run, place: Instance, step: Step, elements: Iterable[str]) -> None:
        """Start these inner activities; all of them must be enabled, one at a time where the order is sequential."""
        assert step.inside is not None
        enabled = {inner.id: inner for inner in step.inside.sourceless}
        wanted = list(elements)
        busy = place.id in run.state.children or place.id in run.state.held
        for element in wanted:
            if element not in enabled or (step.node.ordering == "Sequential" and (busy or len(wanted) > 1)):
                raise Refused("NOT_ENABLED", element=element)
        for element in wanted:
            run.move(enabled[element], place.id)

    def inner_left(self, run: Run, place: Instance, step: Step) -> None:
        """After each completion inside look at the completion condition."""
        condition = step.node.completion_condition
        if condition is None or place.id not in run.state.instances:
            return
        run.at = step.id
        if run.holds(condition, place.id):
            run.emit(InstanceNoted(place.id, {"done": True}))
            if step.node.cancel_remaining:
                run.clear(place.id)
            run.touch(place.id)

    def finish(self, run: Run, place: Instance) -> None:
        """Nothing more is to be started: complete as soon as nothing runs."""
        run.emit(InstanceNoted(place.id, {"done": True}))
        run.touch(place.id)

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """Nothing runs inside; that is the end only when it is done, or a handler has taken over."""
        facts = run.state.facts.get(place.id, {})
        if facts.get("done") or "interrupted" in facts or "todo" in facts:
            self.complete(run, place, step)
