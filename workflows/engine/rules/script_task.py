"""Script tasks: one expression, its value kept in a variable (semantics.md T6)."""

from __future__ import annotations

from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .activity import Activity


class ScriptTask(Activity):
    """A script task; only expression languages pass the check of a definition."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Evaluate and go on."""
        script = step.node.script
        results = {}
        if script is not None:
            value = run.kept(run.evaluate(script.text, place.id))
            if script.result is not None:
                results[script.result] = value
        self.complete(run, place, step, results)
