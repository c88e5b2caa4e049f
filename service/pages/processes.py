"""Quy trình: the deployed processes, each version as a picture with its running cases, and versions side by side."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from workflows.actions.definitions import StoredDefinitions
from workflows.actions.designing.keepers import keeps_processes
from workflows.bpmn.model import Definition, Process
from workflows.errors import NotFound
from workflows.store import cases, process_drafts
from workflows.store.screens import deployed, sight
from workflows.store.screens.deployed import Deployed, Version

from .attachment import process_file
from .diagrams import diagram_of
from .process_publish import compared

pages = Pages()


@pages.get("/quy-trinh", PERSON)
def processes(visit: Guest) -> Response:
    """Every deployed process, its versions, and how many cases of the own offices run on it."""
    with visit.web.database.read() as connection:
        found = deployed.deployed_processes(connection, _offices(visit, connection))
        keeps = keeps_processes(connection, visit.person)
        drafts = process_drafts.open_drafts(connection) if keeps else {}
    return visit.page("processes.html", found=found, keeps=keeps, drafts=drafts)


@pages.get("/quy-trinh/{key}", PERSON)
def newest(visit: Guest, key: str, vua: str = "") -> Response:
    """The newest version."""
    return _page(visit, key, None, whole=bool(vua))


@pages.get("/quy-trinh/{key}/{version}", PERSON)
def one_version(  # noqa: PLR0917 - the address and what may follow it
    visit: Guest, key: str, version: int, vua: str = "", voi: int = 0, xong: str = ""
) -> Response:
    """One version; with `voi` also what is otherwise in it than in that one."""
    return _page(visit, key, version, whole=bool(vua), other=voi, published=xong == "cong_bo")


@pages.get("/quy-trinh/{key}/{version}/tep", PERSON)
def file(visit: Guest, key: str, version: int) -> Response:
    """The BPMN file as it was deployed, for an editor."""
    with visit.web.database.read() as connection:
        row = cases.definition_version(connection, key, version)
    return process_file(row.xml, f"{key}-{version}.bpmn")


def _page(
    visit: Visit, key: str, number: int | None, *, whole: bool, other: int = 0, published: bool = False
) -> Response:
    with visit.web.database.read() as connection:
        offices = _offices(visit, connection)
        found = deployed.deployed_processes(connection, offices, key)
        if not found:
            raise NotFound("definition", key=key)
        version = _version(found[0], number)
        definition, process = _process(connection, version)
        marks = deployed.live_marks(connection, version.id, process, offices)
        older = _version(found[0], other) if other else None
        pair = compared(_process(connection, older)[0], definition, key) if older is not None else None
        keeps = keeps_processes(connection, visit.person)
        draft = process_drafts.open_drafts(connection).get(key) if keeps else None
    return visit.page(
        "process.html",
        found=found[0],
        version=version,
        process=process,
        warnings=definition.warnings,
        diagram=diagram_of(definition, key, marks, of_many=True),
        whole=whole,
        older=older,
        compared=pair,
        changes=pair.changes if pair else [],
        keeps=keeps,
        draft=draft,
        published=published,
    )


def _version(found: Deployed, number: int | None) -> Version:
    if number is None:
        return found.newest
    known = next((each for each in found.versions if each.version == number), None)
    if known is None:
        raise NotFound("definition", key=found.key, version=number)
    return known


def _process(connection: Connection, version: Version) -> tuple[Definition, Process]:
    definition = StoredDefinitions(connection).load(str(version.id))
    process = definition.process(version.key)
    assert process is not None, "a row is written for each process of its file"
    return definition, process


def _offices(visit: Visit, connection: Connection) -> frozenset[int | None]:
    """The offices whose cases are counted: those that the person belongs to."""
    return sight.sight_of(connection, visit.person.groups).office_ids | {None}
