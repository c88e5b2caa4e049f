"""Reading event definitions: inline, by eventDefinitionRef, and what messages, signals, errors and escalations say
at the root."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .element import Element, camunda, child, child_text, children, flag, line_of, local, ref, text_of, zeebe
from .model import EventDefinition
from .names import EVENT_KINDS

Report: TypeAlias = Callable[[str, Element, str], None]
ROOTS = {"message": "message", "signal": "signal", "error": "error", "escalation": "escalation"}


class Events:
    """Reads event definitions against the root elements of one file."""

    def __init__(self, root: Element, report: Report) -> None:
        self._report = report
        self._roots = {(local(item), item.get("id")): item for item in children(root, *ROOTS)}
        self._shared = {item.get("id"): item for item in children(root, *EVENT_KINDS)}

    def of(self, element: Element) -> tuple[EventDefinition, ...]:
        """The event definitions of an event, in the order of the file."""
        found = []
        for item in children(element, *EVENT_KINDS, "eventDefinitionRef"):
            if local(item) == "eventDefinitionRef":
                shared = self._shared.get(ref(text_of(item)))
                if shared is None:
                    self._report(
                        "DANGLING_REFERENCE", item, f"eventDefinitionRef trỏ tới «{text_of(item)}» không có trong tệp."
                    )
                    continue
                item = shared  # noqa: PLW2901 - a shared definition reads like an inline one
            found.append(self.read(item, element))
        return tuple(found)

    def of_task(self, element: Element) -> tuple[EventDefinition, ...]:
        """The message of a send or receive task."""
        if element.get("messageRef") is None:
            return ()
        return (self._named("message", element, element),)

    def read(self, item: Element, event: Element) -> EventDefinition:
        """One event definition of an event."""
        kind = EVENT_KINDS[local(item) or ""]
        if kind in ROOTS:
            return self._named(kind, item, event)
        return _READERS[kind](item)

    def _named(self, kind: str, item: Element, event: Element) -> EventDefinition:
        wanted = item.get(f"{kind}Ref")
        root = self._roots.get((kind, ref(wanted))) if wanted is not None else None
        if wanted is not None and root is None:
            self._report("DANGLING_REFERENCE", item, f"{kind}Ref trỏ tới «{wanted}» không có trong tệp.")
        name, code, key = None, None, None
        if root is not None:
            name = root.get("name") or root.get("id")
            code = root.get(f"{kind}Code") or (root.get("id") if kind in {"error", "escalation"} else None)
            subscription = zeebe(root, "subscription")
            key = subscription.get("correlationKey") if subscription is not None else None
        published = zeebe(event, "publishMessage")
        return EventDefinition(
            kind,
            line_of(item),
            item.get("id"),
            ref(wanted),
            name,
            code,
            correlation_key=key if published is None else published.get("correlationKey", key),
            code_variable=camunda(item, f"{kind}CodeVariable"),
            message_variable=camunda(item, "errorMessageVariable"),
        )


def _timer(item: Element) -> EventDefinition:
    return EventDefinition(
        "timer",
        line_of(item),
        item.get("id"),
        date=child_text(item, "timeDate"),
        duration=child_text(item, "timeDuration"),
        cycle=child_text(item, "timeCycle"),
    )


def _conditional(item: Element) -> EventDefinition:
    condition = child(item, "condition")
    narrowed = zeebe(item, "conditionalFilter")
    name, kinds = camunda(item, "variableName"), camunda(item, "variableEvents")
    if narrowed is not None:
        name, kinds = narrowed.get("variableNames", name), narrowed.get("variableEvents", kinds)
    return EventDefinition(
        "conditional",
        line_of(item),
        item.get("id"),
        condition=text_of(condition),
        language=condition.get("language") if condition is not None else None,
        variable_name=name,
        variable_events=tuple((kinds or "").replace(",", " ").split()),
    )


def _compensation(item: Element) -> EventDefinition:
    return EventDefinition(
        "compensation",
        line_of(item),
        item.get("id"),
        ref(item.get("activityRef")),
        wait_for_completion=flag(item, "waitForCompletion", default=True),
    )


def _link(item: Element) -> EventDefinition:
    return EventDefinition("link", line_of(item), item.get("id"), name=item.get("name"))


def _terminate(item: Element) -> EventDefinition:
    return EventDefinition(
        "terminate", line_of(item), item.get("id"), terminate_all=camunda(item, "terminateAll") == "true"
    )


def _cancel(item: Element) -> EventDefinition:
    return EventDefinition("cancel", line_of(item), item.get("id"))


_READERS: dict[str, Callable[[Element], EventDefinition]] = {
    "timer": _timer,
    "conditional": _conditional,
    "compensation": _compensation,
    "link": _link,
    "terminate": _terminate,
    "cancel": _cancel,
}
