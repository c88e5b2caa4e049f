"""Every Vietnamese word that the program uses as data stands in the glossary."""

from __future__ import annotations

import re

from lxml import etree

from service.words import vi
from service.words.fields import FIELD

from .source import ROOT

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
STEPS = ("process", "userTask", "serviceTask", "sendTask", "businessRuleTask", "callActivity", "subProcess")
CATALOGUES = (
    vi.FORM_VERB,
    vi.OUTCOME,
    vi.ROLE,
    FIELD,
    vi.MODE,
    vi.STEP_BACK,
    vi.RECEIPT_STATUS,
    vi.SUBMISSION_STATUS,
)


def explained() -> set[str]:
    """Every word in code letters on the page."""
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    return {word for code in re.findall(r"`([^`]+)`", page) for word in re.findall(r"[a-z_]+", code)}


def test_every_form_field_outcome_and_role_is_explained() -> None:
    used = {word for catalogue in CATALOGUES for word in catalogue if word}
    assert not sorted(used - explained())


def test_every_step_form_and_role_of_the_shipped_processes_is_explained() -> None:
    used: set[str] = set()
    for file in sorted((ROOT / "workflows/bpmn/library").glob("*.bpmn")):
        tree = etree.parse(file)
        for element in tree.iter(*(BPMN + step for step in STEPS)):
            used.add(element.get("id") or "")
            used.add(element.get(f"{CAMUNDA}formKey") or "")
            groups = element.get(f"{CAMUNDA}candidateGroups") or ""
            used |= {group.partition("@")[0] for group in groups.split(",") if "${" not in group.partition("@")[0]}
    used.discard("")
    assert used
    assert not sorted(used - explained())
