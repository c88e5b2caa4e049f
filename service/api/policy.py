"""Who may call a route of the interface: declared beside its path, judged by the bearer token before it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Request, Security, params
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.auth.actor import actor_of
from service.web import Web, web_of
from workflows.actions.administration import reach
from workflows.actions.api_tokens import ADMIN_CHANNEL as PROGRAM
from workflows.actions.api_tokens import administrator_of, token_hash, worker_of
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import accounts, api_tokens
from workflows.store.api_tokens import ApiToken
from workflows.store.screens.sight import visitor_of
from workflows.store.suspending import suspension_of
from workflows.store.wall.visitor import NO_OFFICE, Visitor

from .caller import Call, Caller
from .demands import DemandingRoute, demand, demand_on_case
from .negotiation import require_understood
from .shapes import Problem

__all__ = ["ADMIN", "PEOPLE", "PERSON", "WORKER", "Call", "Caller", "Routes", "Scope"]

Function = TypeVar("Function", bound=Callable[..., Any])
LONGEST_SECRET = 200
bearer = HTTPBearer(auto_error=False, scheme_name="token", description="kehoach token create")


@dataclass(frozen=True)
class Scope:
    """Which tokens a route takes: `worker` (judged by its names at each verb), `admin`, `person`, `people` (of a
    person or of an administering program: the verb judges either)."""

    kind: str

    def __call__(
        self, request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
    ) -> None:
        """Let the call through with its `Caller`, or refuse: TOKEN_NEEDED, OUT_OF_SCOPE."""
        web = web_of(request)
        now = web.clock()
        token = _token(web, given.credentials if given else "", now)
        actor, visitor = self._actor(web, token, now)
        if visitor is not None:
            web = replace(web, database=web.database.seen_by(visitor))
        request.state.caller = Caller(web, token, actor, now)
        require_understood(request)

    def _actor(self, web: Web, token: ApiToken, now: datetime) -> tuple[Actor, Visitor | None]:
        """Who the token is here, and as whom the wall of the database knows it: None for a token of all offices."""
        if self.kind == "worker":
            return _machine(worker_of(token))
        if token.person_id is None or self.kind == "admin":
            if self.kind == "person":
                raise Refused("OUT_OF_SCOPE", kind="person", name=token.name)
            return _machine(administrator_of(token))
        with web.database.read() as connection:
            name = accounts.person_who_may_come(connection, token.person_id, now)
            if name is None:
                raise Refused("TOKEN_NEEDED")
            actor = actor_of(connection, token.person_id, name, now, PROGRAM)
            return actor, visitor_of(connection, actor.groups, token.person_id, now)


WORKER = Scope("worker")
ADMIN = Scope("admin")
PERSON = Scope("person")
PEOPLE = Scope("people")


def _machine(actor: Actor) -> tuple[Actor, Visitor | None]:
    offices = reach(actor)
    return actor, None if offices is None else Visitor(frozenset(each or NO_OFFICE for each in offices))


def _token(web: Web, secret: str, now: datetime) -> ApiToken:
    if not 0 < len(secret) <= LONGEST_SECRET:
        raise Refused("TOKEN_NEEDED")
    with web.database.read() as connection:
        token = api_tokens.token_by_hash(connection, token_hash(secret))
        suspended = token is not None and suspension_of(connection, token.office_id) is not None
    if token is None or suspended or not token.is_good(now):
        raise Refused("TOKEN_NEEDED")
    if api_tokens.is_due_to_note(token, now):
        with web.database.write() as connection:
            api_tokens.note_use(connection, token.id, now)
    return token


_PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}, "description": words}
    for status, words in {
        400: "Not the declared shape",
        401: "No good token",
        403: "Beyond the token's office or names",
        404: "No such thing, or nobody waits",
        406: "Accept leaves out everything that this operation answers",
        422: "Refused, with every reason",
        500: "A failure of the program; its log tells of it under the same code",
        503: "The database cannot be reached; try again after Retry-After",
    }.items()
}
_PROBLEMS_OF_POSTS: Mapping[int | str, dict[str, Any]] = {
    status: {**_PROBLEMS[400], "description": words}
    for status, words in {
        409: "The state of things forbids it, or the call was made before; nothing was changed",
        410: "The task is over; nothing was changed",
        413: "The body is larger than this installation takes",
        415: "The body is not of the declared media type",
    }.items()
}
_PROBLEMS_OF_CASES: Mapping[int | str, dict[str, Any]] = {
    412: {**_PROBLEMS[400], "description": "The case is not any more as If-Match says; nothing was changed"}
}
_TAG = {"ETag": {"description": "The revision of the case, for If-Match", "schema": {"type": "string"}}}
WITH_TAG: dict[int | str, dict[str, Any]] = {200: {"headers": _TAG}}
_OF_A_CASE = ("{case_id}", "{task_id}", "{job_id}")


class Routes:
    """The routes of one subject; none can be added without a policy and a stable operation id."""

    def __init__(self, tag: str) -> None:
        self.router = APIRouter(tags=[tag], route_class=DemandingRoute)

    def get(self, path: str, policy: Scope, operation: str, **more: Any) -> Callable[[Function], Function]:  # noqa: ANN401 - of add_api_route
        """A route that shows."""
        return self._route("GET", path, policy, operation, more)

    def post(self, path: str, policy: Scope, operation: str, **more: Any) -> Callable[[Function], Function]:  # noqa: ANN401 - of add_api_route
        """A route that does something."""
        return self._route("POST", path, policy, operation, more)

    def _route(
        self, method: str, path: str, policy: Scope, operation: str, more: dict[str, Any]
    ) -> Callable[[Function], Function]:
        responses = more.pop("responses", {})

        def add(function: Function) -> Function:
            self.router.add_api_route(
                path,
                function,
                methods=[method],
                operation_id=operation,
                dependencies=[Security(policy, scopes=[policy.kind]), *_demanded(method, path)],
                responses={**_problems(method, path), **responses},
                **more,
            )
            return function

        return add


def _is_of_a_case(path: str) -> bool:
    return any(each in path for each in _OF_A_CASE)


def _demanded(method: str, path: str) -> list[params.Depends]:
    """What a POST may demand of its call: to be done once, and on a case also only as the case was seen."""
    if method != "POST":
        return []
    return [Depends(demand_on_case if _is_of_a_case(path) else demand)]


def _problems(method: str, path: str) -> dict[int | str, dict[str, Any]]:
    of_posts = _PROBLEMS_OF_POSTS if method == "POST" else {}
    return {**_PROBLEMS, **of_posts, **(_PROBLEMS_OF_CASES if of_posts and _is_of_a_case(path) else {})}
