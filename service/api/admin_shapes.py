"""What the administering part of the interface takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from .shapes import MOST_NAMES, Id, Name, Next, Number, Reason, Shape, Variables


class DefinitionVersion(Shape):
    """A version of a process, and how many of its cases are under way."""

    key: str
    version: int
    name: str
    deployed_at: datetime
    deployed_by: str | None
    running: int


class Definitions(Shape):
    """Versions of the processes, by key, newest first."""

    definitions: list[DefinitionVersion]
    next: Next = None


class DeployedFile(Shape):
    """A process or decision and the version that it has now."""

    key: str
    version: int


class DeployedFiles(Shape):
    """What a deployment made."""

    deployed: list[DeployedFile]


class StartCase(Shape):
    """Start the newest version of a process; `start` names a start event other than the plain one."""

    process: Name
    business_key: Name | None = None
    variables: Variables = Field(default_factory=dict)
    start: Name | None = None
    office_id: Id | None = None


class StartedCase(Shape):
    """The new case."""

    case_id: int


class WaitingAt(Shape):
    """What a case waits for at an element; `kind` is user, job, timer, message or signal."""

    element: str
    kind: str
    name: str
    id: str
    due: datetime | None
    held_by: str | None


class Incident(Shape):
    """Something that failed and waits for somebody."""

    case_id: int
    incident_id: str
    process: str
    version: int
    element: str | None
    code: str
    message: str
    detail: str
    at: datetime
    office_id: int | None
    plan_id: int | None


class Incidents(Shape):
    """Open incidents, oldest first."""

    incidents: list[Incident]
    next: Next = None


class Case(Shape):
    """A case with everything that is open in it."""

    id: int
    process: str
    version: int
    business_key: str | None
    office_id: int | None
    plan_id: int | None
    status: str
    suspended: bool
    started_at: datetime
    ended_at: datetime | None
    variables: Mapping[str, Any]
    waiting: list[WaitingAt]
    incidents: list[Incident]


class RunningCase(Shape):
    """A case under way, the version it follows and the steps that hold it."""

    id: int
    business_key: str | None
    office_id: int | None
    plan_id: int | None
    version: int
    suspended: bool
    started_at: datetime
    steps: list[str]


class RunningCases(Shape):
    """The cases of a process that have not ended."""

    cases: list[RunningCase]
    next: Next = None


class WithReason(Shape):
    """Why; it stays in the history."""

    reason: Reason


class MoveTokens(Shape):
    """Cancel these open steps and start tokens before those."""

    cancel: list[Name] = Field(default_factory=list, max_length=MOST_NAMES)
    start: list[Name] = Field(default_factory=list, max_length=MOST_NAMES)
    reason: Reason


class SetVariables(Shape):
    """Variables to write at process level."""

    variables: Variables


class Migrate(Shape):
    """Bring running cases to another version; with `dry_run` only what that would meet is told."""

    to_version: Number
    from_version: Number | None = None
    mapping: dict[Name, Name] = Field(default_factory=dict, max_length=500)
    reason: Reason = ""
    dry_run: bool = False


class MigrationFinding(Shape):
    """What was found about a case; `forbids` says whether it keeps the case where it is."""

    code: str
    element: str | None
    detail: str
    forbids: bool


class MigratedCase(Shape):
    """One case: whether it was migrated (in a dry run: would be), and what was found."""

    case_id: int
    business_key: str | None
    migrated: bool
    findings: list[MigrationFinding]


class MigratedCases(Shape):
    """All concerned cases."""

    dry_run: bool
    cases: list[MigratedCase]
