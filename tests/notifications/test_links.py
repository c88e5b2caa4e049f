"""A link names a task for somebody; it ends, is used once, can be taken back, and never rests on its token alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from notifications.links import (
    CODE_VALID,
    MOST_CODES,
    MOST_TRIES,
    check_code,
    make_code,
    make_link,
    resolve,
    use,
)
from workflows.errors import Refused
from workflows.store.links import revoke_links
from workflows.store.plans import content_hash

from .commune import BASE_URL, NOW, Commune, day

TOKEN = "A" * 22


def refusal(commune: Commune, token: str, now: datetime = NOW) -> str:
    with commune.database.read() as connection, pytest.raises(Refused) as caught:
        resolve(connection, token, now)
    return caught.value.code


def make(commune: Commune, **facts: object) -> str:
    with commune.database.write() as connection:
        values = {"token": TOKEN, "now": NOW, "task_id": "1-1", "body_id": commune.bodies["mat_tran"]}
        return make_link(connection, **{**values, **facts})  # type: ignore[arg-type]  # each test varies what it is about


def letter_to_the_front(commune: Commune) -> tuple[str, str]:
    """A task of the Mặt trận whose letter went out: its id and the token in the letter."""
    task = commune.open_task(commune.group("thu_truong", "mat_tran"), form="gop_y", due=day(11, 25))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    return task, token_in(sent(commune)[0])


def sent(commune: Commune, now: datetime = NOW) -> list[str]:
    channel = MemoryChannel()
    deliver(commune.database, now, channel, base_url=BASE_URL, tokens=commune.tokens)
    return [letter.text for letter in channel.letters]


def token_in(letter: str) -> str:
    return str(re.findall(rf"{BASE_URL}/x/(\S+)", letter)[0])


def test_a_link_is_bound_to_whom_what_and_which_draft(commune: Commune) -> None:
    task, token = letter_to_the_front(commune)
    with commune.database.read() as connection:
        link = resolve(connection, token, NOW)
    assert (link.purpose, link.task_id, link.body_id, link.person_id) == (
        "task",
        task,
        commune.bodies["mat_tran"],
        None,
    )
    assert (link.version, link.content_hash) == (2, content_hash("bản 2"))
    assert len(f"{BASE_URL}/x/{token}") <= 200


def test_a_link_of_a_document_is_for_its_receipt(commune: Commune) -> None:
    commune.issue()
    recipient = commune.recipient("hoi_nong_dan")
    commune.tell("document_sent", f"document:{recipient}", recipient_id=recipient)
    token = token_in(sent(commune)[0])
    with commune.database.read() as connection:
        link = resolve(connection, token, NOW)
    assert (link.purpose, link.recipient_id, link.task_id) == ("receipt", recipient, None)


def test_only_the_hash_of_the_token_is_kept_with_the_link(commune: Commune) -> None:
    assert make(commune) == f"/x/{TOKEN}"
    with commune.database.read() as connection:
        kept = connection.execute(text("SELECT * FROM action_links")).one()
    assert TOKEN not in str(kept)


def test_reading_a_link_any_number_of_times_changes_nothing(commune: Commune) -> None:
    make(commune)
    with commune.database.read() as connection:  # a write in here would be an error
        first = [resolve(connection, TOKEN, NOW) for _ in range(3)]
    assert first[0] == first[1] == first[2]
    with commune.database.write() as connection:
        assert use(connection, TOKEN, NOW)


def test_a_link_is_used_once(commune: Commune) -> None:
    make(commune)
    with commune.database.write() as connection:
        assert use(connection, TOKEN, NOW)
        assert not use(connection, TOKEN, NOW)
    assert refusal(commune, TOKEN) == "LINK_USED"


def test_a_revoked_link_is_dead(commune: Commune) -> None:
    make(commune)
    with commune.database.write() as connection:
        assert revoke_links(connection, NOW, task_id="1-1") == 1
        assert not use(connection, TOKEN, NOW)
    assert refusal(commune, TOKEN) == "LINK_REVOKED"


@pytest.mark.parametrize(
    ("due", "valid", "ends"),
    [
        (None, timedelta(days=7), NOW + timedelta(days=7)),
        (day(11, 20), timedelta(days=7), NOW + timedelta(days=7)),
        (day(11, 20), timedelta(days=60), day(11, 27)),
        (day(11, 1), timedelta(days=60), NOW + timedelta(days=7)),
    ],
)
def test_a_link_ends(commune: Commune, due: datetime | None, valid: timedelta, ends: datetime) -> None:
    make(commune, due=due, valid=valid)
    with commune.database.read() as connection:
        assert resolve(connection, TOKEN, ends - timedelta(seconds=1)).expires_at == ends
    assert refusal(commune, TOKEN, ends) == "LINK_EXPIRED"


def test_a_refusal_says_what_the_link_was_for(commune: Commune) -> None:
    make(commune)
    with commune.database.read() as connection, pytest.raises(Refused) as caught:
        resolve(connection, TOKEN, NOW + timedelta(days=8))
    assert caught.value.facts["task_id"] == "1-1"
    assert caught.value.facts["body_id"] == commune.bodies["mat_tran"]


@pytest.mark.parametrize(
    "token", ["", "A", "B" * 22, "A" * 129, "../../etc/passwd", "A" * 21 + "\n", "ă" * 22, "\ud800" * 22]
)
def test_a_forged_link_is_unknown(commune: Commune, token: str) -> None:
    make(commune)
    assert refusal(commune, token) == "LINK_UNKNOWN"


def test_a_short_token_is_an_error_of_the_program(commune: Commune) -> None:
    with pytest.raises(ValueError, match="128 bits"):
        make(commune, token="A" * 21)


def test_the_code_comes_in_a_second_letter_only_when_asked_for(commune: Commune) -> None:
    _, token = letter_to_the_front(commune)
    assert sent(commune) == []
    assert tried(commune, token, "000000") == "CODE_MISSING"
    ask(commune, token)
    assert tried(commune, token, "000000") == "CODE_MISSING"
    (letter,) = sent(commune)
    code = re.findall(r"\b\d{6}\b", letter)[0]
    assert "http" not in letter
    assert tried(commune, token, f" {code[:3]} {code[3:]} ") is None
    with commune.database.read() as connection:
        kept = connection.execute(text("SELECT code_hash FROM action_links")).scalar_one()
        told = connection.execute(text("SELECT data FROM outbox WHERE kind = 'link_code'")).scalar_one()
    assert code not in kept and code not in str(told)


def test_five_wrong_codes_close_the_code_and_a_new_one_opens_it(commune: Commune) -> None:
    _, token = letter_to_the_front(commune)
    ask(commune, token)
    code = code_in(sent(commune)[0])
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in range(MOST_TRIES - 1, -1, -1):
        with commune.database.write() as connection:
            refused = check_code(connection, token, wrong, NOW)
        assert refused is not None
        assert (refused.code, refused.facts["tries_left"]) == ("CODE_WRONG", left)
    assert tried(commune, token, code) == "CODE_LOCKED"
    ask(commune, token)
    assert tried(commune, token, code_in(sent(commune)[0])) is None


def test_a_right_code_may_be_typed_again_with_a_corrected_form(commune: Commune) -> None:
    _, token = letter_to_the_front(commune)
    ask(commune, token)
    code = code_in(sent(commune)[0])
    assert [tried(commune, token, code) for _ in range(MOST_TRIES + 2)] == [None] * (MOST_TRIES + 2)


def test_a_code_is_good_for_half_an_hour(commune: Commune) -> None:
    _, token = letter_to_the_front(commune)
    ask(commune, token)
    code = code_in(sent(commune)[0])
    assert tried(commune, token, code, NOW + CODE_VALID + timedelta(seconds=1)) == "CODE_EXPIRED"
    assert tried(commune, token, code, NOW + CODE_VALID) is None


def test_a_code_is_bound_to_its_link(commune: Commune) -> None:
    _, first = letter_to_the_front(commune)
    _, second = letter_to_the_front(commune)
    ask(commune, first)
    code = code_in(sent(commune)[0])
    assert tried(commune, second, code) == "CODE_MISSING"
    ask(commune, second)
    assert code_in(sent(commune)[0]) != code
    assert tried(commune, second, code) == "CODE_WRONG"


def test_letters_with_codes_are_few(commune: Commune) -> None:
    _, token = letter_to_the_front(commune)
    for _ in range(MOST_CODES):
        ask(commune, token)
    with commune.database.write() as connection, pytest.raises(Refused) as caught:
        make_code(connection, token, NOW)
    assert caught.value.code == "CODE_LIMIT"


def test_a_dead_link_gets_no_code_and_takes_none(commune: Commune) -> None:
    task, token = letter_to_the_front(commune)
    ask(commune, token)
    with commune.database.write() as connection:
        revoke_links(connection, NOW, task_id=task)
    assert sent(commune) == []
    assert tried(commune, token, "123456") == "LINK_REVOKED"
    with commune.database.write() as connection, pytest.raises(Refused) as caught:
        make_code(connection, token, NOW)
    assert caught.value.code == "LINK_REVOKED"


def test_the_code_for_a_receipt_names_the_plan(commune: Commune) -> None:
    commune.issue()
    recipient = commune.recipient("hoi_nong_dan")
    commune.tell("document_sent", f"document:{recipient}", recipient_id=recipient)
    ask(commune, token_in(sent(commune)[0]))
    (letter,) = sent(commune)
    assert "Tuyên truyền cải cách hành chính" in letter


def ask(commune: Commune, token: str) -> None:
    with commune.database.write() as connection:
        make_code(connection, token, NOW)


def tried(commune: Commune, token: str, code: str, now: datetime = NOW) -> str | None:
    with commune.database.write() as connection:
        refused = check_code(connection, token, code, now)
    return refused.code if refused is not None else None


def code_in(letter: str) -> str:
    return str(re.findall(r"\b\d{6}\b", letter)[0])
