"""SpiffWorkflow playing the same `ke_hoach.bpmn`, in memory, as fast as its own API lets it.

What differs between the two engines is rewritten in the file, nothing else: conditions become Python, automatic steps
become tasks that wait as ours do, the collection of bodies becomes their number, and the calendar's words fall away.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
COLLECTION = "{http://camunda.org/schema/1.0/bpmn}collection"
WORDS = (("&&", " and "), ("||", " or "), ("== true", ""), ("empty co_quan_gop_y", "not co_quan_gop_y"))


@dataclass(frozen=True)
class Spent:
    """Seconds of CPU at the median of the tasks of a plan's life.

    `in_memory`: carried out on the workflow at hand; `stored`: read from text, carried out, and written as text again,
    as for a case that rests in a database between two deeds of people.
    """

    in_memory: float
    stored: float


def steps_of_a_plan(data: bytes, variables: Mapping[str, Any], answers: Mapping[str, Any], lives: int) -> Spent:
    """Each task that a plan's life completes, over this many lives."""
    parser = BpmnParser()
    parser.add_bpmn_xml(_rewritten(data))
    spec = parser.get_spec("ke_hoach")
    subs = parser.get_subprocess_specs("ke_hoach")
    serializer = BpmnWorkflowSerializer()
    spent: dict[str, list[float]] = {}
    stored: dict[str, list[float]] = {}
    for _ in range(lives):
        workflow = BpmnWorkflow(spec, subs)
        workflow.get_next_task().data.update(variables)
        workflow.do_engine_steps()
        text = serializer.serialize_json(workflow)
        while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
            task = ready[0]
            element = task.task_spec.bpmn_id
            began = time.process_time()
            task.data.update(answers.get(element, {}))
            task.run()
            workflow.do_engine_steps()
            spent.setdefault(element, []).append(time.process_time() - began)
            began = time.process_time()
            serializer.deserialize_json(text)
            text = serializer.serialize_json(workflow)
            stored.setdefault(element, []).append(spent[element][-1] + time.process_time() - began)
            if element == "giao_nhiem_vu":  # the plan's period passes: its timer has long been due
                workflow.refresh_waiting_tasks()
                workflow.do_engine_steps()
        assert workflow.is_completed(), sorted(
            task.task_spec.name for task in workflow.get_tasks(state=TaskState.WAITING)
        )
    return Spent(_middle(spent), _middle(stored))


def _middle(by_step: Mapping[str, Sequence[float]]) -> float:
    return statistics.median(statistics.median(each) for each in by_step.values())


def _rewritten(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    for condition in root.iter(f"{BPMN}conditionExpression", f"{BPMN}completionCondition", f"{BPMN}timeDate"):
        text = re.fullmatch(r"\$\{(.*)\}", condition.text or "")
        assert text is not None, condition.text
        written = text.group(1)
        for ours, theirs in WORDS:
            written = written.replace(ours, theirs)
        condition.text = written
    for loop in root.iter(f"{BPMN}multiInstanceLoopCharacteristics"):
        del loop.attrib[COLLECTION]
        number = etree.Element(f"{BPMN}loopCardinality")
        number.text = "len(co_quan_vong)"
        loop.insert(0, number)
    for task in root.iter(f"{BPMN}serviceTask"):
        task.tag = f"{BPMN}userTask"
    return root
