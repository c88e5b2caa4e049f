"""Which rule serves which element: the whole list of what the engine executes, by the local name in the BPMN
namespace."""

from __future__ import annotations

from workflows.engine.run import Rule

from .activity import Activity
from .adhoc import AdHoc
from .boundary_event import BoundaryEvent
from .business_rule import BusinessRule
from .call_activity import CallActivity
from .catch_event import CatchEvent
from .complex_gateway import ComplexGateway
from .event_gateway import EventGateway
from .exclusive_gateway import ExclusiveGateway
from .inclusive_gateway import InclusiveGateway
from .job import JobTask
from .multi_instance import MultiInstance
from .parallel_gateway import ParallelGateway
from .process import Process
from .receive_task import ReceiveTask
from .script_task import ScriptTask
from .standard_loop import StandardLoop
from .start_event import StartEvent
from .sub_process import SubProcess
from .throw_event import ThrowEvent
from .transaction import Transaction
from .user_task import UserTask

_ROUNDS = (MultiInstance(), StandardLoop())
_PASSING, _JOB = Activity(*_ROUNDS), JobTask(*_ROUNDS)

RULES: dict[str, Rule] = {
    "process": Process(),
    "startEvent": StartEvent(),
    "endEvent": ThrowEvent(),
    "intermediateThrowEvent": ThrowEvent(),
    "intermediateCatchEvent": CatchEvent(),
    "boundaryEvent": BoundaryEvent(),
    "exclusiveGateway": ExclusiveGateway(),
    "parallelGateway": ParallelGateway(),
    "inclusiveGateway": InclusiveGateway(),
    "complexGateway": ComplexGateway(),
    "eventBasedGateway": EventGateway(),
    "task": _PASSING,
    "manualTask": _PASSING,
    "userTask": UserTask(*_ROUNDS),
    "serviceTask": _JOB,
    "sendTask": _JOB,
    "businessRuleTask": BusinessRule(*_ROUNDS),
    "receiveTask": ReceiveTask(*_ROUNDS),
    "scriptTask": ScriptTask(*_ROUNDS),
    "subProcess": SubProcess(*_ROUNDS),
    "transaction": Transaction(*_ROUNDS),
    "adHocSubProcess": AdHoc(*_ROUNDS),
    "callActivity": CallActivity(*_ROUNDS),
}
