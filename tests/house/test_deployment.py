"""Compose file, systemd units and Helm chart say the same thing, and only what the program understands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.cli.main import VERBS
from service.settings import FROM_FILE, PREFIX, Settings

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "docs" / "deploy" / "systemd"
CHART = ROOT / "docs" / "deploy" / "helm" / "kehoach"
ROLES = {"upgrade", "prefect", "web", "worker"}
# What differs from site to site; with systemd it stands in a file of the site's own.
OF_THE_SITE = ("BASE_URL", "MAIL_FROM", "PREFECT_URL", "SMTP_HOST", "SMTP_USER", "DATA_DIR")


@dataclass(frozen=True)
class Role:
    """What one kind of machine runs: the command line after `kehoach`, and its variables."""

    command: tuple[str, ...]
    variables: Mapping[str, str]

    def fixed(self) -> dict[str, str]:
        """The variables that are the same at every site; of a secret only its name, for each way keeps it elsewhere."""
        told = {name.removeprefix(PREFIX): value for name, value in self.variables.items()}
        kept = {name: value for name, value in told.items() if name not in OF_THE_SITE}
        return {name: Path(value).name if name.endswith(FROM_FILE) else value for name, value in kept.items()}


def _compose() -> dict[str, Role]:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    return {
        name: Role(tuple(service["command"]), service["environment"])
        for name, service in services.items()
        if name in ROLES
    }


def _units() -> dict[str, Role]:
    return {path.stem.removeprefix("kehoach-"): _unit(path) for path in UNITS.glob("*.service")}


def _unit(path: Path) -> Role:
    lines = [line.partition("=") for line in path.read_text(encoding="utf-8").splitlines()]
    command = next(value for key, _, value in lines if key == "ExecStart")
    pairs = [pair.partition("=") for key, _, value in lines if key == "Environment" for pair in shlex.split(value)]
    credentials = {value.partition(":")[0] for key, _, value in lines if key == "LoadCredential"}
    variables = {name: value for name, _, value in pairs}
    assert {Path(value).name for name, value in variables.items() if name.endswith(FROM_FILE)} == credentials
    return Role(tuple(command.split()[1:]), variables)


def _chart() -> dict[str, Role]:
    containers = [
        container
        for document in _documents()
        if document["kind"] in ("Deployment", "Job")
        for container in document["spec"]["template"]["spec"]["containers"]
    ]
    return {
        each["name"]: Role(tuple(each["args"]), {variable["name"]: variable["value"] for variable in each["env"]})
        for each in containers
    }


def _documents() -> Iterator[Any]:
    """The chart's templates with its default values; they use substitution and nothing else of Helm."""
    told = {
        "Values": yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8")),
        "Release": {"Name": "vanphong"},
    }

    def substituted(found: re.Match[str]) -> str:
        value = reduce(lambda part, name: part[name], found[1].split("."), told)
        return f'"{value}"' if found[2] else str(value)

    for path in sorted((CHART / "templates").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        rendered = re.sub(r"\{\{ \.([A-Za-z.]+)( \| quote)? \}\}", substituted, text)
        assert "{{ " not in rendered, path
        yield from yaml.safe_load_all(rendered)


WAYS = {"compose": _compose, "systemd": _units, "helm": _chart}


@pytest.mark.parametrize("way", WAYS)
def test_every_role_runs_a_command_with_variables_that_exist(way: str) -> None:
    roles = WAYS[way]()
    assert set(roles) == ROLES
    for role in roles.values():
        assert role.command[0] in VERBS
        names = [name.removeprefix(PREFIX).removesuffix(FROM_FILE).lower() for name in role.variables]
        assert not set(names) - set(Settings.model_fields)


def test_the_three_ways_say_the_same() -> None:
    said = {way: {name: (role.command, role.fixed()) for name, role in roles().items()} for way, roles in WAYS.items()}
    assert said["compose"] == said["systemd"] == said["helm"]


@pytest.mark.parametrize("way", WAYS)
def test_only_the_upgrade_knows_the_owner_of_the_tables(way: str) -> None:
    told = {
        name: [each for each in role.variables if "OWNER_DATABASE_URL" in each] for name, role in WAYS[way]().items()
    }
    assert {name for name, variables in told.items() if variables} == {"upgrade"}


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_is_a_value(way: str) -> None:
    secret = ("PASSWORD", "KEY", "DATABASE_URL")
    for role in WAYS[way]().values():
        assert not [name for name in role.variables if name.endswith(secret)]


def test_the_image_holds_the_packages_that_are_installed() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\w+) \1$", dockerfile, re.MULTILINE))
    assert copied == {"flows", "workflows", "notifications", "service"}
    listed = set((ROOT / ".dockerignore").read_text(encoding="utf-8").split())
    assert {f"!{name}" for name in copied} <= listed
