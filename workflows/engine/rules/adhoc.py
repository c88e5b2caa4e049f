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
    """An ad-hoc sub-process.

    Among its facts, `done` says that it ends as soon as nothing runs, `closed` that nothing more may be started, and
    `queue` what a sequential one still has to start.
    """

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
        wanted = [str(item) for item in value]
        if step.node.ordering == "Sequential":
            self._enabled(step, wanted)
            run.emit(InstanceNoted(place.id, {"queue": wanted}))
            self._next(run, place, step)
        else:
            self.activate(run, place, step, wanted)
        run.touch(place.id)

    def activate(self, run: Run, place: Instance, step: Step, elements: Iterable[str]) -> None:
        """Start these inner activities; all of them must be enabled, one at a time where the order is sequential."""
        wanted = list(elements)
        busy = place.id in run.state.children or place.id in run.state.held
        one_by_one = step.node.ordering == "Sequential" and (busy or len(wanted) > 1)
        if wanted and (one_by_one or run.state.facts.get(place.id, {}).get("closed")):
            raise Refused("NOT_ENABLED", element=wanted[0])
        for inner in self._enabled(step, wanted):
            run.move(inner, place.id)

    def inner_left(self, run: Run, place: Instance, step: Step) -> None:
        """After each completion inside look at the completion condition."""
        condition = step.node.completion_condition
        if condition is None or place.id not in run.state.instances:
            return
        run.at = step.id
        if run.holds(condition, place.id):
            run.emit(InstanceNoted(place.id, {"done": True, "closed": True, "queue": []}))
            if step.node.cancel_remaining:
                run.clear(place.id)
            run.touch(place.id)

    def finish(self, run: Run, place: Instance) -> None:
        """Nothing more is to be started: complete as soon as nothing runs."""
        run.emit(InstanceNoted(place.id, {"done": True, "closed": True}))
        run.touch(place.id)

    def terminated(self, run: Run, place: Instance, step: Step) -> None:
        """It counts as completed, whatever its condition says and whatever was still to be started (EX2)."""
        run.emit(InstanceNoted(place.id, {"done": True, "closed": True, "queue": []}))

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """Nothing runs inside; that is the end only when it is done, or a handler has taken over."""
        facts = run.state.facts.get(place.id, {})
        if "interrupted" in facts or "todo" in facts or (facts.get("done") and not facts.get("queue")):
            self.complete(run, place, step)
        elif facts.get("queue"):
            self._next(run, place, step)

    def _next(self, run: Run, place: Instance, step: Step) -> None:
        """Start the first that a sequential one still has to start."""
        queue = run.state.facts[place.id]["queue"]
        if queue:
            run.emit(InstanceNoted(place.id, {"queue": queue[1:]}))
            run.move(self._enabled(step, queue[:1])[0], place.id)

    def _enabled(self, step: Step, elements: Iterable[str]) -> list[Step]:
        """The inner steps of these ids; Refused NOT_ENABLED when one is not there to be started."""
        assert step.inside is not None
        enabled = {inner.id: inner for inner in step.inside.sourceless}
        wanted = list(elements)
        for element in wanted:
            if element not in enabled:
                raise Refused("NOT_ENABLED", element=element)
        return [enabled[element] for element in wanted]
