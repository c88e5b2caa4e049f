"""Elements as BPMN text, for the tests of more than one element."""

from __future__ import annotations

from .building import BORDER, Play, process, users

M = '<message id="m" name="tin"/><signal id="sg" name="hieu"/>'


def boundary(kind: str, inner: str = "", interrupting: bool = True, name: str = "b", to: str = "a") -> str:
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="{str(interrupting).lower()}">'
        f"{definition(kind, inner)}</boundaryEvent>"
    )


def definition(kind: str, inner: str = "") -> str:
    refs = {"message": 'messageRef="m"', "signal": 'signalRef="sg"'}
    return f"<{kind}EventDefinition {refs.get(kind, '')}>{inner}</{kind}EventDefinition>"


def duration(text: str, kind: str = "timeDuration") -> str:
    return f"<{kind}>{text}</{kind}>"


def catch(name: str, kind: str, inner: str = "") -> str:
    return f'<intermediateCatchEvent id="{name}">{definition(kind, inner)}</intermediateCatchEvent>'


def throw(name: str, kind: str, inner: str = "") -> str:
    return f'<intermediateThrowEvent id="{name}">{definition(kind, inner)}</intermediateThrowEvent>'


ROOTS = (
    '<error id="A" errorCode="A"/><error id="B" errorCode="B"/><escalation id="E" escalationCode="E"/>'
    '<escalation id="F" escalationCode="F"/><message id="m" name="tin"/><signal id="sg" name="hieu"/>'
)


def sub(name: str, body: str, *pairs: str, kind: str = "subProcess", attributes: str = "") -> str:
    links = "".join(
        f'<sequenceFlow id="{name}_{at}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for at, pair in enumerate(pairs)
    )
    return f'<{kind} id="{name}" {attributes}>{body}{links}</{kind}>'


def handler(name: str, event: str, task: str, interrupting: bool = True) -> str:
    return sub(
        name,
        f'<startEvent id="{name}s" isInterrupting="{str(interrupting).lower()}">{event}</startEvent>' + users(task),
        f"{name}s {task}",
        attributes='triggeredByEvent="true"',
    )


def one(task: str, **variables: object) -> Play:
    return Play(process(BORDER + task + users("z"), "s a z e"), **variables)


def undoable(name: str, kind: str = "userTask", inner: str = "") -> str:
    return (
        f'<{kind} id="{name}">{inner}</{kind}><userTask id="bo_{name}" isForCompensation="true"/>'
        f'<boundaryEvent id="cb_{name}" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
        f'<association id="as_{name}" sourceRef="cb_{name}" targetRef="bo_{name}"/>'
    )


def catcher(  # noqa: PLR0917 - a shorthand
    name: str, to: str, ref: str | None, kind: str = "error", interrupting: bool = True, extra: str = ""
) -> str:
    given = f'{kind}Ref="{ref}"' if ref else ""
    return (
        f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="{str(interrupting).lower()}">'
        f"<{kind}EventDefinition {given} {extra}/></boundaryEvent>"
    )


def started(body: str, *pairs: str, kind: str = "subProcess", inner: str = "") -> str:
    """A sub-process `sp` with its start event `s2`."""
    return sub("sp", f'{inner}<startEvent id="s2"/>{body}', *pairs, kind=kind)
