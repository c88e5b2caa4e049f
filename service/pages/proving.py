"""Before a signature: what the page offers to prove who signs, and how what was typed is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response

from service.auth import passkeys
from service.auth.passkeys import place_of
from service.auth.second_factor import Asked, Ways, check_code, check_passkey, send_mail_code, ways_of
from service.auth.visit import Visit
from workflows.actions.desk import Work
from workflows.actions.step_up import SIGNING_FORMS, Act, is_stepped_up, person_of, signing_act
from workflows.engine.actor import Actor
from workflows.engine.rights import may_act
from workflows.errors import Refused
from workflows.store import worklist
from workflows.store.worklist import TaskRow

# Where a form has several outcomes, the one that signs.
_SIGNING_OUTCOME = "ky"
_OF_SEVERAL = ("ky", "ky_bao_cao")


@dataclass(frozen=True)
class Proof:
    """What a page that signs asks for: the act, who is asked, how they may prove it, and whether they have."""

    act: Act
    asked: Asked
    ways: Ways
    done: bool


def proof_of(visit: Visit, task: TaskRow, actor: Actor) -> Proof | None:
    """The proof that signing here needs of this person; None where nothing is signed or nobody signed in."""
    if task.form not in SIGNING_FORMS or not (actor.person or "").isdecimal():
        return None
    with visit.web.database.read() as connection:
        work = Work(connection, visit.now, actor)
        act = signing_act(work, task)
        if act is None:
            return None
        return proof_for(visit, work, act, task.office_id)


def proof_for(visit: Visit, work: Work, act: Act, office_id: int | None) -> Proof:
    """What the actor of `work` is asked before this act."""
    asked = asked_of(visit, person_of(work), act, office_id)
    return Proof(act, asked, ways_of(work.connection, asked, place_of(visit.web.settings)), is_stepped_up(work, act))


def asked_of(visit: Visit, person_id: int, act: Act, office_id: int | None) -> Asked:
    """The question to this person on this browser."""
    place = visit.device_place if visit.device_person == person_id else ""
    return Asked(person_id, replace(act, session=visit.sign_in).digest, office_id, place)


def prove(visit: Visit, task: TaskRow, actor: Actor) -> None:
    """Judge what was typed or signed by a passkey, when the form that is handed in signs something.

    Refused: SIGN_CODE_NEEDED, NO_WAY_TO_CONFIRM, SIGN_CODE_WRONG, TOO_MANY_CODES, PASSKEY_WRONG. Whatever the verb will
    refuse anyway asks for no proof and spends none.
    """
    if not _signs(visit, task) or task.status != "open" or may_act(task, actor):
        return
    proof = proof_of(visit, task, actor)
    if proof is None or proof.done:
        return
    if task.form == _SIGNING_OUTCOME and visit.form.text("da_xem") != proof.act.content:
        return
    try:
        judge(visit, proof.asked, proof.ways)
    except Refused:
        # The second tap of a double tap brings a code that has just counted: the verb says what came of the first.
        if _is_open(visit, task.id):
            raise


def judge(visit: Visit, asked: Asked, ways: Ways) -> None:
    """Keep the proof that the form carries, under a new session cookie; else Refused as `prove` says."""
    form, web = visit.form, visit.web
    place = place_of(web.settings)
    if form.text("khoa_ky") and place is not None:
        check_passkey(web.database, asked, place, form.text("khoa_ky"), visit.now)
    elif form.text("ma_ky"):
        check_code(web.database, web.seal, asked, form.text("ma_ky"), visit.now)
    else:
        raise Refused("SIGN_CODE_NEEDED" if ways.any else "NO_WAY_TO_CONFIRM", field="ma_ky")
    visit.renew_session()


def wants_proof(visit: Visit) -> bool:
    """Whether the form was sent only to get a code or the challenge of a passkey; nothing is decided then."""
    return visit.form.has("xin_ma") or visit.form.has("xin_khoa")


def send_code(visit: Visit, asked: Asked) -> None:
    """Send a code by mail at once."""
    send_mail_code(visit.web.database, asked, visit.now)
    visit.web.nudge()


def challenge(visit: Visit, asked: Asked) -> Response:
    """The question to the passkeys of this person, for the script of the page."""
    place = place_of(visit.web.settings)
    if place is None:
        raise Refused("PASSKEY_ELSEWHERE", address=visit.web.settings.base_url)
    with visit.web.database.write() as connection:
        token = visit.web.tokens()
        return visit.json(passkeys.ask_to_confirm(connection, place, asked.person_id, asked.act, token, visit.now))


def _is_open(visit: Visit, task_id: str) -> bool:
    with visit.web.database.read() as connection:
        task = worklist.task(connection, task_id)
    return task is not None and task.status == "open"


def _signs(visit: Visit, task: TaskRow) -> bool:
    if task.form not in SIGNING_FORMS:
        return False
    return task.form not in _OF_SEVERAL or visit.form.text("ket_qua") == _SIGNING_OUTCOME
