"""What the interface takes and gives, as its OpenAPI document says: sizes are bounded, unknown fields refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# A number is one that every reader of JSON keeps (RFC 8259, 6), a text is without NUL: no database keeps others.
GREATEST = (1 << 53) - 1
MOST_VERSIONS = (1 << 31) - 1
KEPT = r"^[^\x00]*$"
Number = Annotated[int, Field(ge=1, le=MOST_VERSIONS)]
Id = Annotated[int, Field(ge=1, le=GREATEST)]
RowId = Annotated[int, Path(ge=1, le=GREATEST)]
TaskId = Annotated[str, Path(pattern=r"^[0-9]{1,18}-[0-9]{1,9}$", description="The case's number and the task's in it")]
IncidentId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,100}$")]
KeyPath = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,200}$", description="The id of the process in its file")]
AskedName = Annotated[str, Query(min_length=1, max_length=200, pattern=KEPT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=KEPT)]
Worker = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=KEPT)]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=KEPT)]
Reason = Annotated[str, StringConstraints(max_length=2000, pattern=KEPT)]
# How a form names it: in the own right, or in place of the lender of a delegation; empty where there is no choice.
Capacity = Annotated[str, StringConstraints(max_length=60, pattern=r"^(rieng|uy_quyen_[0-9]{1,18})?$")]
# The pattern of a name closes nothing in a JSON schema by itself, so the document says it of every name.
Variables = Annotated[
    dict[Name, Any],
    Field(max_length=500, json_schema_extra={"propertyNames": {"minLength": 1, "maxLength": 200, "pattern": KEPT}}),
]
Next = Annotated[str | None, Field(description="`after` of the next page; null where this is the last")]
MOST_NAMES = 100
LONGEST_WAIT = 20  # seconds


class Shape(BaseModel):
    """A record of the interface; a field that it does not know is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(BaseModel):
    """RFC 9457: what went wrong; `code` is stable, title and detail are Vietnamese."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    reasons: list[dict[str, Any]] | None = None
    findings: list[dict[str, Any]] | None = None
    errors: list[dict[str, Any]] | None = None


class FetchJobs(Shape):
    """Which jobs, for whom, for how long; with `wait_seconds` the answer may come only when there is a job."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"topics": ["gui_tin"], "worker": "may-1", "lock_seconds": 60, "wait_seconds": 10}
        }
    )
    topics: list[Name] = Field(min_length=1, max_length=MOST_NAMES)
    worker: Worker
    lock_seconds: float = Field(60, gt=0, le=86400)
    limit: int = Field(10, ge=1, le=100)
    wait_seconds: float = Field(0, ge=0, le=LONGEST_WAIT)


class Job(Shape):
    """A job that this worker holds until `locked_until`; `variables` is everything that its step sees."""

    id: str
    case_id: int
    process: str
    element: str
    topic: str
    business_key: str | None
    variables: Mapping[str, Any]
    retries: int | None
    locked_until: datetime


class FetchedJobs(Shape):
    """The jobs that were locked; none when nobody needs anything."""

    jobs: list[Job]


class ExtendLock(Shape):
    """Hold the job for this long from now."""

    worker: Worker
    lock_seconds: float = Field(60, gt=0, le=86400)


class CompleteJob(Shape):
    """The results; with `local` only the step's output mappings leave it."""

    model_config = ConfigDict(json_schema_extra={"example": {"worker": "may-1", "variables": {"ma_tin": "T-17"}}})
    worker: Worker
    variables: Variables = Field(default_factory=dict)
    local: bool = False


class CompletedJob(Shape):
    """Whether the case went on; where it could not, the job stays open and an incident says why."""

    completed: bool


class FailJob(Shape):
    """A technical failure: how often it may still be tried, and from when."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"worker": "may-1", "message": "no network", "retries": 2, "retry_seconds": 60}}
    )
    worker: Worker
    message: Text
    retries: int = Field(ge=0, le=1000)
    retry_seconds: float = Field(0, ge=0, le=86400 * 7)


class ThrowError(Shape):
    """A BPMN error: the process goes the way that it has for this code."""

    worker: Worker
    code: Name
    message: Text = ""
    variables: Variables = Field(default_factory=dict)


class PublishMessage(Shape):
    """A message for the one case that waits for this name and key, or for the process that it starts."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "da_thanh_toan", "key": "hs:12", "variables": {"so_tien": 50000}}}
    )
    name: Name
    key: Annotated[str, StringConstraints(max_length=500, pattern=KEPT)] | None = None
    variables: Variables = Field(default_factory=dict)


class PublishedMessage(Shape):
    """The case that the message started; null when a running case received it."""

    started_case: int | None


class BroadcastSignal(Shape):
    """A signal for everybody who waits for its name now."""

    name: Name
    variables: Variables = Field(default_factory=dict)


class BroadcastedSignal(Shape):
    """How many cases it reached or started."""

    reached: int
