"""Who may open a route: declared beside its path, checked before it runs, and listed by a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from workflows.errors import NotFound, Refused

from . import form_tokens
from .visit import Guest, Visit

Function = TypeVar("Function", bound=Callable[..., Any])


class SignInNeeded(Exception):
    """The page belongs to people who signed in; `visit` keeps what was typed."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit.request.url.path)
        self.visit = visit


@dataclass(frozen=True)
class Policy:
    """public: anybody; link: whoever knows the link; person: signed in; role: signed in, with one of the roles."""

    kind: str
    roles: frozenset[str] = frozenset()

    async def __call__(self, visit: Guest) -> None:
        """Let the visit through, or raise; every post must carry its form token, whatever the policy.

        It waits for nothing, so it needs no thread of its own.
        """
        _require_plain(visit.request.path_params)
        needs_person = self.kind in ("person", "role")
        if needs_person and visit.actor is None:
            raise SignInNeeded(visit)
        if needs_person:
            visit.go_before_wall()
        if visit.request.method not in ("GET", "HEAD"):
            demand_form_token(visit)
        if self.kind == "role" and not any(key.partition("@")[0] in self.roles for key in visit.person.groups):
            raise Refused("ROLE_NEEDED", roles=sorted(self.roles))


def _require_plain(params: Mapping[str, str]) -> None:
    """What stands in an address is an id as we write it: no blanks, no sign before a number, no control marks."""
    for name, value in params.items():
        if (
            not value.isprintable()
            or " " in value
            or value.startswith("+")
            or (value.isdecimal() and not value.isascii())
        ):
            raise NotFound("address", name=name)


def demand_form_token(visit: Visit) -> None:
    """Refuse a post that one of our own pages did not make."""
    given = visit.form.fields.get(form_tokens.FIELD, "")
    if not form_tokens.comes_from_us(visit.request.headers, visit.web.settings.base_url):
        raise Refused("FORGED_POST")
    if not form_tokens.is_same(visit.form_token, given):
        raise Refused("FORM_EXPIRED")


PUBLIC = Policy("public")
LINK = Policy("link")
PERSON = Policy("person")


def role(*names: str) -> Policy:
    """Signed in and holding a post with one of these roles in any body."""
    return Policy("role", frozenset(names))


class Pages:
    """The routes of one screen; none can be added without a policy."""

    def __init__(self) -> None:
        self.router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

    def get(self, path: str, policy: Policy) -> Callable[[Function], Function]:
        """A page that shows; HEAD answers like GET."""
        return self._route(path, policy, ["GET", "HEAD"])

    def post(self, path: str, policy: Policy) -> Callable[[Function], Function]:
        """A form that does something; the form token is demanded by the policy."""
        return self._route(path, policy, ["POST"])

    def _route(self, path: str, policy: Policy, methods: list[str]) -> Callable[[Function], Function]:
        def add(function: Function) -> Function:
            guard = [Depends(policy)]
            self.router.add_api_route(path, function, methods=methods, dependencies=guard, response_model=None)
            return function

        return add
