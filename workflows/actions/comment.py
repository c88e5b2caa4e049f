"""Trao đổi: words and files about a plan or one of its tasks; people who are named with @ hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workflows.errors import NotFound, Refused
from workflows.papers.attachments import checked_attachment
from workflows.plans.names import fold
from workflows.store import comments, directory, document_files, plans, telling, worklist
from workflows.store.directory.groups import MEMBER, PERSON
from workflows.store.screens import sight

from .desk import Desk, Work
from .reasons import note
from .source_file import SourceFile

LONGEST_NAME = 200
MOST_FILES = 3
# A plan that is over is a record; nothing is added to it.
OVER = frozenset({"closed", "stopped"})


def comment(  # noqa: PLR0917 - what is said, about what, to whom, with what
    desk: Desk,
    plan_id: int,
    text: str,
    task_id: str | None = None,
    mentions: Iterable[int] = (),
    files: Sequence[SourceFile] = (),
) -> int:
    """Keep a comment while the plan lives, whatever its step; the id of the comment.

    People stand as "@Nguyễn Văn A" in the text, or in `mentions`. Refused: NotFound for a plan that the actor may not
    see, PLAN_IS_OVER, FIELD_REQUIRED without words and files, CANNOT_SEE for a person who may not see the plan, and
    what `checked_attachment` refuses.
    """
    words = note(text, "trao_doi")
    if not words and not files:
        raise Refused("FIELD_REQUIRED", field="trao_doi")
    with desk.open() as work:
        if not work.by.is_system:
            _require_sight(work, work.by.groups, plan_id)
        plan = plans.plan(work.connection, plan_id)
        if plan.status in OVER:
            raise Refused("PLAN_IS_OVER", plan=plan_id)
        task = worklist.task(work.connection, task_id) if task_id is not None else None
        if task_id is not None and (task is None or task.plan_id != plan_id):
            raise NotFound("task", id=task_id)
        people = {str(each) for each in mentions} | mentioned_in(work, plan.office_id, words)
        people.discard(work.by.person or "")
        for person in sorted(people):
            require_reader(work, int(person), plan_id)
        kept = keep_comment(work, plan_id, task_id, "comment", words, sorted(people), files)
        if people:
            telling.tell(
                work.connection,
                "mentioned",
                f"comment:{kept}",
                work.now,
                office_id=plan.office_id,
                plan_id=plan_id,
                data={"people": sorted(people), "by": work.by.name, "words": words, "task_id": task_id},
            )
        return kept


def keep_comment(  # noqa: PLR0917 - the facts of a comment
    work: Work,
    plan_id: int,
    task_id: str | None,
    kind: str,
    words: str,
    mentions: Sequence[str],
    files: Sequence[SourceFile],
) -> int:
    """The rows of a comment and its files; each file is checked by its ending and its bytes."""
    if len(files) > MOST_FILES:
        raise Refused("TOO_MANY_FILES", field="tep_kem", most=MOST_FILES)
    by = (work.by.person, work.by.name)
    types = [checked_attachment(file.name, file.content) for file in files]
    kept = comments.add_comment(work.connection, plan_id, task_id, kind, words, mentions, by, work.now)
    for file, media_type in zip(files, types, strict=True):
        document_files.keep_file(
            work.connection,
            comments.FILES,
            kept,
            "attachment",
            file.name[-LONGEST_NAME:],
            media_type,
            file.content,
            work.now,
            work.by.name,
        )
    return kept


def mentioned_in(work: Work, office_id: int, words: str) -> set[str]:
    """The people of the office whose full names stand behind an @, the longest name first; namesakes all of them."""
    if "@" not in words:
        return set()
    names: dict[str, set[str]] = {}
    for body in directory.bodies_of(work.connection, office_id, work.today):
        for holder in directory.holders_of(work.connection, directory.group(MEMBER, body.id), work.today):
            names.setdefault(fold(holder.name), set()).add(str(holder.person_id))
    longest_first = sorted(names, key=len, reverse=True)
    found: set[str] = set()
    for part in words.split("@")[1:]:
        said = fold(part)
        name = next((name for name in longest_first if said.startswith(name) and _ends(said, name)), None)
        found |= names[name] if name is not None else set()
    return found


def _ends(said: str, name: str) -> bool:
    return not said[len(name) : len(name) + 1].isalnum()


def require_reader(work: Work, person_id: int, plan_id: int) -> None:
    """CANNOT_SEE for a person who may not see the plan: whoever is outside is asked, not mentioned."""
    person = directory.person(work.connection, person_id)
    groups = directory.groups_of(work.connection, person_id, work.now) | {directory.group(PERSON, person_id)}
    if not sight.sees(work.connection, sight.sight_of(work.connection, groups), plan_id):
        raise Refused("CANNOT_SEE", field="trao_doi", by=person.name)


def _require_sight(work: Work, groups: frozenset[str], plan_id: int) -> None:
    if not sight.sees(work.connection, sight.sight_of(work.connection, groups), plan_id):
        raise NotFound("plan", id=plan_id)
