"""The HTTP status of a refusal, for pages and for machines."""

from __future__ import annotations

from collections.abc import Mapping
from errno import EDQUOT, EFBIG, ENOSPC, EROFS

from workflows.errors import NotFound, Refused
from workflows.store.database import is_out_of_reach

RETRY_AFTER = "30"  # seconds, with 503
STATUS: Mapping[str, int] = {
    "BAD_REQUEST": 400,
    "BAD_CALL_KEY": 400,
    "NO_REVISION_HERE": 400,
    "ALREADY_DECIDED": 409,
    "TOKEN_NEEDED": 401,
    "NOT_FOUND": 404,
    "NOT_YOURS": 403,
    "NOT_A_CANDIDATE": 403,
    "NOT_PROCESS_KEEPER": 403,
    "DRAFT_CHANGED": 409,
    "DRAFT_IS_OVER": 409,
    "SAME_PERSON": 403,
    "NOT_A_STARTER": 403,
    "HELD_BY_ANOTHER": 403,
    "EXCLUDED": 403,
    "ROLE_NEEDED": 403,
    "OUT_OF_SCOPE": 403,
    "FORGED_POST": 403,
    "FORM_EXPIRED": 403,
    "STALE": 409,
    "ALREADY_DONE": 409,
    "ALREADY_OPENED": 409,
    "CALL_REPEATED": 409,
    "CASE_MOVED_ON": 412,
    "GONE_ON": 409,
    "NOT_WITHDRAWABLE": 409,
    "UNDO_TOO_LATE": 409,
    "HANDED_ON_BY_ANOTHER": 403,
    "CONTENT_CHANGED": 409,
    "NOT_WAITING": 409,
    "LOCKED": 409,
    "NOT_LOCKED": 409,
    "AMBIGUOUS": 409,
    "NO_MATCH": 404,
    "CASE_SUSPENDED": 409,
    "WORK_SUSPENDED": 409,
    "NOT_SUSPENDED": 409,
    "STOP_THE_PLAN": 409,
    "WAITING_FOR_ANSWER": 409,
    "DELEGATED": 409,
    "PLAN_IS_OVER": 409,
    "NOT_DELEGATED": 409,
    "TASK_CANCELLED": 410,
    "LINK_EXPIRED": 410,
    "LINK_USED": 410,
    "LINK_REVOKED": 410,
    "TOO_MANY_TRIES": 429,
    "TOO_MANY_CHECKS": 429,
    "FORESEEING": 429,
    "TOO_MANY_CODES": 429,
    "TOO_MANY_LINKS": 429,
    "TRIED_JUST_NOW": 429,
    "MAIL_CODE_LIMIT": 429,
    "LINK_OF_ANOTHER": 403,
    "CONFIRM_AGAIN": 403,
}


def status_of(refused: Refused) -> int:
    """The HTTP status of a refusal; 422 for whatever a person can correct."""
    return STATUS.get(refused.code, 404 if isinstance(refused, NotFound) else 422)


def is_unavailable(error: BaseException) -> bool:
    """Whether nothing can be kept for the moment, rather than something being wrong: 503, and come again.

    The database is away, full or busy for long; or the disk has no room for what was uploaded.
    """
    full = isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EFBIG, EROFS)
    return full or is_out_of_reach(error)
