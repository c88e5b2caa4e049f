"""Embedded sub-processes: a scope of their own, over when its last token is gone (semantics.md S1, S2)."""

from __future__ import annotations

from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance

from .activity import Activity
from .opening import open_inside


class SubProcess(Activity):
    """An embedded sub-process; a triggered event sub-process is one as well, without outgoing flows."""

    def work(self, run: Run, place: Instance, step: Step) -> None:
        """Arm the event sub-processes and start the tokens inside."""
        assert step.inside is not None
        open_inside(run, place, step.inside)

    def emptied(self, run: Run, place: Instance, step: Step) -> None:
        """The last token inside is gone and no handler runs."""
        self.complete(run, place, step)
