"""What is shipped is told, licensed and free of the holes that we know of; nothing of the tests leaves this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests import only_here

from .source import ROOT

SCRIPT = ROOT / ".ci" / "supply.py"
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LICENCES = json.loads((ROOT / ".ci" / "licences.json").read_text(encoding="utf-8"))
ADVISORIES = json.loads((ROOT / ".ci" / "advisories.json").read_text(encoding="utf-8"))
# Of bom-1.6.schema.json, what a document as ours is held to; every object there takes no other member.
PURL = {"type": "string", "pattern": "^pkg:pypi/[a-z0-9][a-z0-9._-]*@[^ ]+$"}
COMPONENT = {
    "type": "object",
    "required": ["type", "name"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": ["application", "library"]},
        "bom-ref": {"type": "string", "minLength": 1},
        "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "maxLength": 1024},
        "purl": PURL,
        "hashes": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["alg", "content"],
                "additionalProperties": False,
                "properties": {"alg": {"enum": ["SHA-256"]}, "content": {"pattern": "^[a-f0-9]{64}$"}},
            },
        },
        "licenses": {
            "type": "array",
            "maxItems": 1,
            "items": {"type": "object", "required": ["expression"], "additionalProperties": False,
                      "properties": {"expression": {"type": "string"}}},
        },
        "properties": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False,
                      "properties": {"name": {"type": "string"}, "value": {"type": "string"}}},
        },
    },
}  # fmt: skip
BOM = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["bomFormat", "specVersion"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"enum": ["http://cyclonedx.org/schema/bom-1.6.schema.json"]},
        "bomFormat": {"enum": ["CycloneDX"]},
        "specVersion": {"enum": ["1.6"]},
        "serialNumber": {"pattern": "^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"},
        "version": {"type": "integer", "minimum": 1},
        "metadata": {"type": "object", "properties": {"component": COMPONENT}, "additionalProperties": False},
        "components": {
            "type": "array",
            "uniqueItems": True,
            "items": {**COMPONENT, "required": ["type", "name", "purl", "hashes", "licenses"]},
        },
        "dependencies": {"type": "array", "items": {"type": "object", "required": ["ref"]}},
    },
}  # fmt: skip


def supply() -> Any:
    spec = spec_from_file_location("supply", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def said(what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", SCRIPT, what], capture_output=True, text=True, check=False)


def test_the_bill_of_materials_is_cyclonedx_and_the_same_each_time() -> None:
    first, second = said("sbom"), said("sbom")
    assert first.returncode == 0 and first.stdout == second.stdout
    bill = json.loads(first.stdout)
    assert [error.message for error in Draft7Validator(BOM).iter_errors(bill)] == []
    references = [each["bom-ref"] for each in bill["components"]]
    assert len(set(references)) == len(references) == LOCK.count("==") - LOCK.count("== '")
    assert bill["dependencies"][0]["dependsOn"] == references
    assert sorted(line.split("sha256:")[1][:64] for line in LOCK.splitlines() if "sha256:" in line) == sorted(
        each["content"] for component in bill["components"] for each in component["hashes"]
    )


def test_another_lock_is_another_bill() -> None:
    tools = supply()
    project = {"name": "kehoach", "version": "1"}
    changed = LOCK.replace("jinja2==3.1.6", "jinja2==3.1.7")
    bills = [tools.sbom(lock, LICENCES["packages"], project) for lock in (LOCK, changed)]
    assert bills[0]["serialNumber"] != bills[1]["serialNumber"]
    assert bills[0]["components"] != bills[1]["components"]


def test_every_licence_is_known_and_allowed() -> None:
    assert (said("licences").returncode, said("licences").stderr) == (0, "")
    tools = supply()
    unlisted = LOCK + f"la==1.0 \\\n    --hash=sha256:{'0' * 64}\n"
    assert tools.bad_licences(unlisted, LICENCES) == ["la: no licence on the list"]
    listed = {
        **LICENCES,
        "packages": {**LICENCES["packages"], "jinja2": "GPL-3.0-only", "lxml": "MIT AND AGPL-3.0-only"},
    }
    assert [each.partition(":")[0] for each in tools.bad_licences(LOCK, listed)] == ["jinja2", "lxml"]


def test_the_list_says_what_the_packages_say_of_themselves() -> None:
    for name, licence in LICENCES["packages"].items():
        try:
            declared = metadata(name).get("License-Expression")
        except PackageNotFoundError:  # for another system or another Python
            continue
        assert declared in (None, licence), name


def test_no_package_has_a_hole_that_we_know_of() -> None:
    assert (said("audit").returncode, said("audit").stderr) == (0, "")
    tools = supply()
    old = LOCK.replace("jinja2==3.1.6", "jinja2==3.1.5")
    assert old != LOCK
    (told,) = tools.too_old(old, ADVISORIES)
    assert told.startswith("jinja2 3.1.5 is older than 3.1.6") and "CVE-2025-27516" in told
    assert tools.too_old(LOCK + f"ecdsa==0.19.0 \\\n    --hash=sha256:{'0' * 64}\n", ADVISORIES)
    assert {each["name"] for each in tools.packages(LOCK)} >= ADVISORIES["least"].keys()
    assert date.fromisoformat(ADVISORIES["read_on"]) >= date(2026, 11, 28)


OUTSIDE = [("93.184.216.34", 80), ("2606:2800:220:1:248:1893:25c8:1946", 443), ("10.0.0.1", 25)]


@pytest.mark.parametrize("address", OUTSIDE, ids=lambda each: each[0])
def test_a_connection_to_elsewhere_fails_whoever_makes_it(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as planted, pytest.raises(only_here.SpokeElsewhere):
        planted.connect(address)
    assert only_here.taken() == [f"{address[0]} {address[1]}"]


def test_a_name_of_elsewhere_is_not_even_looked_up() -> None:
    with pytest.raises(only_here.SpokeElsewhere):
        socket.getaddrinfo("telemetry.example.com", 443)
    assert only_here.taken() == ["telemetry.example.com"]


def test_a_child_that_speaks_elsewhere_is_found_too(tmp_path: Path) -> None:
    program = "import socket; socket.create_connection(('93.184.216.34', 80), timeout=1)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 1 and "SpokeElsewhere" in ended.stderr
    assert only_here.taken() == ["93.184.216.34 80"]


def test_this_machine_may_be_spoken_to() -> None:
    with socket.socket() as listener, socket.socket() as speaker:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        speaker.connect(listener.getsockname())
    assert socket.getaddrinfo("localhost", 80)
    assert only_here.taken() == []
