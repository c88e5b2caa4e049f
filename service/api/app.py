"""The interface for machines as an application of its own, mounted at /api/v1, described by its OpenAPI document."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from service.request_log import SILENT
from service.web import Web

from . import cases, definitions, jobs, messages, problems, return_targets, search, tasks

PREFIX = "/api/v1"
DESCRIPTION = (
    "External task workers fetch jobs by topic and report on them; programs publish messages and administer processes. "
    "Their bearer tokens are made by `kehoach token create`; a person's, which act as the person, on the page of their "
    "own security. Every POST takes Idempotency-Key and If-Match. Failures are application/problem+json (RFC 9457)."
)
TAGS = [
    {"name": "jobs", "description": "Work of external task workers"},
    {"name": "messages", "description": "Messages and signals"},
    {"name": "definitions", "description": "Processes and their versions (administering tokens)"},
    {"name": "cases", "description": "Cases and their incidents (administering tokens)"},
    {"name": "tasks", "description": "Tasks of people and who holds them (tokens of people, administering tokens)"},
    {"name": "search", "description": "What a person may see, by its words (tokens of people)"},
]


def routers() -> list[APIRouter]:
    """The routers of the interface."""
    return [module.routes.router for module in (jobs, messages, definitions, cases, return_targets, tasks, search)]


def create_api(web: Web) -> FastAPI:
    """The application; its only public address is its description, /api/v1/openapi.json."""
    api = FastAPI(
        title="kehoach",
        version="1",
        summary="Workers, messages and administration",
        description=DESCRIPTION,
        routes=[route for router in routers() for route in router.routes],
        openapi_url="/openapi.json",
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        telemetry=SILENT,
    )
    api.state.web = web
    problems.install(api)
    return api
