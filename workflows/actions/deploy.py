"""Deploy a process: read, checked whole, and kept as the next version beside the older ones."""

from __future__ import annotations

import codecs
import re
from importlib.resources import files

from workflows.bpmn.read import read
from workflows.store import cases

from .desk import Desk, Work

LIBRARY = ("ke_hoach.bpmn", "bao_cao.bpmn", "nhiem_vu.bpmn")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)[\"']")


def deploy_definition(desk: Desk, xml: bytes) -> list[tuple[str, int]]:
    """Deploy one BPMN file; its processes and their versions. BadDefinition carries every finding.

    A file that is the same as the newest version of its process makes no version.
    """
    with desk.open() as work:
        return _deploy(work, xml)


def deploy_library(desk: Desk) -> list[tuple[str, int]]:
    """Deploy the processes that the program ships, where they are new."""
    folder = files("workflows.bpmn.library")
    with desk.open() as work:
        return [deployed for name in LIBRARY for deployed in _deploy(work, (folder / name).read_bytes())]


def _deploy(work: Work, xml: bytes) -> list[tuple[str, int]]:
    definition = read(xml)
    deployed = []
    for process in definition.processes:
        row = cases.insert_definition(
            work.connection,
            key=process.id,
            name=process.name or process.id,
            xml=as_text(xml),
            now=work.now,
            by=work.by.name,
        )
        deployed.append((row.key, row.version))
    return deployed


def as_text(xml: bytes) -> str:
    """The file as text without its declaration, whose encoding no longer holds."""
    return _DECLARATION.sub("", xml.decode(_encoding(xml)), count=1).lstrip()


def _encoding(xml: bytes) -> str:
    """As the parser finds it: a byte order mark, else the declaration, else UTF-8 (XML 1.0, appendix F)."""
    if xml.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _ENCODING.match(xml)
    named = declared[1].decode() if declared else "utf-8"
    return "utf-8-sig" if named.lower() in ("utf-8", "utf8") else named
