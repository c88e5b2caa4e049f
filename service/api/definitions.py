"""Processes: deploy files, list versions, fetch a file, bring running cases to another version."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import File, UploadFile
from starlette.responses import Response

from service.words.refusals import sentence_of
from workflows import actions
from workflows.actions.administration import reach, require_administrator
from workflows.engine.migration_check import forbids
from workflows.errors import Reason, Refused
from workflows.store import cases
from workflows.store.screens.deployed import Version, deployed_processes

from .admin_shapes import (
    Definitions,
    DefinitionVersion,
    DeployedFile,
    DeployedFiles,
    Migrate,
    MigratedCase,
    MigratedCases,
    MigrationFinding,
)
from .paging import USUAL, After, Limit, page_of, place_of
from .policy import ADMIN, Call, Routes
from .shapes import KeyPath, Number

routes = Routes("definitions")
MOST_FILES = 20


class XmlFile(Response):
    """A file of BPMN or DMN."""

    media_type = "application/xml"


@routes.get("/definitions", ADMIN, "list_definitions")
def list_definitions(caller: Call, limit: Limit = USUAL, after: After = None) -> Definitions:
    """Every version of every process by key, newest first, with how many cases of the own offices run on it."""
    behind = place_of(after, (str, int))
    with caller.web.database.read() as connection:
        found = deployed_processes(connection, reach(caller.actor))
    versions = [version for process in found for version in process.versions]
    page, more = page_of([each for each in versions if behind is None or _place(each) > behind], limit, _place)
    shown = [
        DefinitionVersion(**{name: getattr(each, name) for name in DefinitionVersion.model_fields}) for each in page
    ]
    return Definitions(definitions=shown, next=more)


@routes.post("/definitions", ADMIN, "deploy_definitions", status_code=201)
def deploy_definitions(
    caller: Call,
    files: Annotated[list[UploadFile], File(min_length=1, max_length=MOST_FILES, description="BPMN and DMN files")],
) -> DeployedFiles:
    """Deploy files that belong together, all or none; 422 carries every finding. For tokens of no single office."""
    if not caller.actor.is_system:
        raise Refused("NOT_YOURS", office=caller.token.office_id)  # a process is shared by all offices
    deployed = actions.deploy_together(caller.desk, [each.file.read() for each in files])
    return DeployedFiles(deployed=[DeployedFile(key=key, version=version) for key, version in deployed])


@routes.get("/definitions/{key}/{version}/file", ADMIN, "get_definition_file", response_class=XmlFile)
def get_definition_file(caller: Call, key: KeyPath, version: Number) -> XmlFile:
    """The BPMN file of a version."""
    with caller.web.database.read() as connection:
        row = cases.definition_version(connection, key, version)
    return XmlFile(row.xml)


@routes.post("/definitions/{key}/migrate", ADMIN, "migrate_cases")
def migrate_cases(caller: Call, key: KeyPath, body: Migrate) -> MigratedCases:
    """Migrate every running case of the own offices, each by itself, or tell what that would meet."""
    require_administrator(caller.actor, None)
    if body.dry_run:
        with caller.web.database.read() as connection:
            report = actions.migration_report(
                connection, key, body.from_version, body.to_version, now=caller.now, mapping=body.mapping,
                offices=reach(caller.actor),
            )  # fmt: skip
        told = [_told(each.case_id, each.business_key, each.may_go, each.findings) for each in report]
    else:
        results = actions.migrate_all(
            caller.desk, key, body.to_version, reason=body.reason, from_version=body.from_version, mapping=body.mapping
        )
        told = [_told(each.case_id, each.business_key, each.done, each.findings) for each in results]
    return MigratedCases(dry_run=body.dry_run, cases=told)


def _place(version: Version) -> tuple[str, int]:
    return version.key, -version.version


def _told(case_id: int, business_key: str | None, migrated: bool, findings: Sequence[Reason]) -> MigratedCase:
    said = [
        MigrationFinding(
            code=each.code, element=each.facts.get("element"), detail=sentence_of(each), forbids=forbids(each)
        )
        for each in findings
    ]
    return MigratedCase(case_id=case_id, business_key=business_key, migrated=migrated, findings=said)
