"""Names of BPMN 2.0 and of the editors' extensions: namespaces, and the closed whitelist of elements."""

from __future__ import annotations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DI = "http://www.omg.org/spec/DD/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
XINCLUDE = "http://www.w3.org/2001/XInclude"
KEHOACH = "http://kehoach.vn/bpmn/1"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA_FAMILY = (
    "http://camunda.org/schema/1.0/bpmn",
    "http://operaton.org/schema/1.0/bpmn",
    "http://activiti.org/bpmn",
    "http://flowable.org/bpmn",
)
VENDORS = (*CAMUNDA_FAMILY, ZEEBE, KEHOACH)

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
    }
)
SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SUB_PROCESSES | {"callActivity"}
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "complexGateway",
        "eventBasedGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
EVENT_KINDS = {
    f"{kind}EventDefinition": kind
    for kind in (
        "timer",
        "message",
        "signal",
        "error",
        "escalation",
        "conditional",
        "terminate",
        "compensate",
        "link",
        "cancel",
    )
}
EVENT_KINDS["compensateEventDefinition"] = "compensation"

_CARRIED_ALONG = """
    definitions import extension extensionElements documentation process collaboration participant
    participantMultiplicity messageFlow messageFlowAssociation participantAssociation participantRef
    conversation subConversation callConversation conversationLink conversationAssociation messageFlowRef
    innerParticipantRef outerParticipantRef partnerRole partnerEntity innerConversationNodeRef
    outerConversationNodeRef innerMessageFlowRef outerMessageFlowRef participantRef correlationKey
    correlationProperty correlationPropertyRef correlationPropertyRetrievalExpression messagePath
    correlationSubscription correlationPropertyBinding dataPath itemDefinition message signal error escalation
    resource resourceParameter interface interfaceRef operation operationRef inMessageRef outMessageRef errorRef
    endPoint endPointRef category categoryValue categoryValueRef group textAnnotation text association
    relationship source target laneSet lane childLaneSet flowNodeRef partitionElement dataObject
    dataObjectReference dataState dataStore dataStoreReference ioSpecification dataInput dataOutput inputSet
    outputSet dataInputRefs dataOutputRefs inputSetRefs outputSetRefs optionalInputRefs optionalOutputRefs
    whileExecutingInputRefs whileExecutingOutputRefs dataInputAssociation dataOutputAssociation sourceRef
    targetRef assignment transformation from to property monitoring auditing ioBinding supports
    supportedInterfaceRef potentialOwner humanPerformer performer resourceRole resourceRef
    resourceParameterBinding resourceAssignmentExpression formalExpression expression rendering globalTask
    globalUserTask globalManualTask globalScriptTask globalBusinessRuleTask
"""
WITHOUT_EFFECT = frozenset(_CARRIED_ALONG.split())
_PARTS = """
    sequenceFlow incoming outgoing conditionExpression condition timeDate timeDuration timeCycle
    eventDefinitionRef multiInstanceLoopCharacteristics standardLoopCharacteristics loopCardinality
    loopDataInputRef loopDataOutputRef inputDataItem outputDataItem completionCondition loopCondition script
    activationCondition complexBehaviorDefinition noneBehaviorEventRef oneBehaviorEventRef
"""
WITH_EFFECT = FLOW_NODES | EVENT_KINDS.keys() | frozenset(_PARTS.split())
KNOWN = WITHOUT_EFFECT | WITH_EFFECT
EXPRESSION_LANGUAGES = ("juel", "feel", "/spec/feel", "/feel/", "unified-expression-language")
