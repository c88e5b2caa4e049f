"""Deploy processes: read, checked whole, kept as the next versions beside the older ones, and armed to start."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files

from workflows.bpmn.check_calls import check_calls
from workflows.bpmn.dmn import DecisionFile, is_dmn, read_decisions
from workflows.bpmn.model import Definition, Process
from workflows.bpmn.read import read
from workflows.engine import Context, StartTrigger, start_triggers
from workflows.errors import BadDefinition, Finding
from workflows.store import cases, clockwork
from workflows.store.start_triggers import replace_triggers

from .desk import Desk, Work
from .keep_decisions import keep_decisions
from .prove_doable import require_doable
from .prove_named import require_named

LIBRARY = ("ke_hoach.bpmn", "bao_cao.bpmn", "bo_sung_bao_cao.bpmn", "ra_soat_ke_hoach.bpmn", "nhiem_vu.bpmn")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")


def deploy_definition(desk: Desk, xml: bytes) -> list[tuple[str, int]]:
    """Deploy one BPMN file; its processes and their versions. BadDefinition carries every finding.

    NOBODY_CAN_ACT among them names a step that nobody in office could do, four eyes included.

    A file that is the same as the newest version of its process makes no version. The start events of a new version
    wait in place of those of the older one.
    """
    return deploy_together(desk, [xml])


def deploy_together(desk: Desk, xmls: Sequence[bytes]) -> list[tuple[str, int]]:
    """Deploy files that belong together, all or none: processes of one may call those of another by `deployment`.

    Files of DMN are deployed as decisions, which business rule tasks then ask.
    """
    read_files = _read_all(xmls, desk.functions)
    texts = [kept_text(xml) for xml in xmls]
    digest = None
    if len(texts) > 1:
        digest = sha256("".join(sorted(sha256(text.encode()).hexdigest() for text in texts)).encode()).hexdigest()
    processes = [process for file in read_files if isinstance(file, Definition) for process in file.processes]
    with desk.open() as work:
        findings = require_named(work, processes)
        if findings:
            raise BadDefinition(findings)
        return [
            deployed
            for file, text in zip(read_files, texts, strict=True)
            for deployed in _deploy_either(work, file, text, digest)
        ]


def deploy_library(desk: Desk) -> list[tuple[str, int]]:
    """Deploy the processes that the program ships, where they are new."""
    folder = files("workflows.bpmn.library")
    found = [(folder / name).read_bytes() for name in LIBRARY]
    with desk.open() as work:
        return [deployed for xml in found for deployed in _deploy(work, read(xml), as_text(xml), None)]


def _read_all(xmls: Sequence[bytes], functions: Container[str]) -> list[Definition | DecisionFile]:
    """The files, or BadDefinition with what is wrong in each of them and between them."""
    found, findings = list[Definition | DecisionFile](), list[Finding]()
    for xml in xmls:
        try:
            found.append(read_decisions(xml) if is_dmn(xml) else read(xml, functions))
        except BadDefinition as bad:
            findings += bad.findings
    definitions = [file for file in found if isinstance(file, Definition)]
    if not findings and len(definitions) > 1:
        processes = [process for definition in definitions for process in definition.processes]
        findings = [*_deployed_twice(processes), *check_calls(processes)]
    if findings:
        raise BadDefinition(findings)
    return found


def _deployed_twice(processes: Sequence[Process]) -> list[Finding]:
    seen: set[str] = set()
    findings = []
    for process in processes:
        if process.id in seen:
            message = f"Quy trình «{process.id}» có trong hai tệp; hãy bỏ một tệp."
            findings.append(Finding("DUPLICATE_ID", process.id, process.line, message))
        seen.add(process.id)
    return findings


def _deploy_either(
    work: Work, file: Definition | DecisionFile, text: str, deployment: str | None
) -> list[tuple[str, int]]:
    if isinstance(file, DecisionFile):
        return keep_decisions(work, file, text, deployment)
    return _deploy(work, file, text, deployment)


def deploy_checked(work: Work, definition: Definition, text: str, *, by: str) -> list[tuple[str, int]]:
    """Deploy a file that was read already, inside an open transaction, in the name of those who answer for it.

    BadDefinition with NOBODY_CAN_ACT as `deploy_definition`.
    """
    return _deploy(replace(work, by=replace(work.by, name=by)), definition, text, None)


def _deploy(work: Work, definition: Definition, text: str, deployment: str | None) -> list[tuple[str, int]]:
    context = Context(work.now, clockwork.calendar_of(work.connection, None))
    findings = [finding for process in definition.processes for finding in require_doable(work, process)]
    if findings:
        raise BadDefinition(findings)
    triggers = start_triggers(definition, context)
    return [_keep(work, process, text, deployment, triggers) for process in definition.processes]


def _keep(
    work: Work, process: Process, text: str, deployment: str | None, triggers: Sequence[StartTrigger]
) -> tuple[str, int]:
    """One process as its next version; only a version that is new is armed, so that a repeat does not start again."""
    known = cases.find_definition(work.connection, process.id)
    row = cases.insert_definition(
        work.connection,
        key=process.id,
        name=process.name or process.id,
        xml=text,
        now=work.now,
        by=work.by.name,
        deployment=deployment,
    )
    if known is None or row.id != known.id:
        own = [trigger for trigger in triggers if trigger.process == process.id]
        replace_triggers(work.connection, process.id, row.id, own)
    return row.key, row.version


def kept_text(xml: bytes) -> str:
    """The file as it is kept; BadDefinition for an encoding that cannot be read, though its reader knew it."""
    try:
        return as_text(xml)
    except (LookupError, UnicodeDecodeError) as problem:
        message = "Không đọc được bảng mã của tệp; hãy lưu lại bằng UTF-8."
        raise BadDefinition([Finding("XML_MALFORMED", None, 1, message)]) from problem


def as_text(xml: bytes) -> str:
    """The file as text without its declaration, whose encoding no longer holds."""
    return _DECLARATION.sub("", xml.decode(_encoding(xml)), count=1).lstrip()


def _encoding(xml: bytes) -> str:
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\x00" in xml[:4]:
        return "utf-16-be" if xml.startswith(b"\x00") else "utf-16-le"
    declared = _ENCODING.match(xml)
    return declared[1].decode() if declared and not xml.startswith(codecs.BOM_UTF8) else "utf-8-sig"
