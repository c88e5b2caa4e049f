"""Proofs before a signature, keys of people, and steps of a line, on every database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from workflows.store import accounts, confirming, directory, keys_of_people
from workflows.store.database import Database
from workflows.store.sealing import Seal

NOW = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SEAL = Seal("k" * 32, Path())


def person_in(database: Database) -> int:
    with database.write() as connection:
        person = directory.add_person(connection, "Đinh Văn Bé", "be@example.vn")
        accounts.add_account(connection, person, "be", "hash")
    return person


def test_a_proof_is_asked_given_and_spent_once(database: Database) -> None:
    person = person_in(database)
    with database.write() as connection:
        proof = confirming.ask(connection, person, "act", "mail", NOW, NOW + MINUTE)
        assert confirming.confirmed(connection, person, "act", NOW) is None
        assert not confirming.spend(connection, proof, NOW)
        asked = confirming.asked(connection, person, "act", "mail", NOW)
        assert asked is not None
        assert asked.id == proof
        assert confirming.asked(connection, person, "act", "mail", NOW + MINUTE) is None
        assert confirming.asked(connection, person, "other", "mail", NOW) is None
        assert confirming.asked(connection, person, "act", "passkey", NOW) is None
        assert [confirming.count_try(connection, proof) for _ in range(3)] == [1, 2, 3]
        confirming.set_secret(connection, proof, "secret")
        assert confirming.confirm(connection, proof, NOW, NOW + 5 * MINUTE)
        assert not confirming.confirm(connection, proof, NOW, NOW + 5 * MINUTE)
        assert not confirming.drop(connection, proof, NOW)
        kept = confirming.confirmation(connection, proof)
        assert kept is not None
        assert (kept.secret, kept.tries, kept.confirmed_at) == ("secret", 0, NOW)
        assert confirming.confirmed(connection, person, "act", NOW + 5 * MINUTE) is None
        assert confirming.spend(connection, proof, NOW)
        assert not confirming.spend(connection, proof, NOW)
        assert confirming.asked_since(connection, person, "mail", NOW - MINUTE) == 1
        assert confirming.asked_since(connection, person, "mail", NOW) == 0


def test_wrong_codes_are_counted_a_place(database: Database) -> None:
    person = person_in(database)
    with database.write() as connection:
        assert confirming.failures_from(connection, person, "") == (0, None)
        confirming.note_failure(connection, person, "", 1, None)
        confirming.note_failure(connection, person, "", 5, NOW + MINUTE)
        assert confirming.failures_from(connection, person, "") == (5, NOW + MINUTE)
        assert confirming.failures_from(connection, person, "device") == (0, None)
        confirming.forget_failures(connection, person, "")
        assert confirming.failures_from(connection, person, "") == (0, None)


def test_passkeys_are_used_forwards_and_taken_back_by_their_person(database: Database) -> None:
    person = person_in(database)
    with database.write() as connection:
        key = keys_of_people.add_passkey(connection, person, b"id", b"key", 4_294_967_290, "khóa", NOW)
        assert keys_of_people.note_use(connection, key, 4_294_967_295, NOW)
        assert not keys_of_people.note_use(connection, key, 4_294_967_295, NOW)
        assert not keys_of_people.note_use(connection, key, 0, NOW)
        none = keys_of_people.add_passkey(connection, person, b"id2", b"key", 0, "khóa không đếm", NOW)
        assert keys_of_people.note_use(connection, none, 0, NOW)
        assert keys_of_people.note_use(connection, none, 0, NOW)
        assert [each.name for each in keys_of_people.passkeys_of(connection, person)] == ["khóa", "khóa không đếm"]
        assert not keys_of_people.revoke_passkey(connection, person + 1, key, NOW)
        assert keys_of_people.revoke_passkey(connection, person, key, NOW)
        assert not keys_of_people.note_use(connection, key, 4_294_967_296, NOW)
        known = keys_of_people.passkey_with(connection, b"id")
        assert known is not None
        assert known.revoked_at == NOW


def test_codes_of_an_app_and_recovery_codes_count_once(database: Database) -> None:
    person = person_in(database)
    with database.write() as connection:
        keys_of_people.begin_code_app(connection, SEAL, person, "SECRET", NOW)
        assert keys_of_people.take_counter(connection, person, 7)
        assert not keys_of_people.take_counter(connection, person, 7)
        assert not keys_of_people.take_counter(connection, person, 6)
        keys_of_people.confirm_code_app(connection, person, NOW)
        keys_of_people.keep_recovery_codes(connection, person, ["a", "b"], NOW)
        assert keys_of_people.take_recovery_code(connection, person, "a", NOW)
        assert not keys_of_people.take_recovery_code(connection, person, "a", NOW)
        assert keys_of_people.recovery_codes_left(connection, person) == 1
        keys_of_people.begin_code_app(connection, SEAL, person, "OTHER", NOW)
        app = keys_of_people.code_app(connection, person)
        assert app is not None
        assert (app.open(SEAL), app.last_counter, app.confirmed_at) == ("OTHER", 0, None)
        keys_of_people.remove_code_app(connection, person)
        assert keys_of_people.code_app(connection, person) is None
        assert keys_of_people.recovery_codes_left(connection, person) == 0


def test_a_session_goes_on_under_a_new_secret_and_the_old_one_ends(database: Database) -> None:
    person = person_in(database)
    session = accounts.Session("old", person, "Đinh Văn Bé", "form", NOW, NOW, NOW + 60 * MINUTE)
    with database.write() as connection:
        accounts.open_session(connection, session, "Firefox")
        kept = accounts.live_session(connection, "old", NOW)
        assert kept is not None
        accounts.replace_session(connection, kept, "new", NOW, NOW + MINUTE, confirmed=True)
        assert accounts.live_session(connection, "old", NOW) is not None
        assert accounts.live_session(connection, "old", NOW + MINUTE) is None
        now = accounts.live_session(connection, "new", NOW + MINUTE)
        assert now is not None
        assert (now.form_token, now.confirmed_at, now.device) == ("form", NOW, "Firefox")
        assert [each.token_hash for each in accounts.sessions_of(connection, person, NOW)] == ["new"]
        assert not accounts.end_session_of(connection, person + 1, "new", NOW)
        assert accounts.end_session_of(connection, person, "new", NOW)
        assert accounts.sessions_of(connection, person, NOW) == []


def test_a_device_of_somebody_who_left_is_no_device(database: Database) -> None:
    person = person_in(database)
    with database.write() as connection:
        accounts.remember_device(connection, "d", person, NOW, "Điện thoại")
        assert accounts.person_of_device(connection, "d", NOW, NOW) == person
        assert [each.label for each in accounts.devices_of(connection, person, NOW)] == ["Điện thoại"]
        directory.leave(connection, person, date(2026, 11, 18))
        assert accounts.person_of_device(connection, "d", NOW, NOW) is None
        accounts.revoke_devices_of(connection, person, NOW)
        assert accounts.devices_of(connection, person, NOW) == []
        assert not accounts.revoke_device(connection, person, "d", NOW)
