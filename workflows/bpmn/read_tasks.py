"""Reading what tasks add: people, forms, jobs and scripts (semantics.md T and H)."""

from __future__ import annotations

import re

from .element import Element, bare, camunda, child, child_text, children, extensions, own, text_of, zeebe
from .model import DecisionCall, FormField, HumanTask, Job, Script
from .read_functions import called_name
from .read_rights import read_rights

_EXPRESSION = r"[$#]\{[^{}]*(?:\}|$)"
_INSIDE, _BARE = (rf"(?:{_EXPRESSION}|[^(){more}$#]|[$#](?!\{{))" for more in ("", ","))
OWNER = re.compile(rf"(user|group)\(({_INSIDE}*)\)|((?!\s){_BARE}+)")
LEVEL = re.compile(r"([+-]?\d{1,3}):(\w+)")


def human_task(element: Element) -> HumanTask:
    """Everything a user task says about people, dates and forms."""
    groups, users = _text_list(camunda(element, "candidateGroups")), _text_list(camunda(element, "candidateUsers"))
    assignee = camunda(element, "assignee")
    modern = zeebe(element, "assignmentDefinition")
    if modern is not None:
        assignee = modern.get("assignee", assignee)
        groups += _text_list(modern.get("candidateGroups"))
        users += _text_list(modern.get("candidateUsers"))
    for kind, name in _owners(element, "potentialOwner"):
        (users if kind == "user" else groups).append(name)
    performer = next(iter(_owners(element, "humanPerformer", "performer")), None)
    schedule, priority = zeebe(element, "taskSchedule"), zeebe(element, "priorityDefinition")
    return HumanTask(
        assignee or (performer[1] if performer else None),
        tuple(groups),
        tuple(users),
        camunda(element, "dueDate") if schedule is None else schedule.get("dueDate"),
        camunda(element, "followUpDate") if schedule is None else schedule.get("followUpDate"),
        camunda(element, "priority") if priority is None else priority.get("priority"),
        _form_key(element),
        form_fields(element),
        escalation(own(element, "escalation")),
        read_rights(element),
    )


def escalation(text: str | None) -> tuple[tuple[int, str], ...]:
    """`-2:nguoi_giu 0:nguoi_giu +1:thu_truong`: working days relative to the due date, and who is told."""
    return tuple((int(days), target) for days, target in LEVEL.findall(text or ""))


def escalation_is_readable(text: str) -> bool:
    """Whether every part of the text is a level."""
    return all(LEVEL.fullmatch(part) for part in text.replace(",", " ").split())


def _text_list(text: str | None) -> list[str]:
    return [text] if text is not None and text.strip() else []


def _owners(element: Element, *names: str) -> list[tuple[str, str]]:
    """potentialOwner and humanPerformer with user(x), group(x) or bare names (which are groups for owners).

    Each x may be an expression; a text in FEEL is one expression as a whole.
    """
    found = []
    for owner in children(element, *names):
        for holder in children(owner, "resourceAssignmentExpression"):
            text = child_text(holder, "formalExpression") or child_text(holder, "expression") or ""
            if text.startswith("="):
                found.append(("group", text))
                continue
            for kind, inner, plain in OWNER.findall(text):
                name = (inner or plain).strip()
                if name:
                    found.append((kind or "group", name))
    return found


def _form_key(element: Element) -> str | None:
    definition = zeebe(element, "formDefinition")
    if definition is not None:
        return definition.get("formKey") or definition.get("formId") or definition.get("externalReference")
    return camunda(element, "formKey") or camunda(element, "formRef")


def form_fields(element: Element) -> tuple[FormField, ...]:
    """camunda:formData with its fields; activiti:formProperty and flowable:formProperty."""
    found = []
    for holder in extensions(element, "formData"):
        found += [_field(item) for item in holder if bare(item) == "formField"]
    found += [_field(item) for item in extensions(element, "formProperty")]
    return tuple(found)


def _field(item: Element) -> FormField:
    choices = tuple((part.get("id", ""), part.get("name", "")) for part in item if bare(part) == "value")
    rules = tuple(
        (rule.get("name", ""), rule.get("config", "")) for part in item if bare(part) == "validation" for rule in part
    )
    for name in ("required", "readable", "writable"):
        if item.get(name) is not None:
            rules = (*rules, (name, item.get(name, "")))
    return FormField(
        item.get("id", ""),
        item.get("label") or item.get("name"),
        item.get("type"),
        item.get("defaultValue") or item.get("default"),
        choices,
        rules,
    )


def job(element: Element, kind: str, holder: Element) -> Job | None:
    """The job type of a task or of a message event definition (`holder`); None when it has none of its own."""
    modern = zeebe(element, "taskDefinition")
    if modern is not None:
        return Job(modern.get("type", ""), modern.get("retries"))
    if camunda(holder, "type") == "external":
        return Job(camunda(holder, "topic") or "", None, camunda(holder, "taskPriority"))
    called = called_name(holder)
    if called is not None:
        return Job(called, by_name=True)
    if kind == "businessRuleTask":
        decision = zeebe(element, "calledDecision")
        name = camunda(element, "decisionRef") if decision is None else decision.get("decisionId")
        return Job(name or element.get("id") or "")
    return Job(element.get("id", "")) if kind == "serviceTask" else None


def decision_call(element: Element) -> DecisionCall | None:
    """The decision that a business rule task asks; None when it is work for a worker."""
    modern = zeebe(element, "calledDecision")
    if modern is not None:
        return DecisionCall(
            modern.get("decisionId", ""),
            modern.get("bindingType", "latest"),
            modern.get("versionTag"),
            variable=modern.get("resultVariable"),
        )
    name = camunda(element, "decisionRef")
    if name is None or camunda(element, "type") is not None or zeebe(element, "taskDefinition") is not None:
        return None
    binding = camunda(element, "decisionRefBinding") or "latest"
    return DecisionCall(
        name,
        binding,
        camunda(element, "decisionRefVersionTag" if binding == "versionTag" else "decisionRefVersion"),
        camunda(element, "mapDecisionResult") or "resultList",
        camunda(element, "resultVariable"),
    )


def script(element: Element) -> Script | None:
    """The expression of a script task."""
    modern = zeebe(element, "script")
    if modern is not None:
        text = modern.get("expression", "")
        return Script(text if text.strip().startswith("=") else f"={text}", modern.get("resultVariable"), "feel")
    body = text_of(child(element, "script"))
    if body is None:
        return None
    language = (element.get("scriptFormat") or "").strip().lower()
    if language.endswith("feel") and not body.startswith("="):
        body = f"={body}"
    elif language in {"juel", "el"} and "${" not in body and "#{" not in body:
        body = f"${{{body}}}"
    return Script(body, camunda(element, "resultVariable"), language)
