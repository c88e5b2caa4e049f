"""/van-hanh: lights with words and every office at a glance, for those who run the house and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import select

from service.clock.sweeping import KINDS
from service.upkeep import upkeep_of
from service.words.operations_words import SWEEP
from tests.pages.administrators import administrator, troubled_case
from tests.pages.conftest import PASSWORD, House, Stage
from workflows.actions.designing.keepers import PROCESS_OFFICE
from workflows.store import clockwork
from workflows.store.channel_states import note_failing
from workflows.store.deliveries import Letter, add_delivery, claim, dead, delivery
from workflows.store.signing import add_key
from workflows.store.tables.telling import outbox
from workflows.store.telling import tell
from workflows.store.upkeep import note_backup


def test_each_part_is_a_light_with_words_and_offices_are_listed(stage: Stage) -> None:
    house = stage("signing")
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(house.cast.office.id), now=house.cast.now, by=None)
    browser = administrator(house)
    page = browser.get("/van-hanh")
    assert "Cơ sở dữ liệu Tốt Trả lời, đúng lược đồ" in page.text
    assert "Kênh gửi tin Tốt" in page.text
    assert "0 sự cố đang mở" in page.text
    troubled_case(house)
    house.cast.now += timedelta(days=20)
    with house.cast.database.write() as connection:
        note_failing(connection, "mail", house.cast.now, "connection refused", None)
    browser.sign_in("quantri", PASSWORD)
    page = browser.get("/van-hanh").text
    assert "Hỏng" in page
    assert "connection refused" in page
    assert "1 sự cố đang mở" in page
    assert "Việc định kỳ Nên xem Chậm hoặc lỗi: " in page
    assert SWEEP["checkpoint_log"] in page
    assert "checkpoint_log" not in page


def test_every_sweep_has_a_name_for_people() -> None:
    assert set(SWEEP) == set(KINDS)


def test_others_are_sent_away(stage: Stage) -> None:
    house = stage("signing")
    house.browser("van_thu").get("/van-hanh", status=403)
    refused = administrator(house).get("/van-hanh", status=403)
    assert "cơ quan giữ quy trình" in refused.text


def test_what_was_given_up_is_told_by_office_and_sent_again_at_once(stage: Stage) -> None:
    house = stage("signing")
    keep_here(house)
    browser = administrator(house)
    page = browser.get("/van-hanh")
    assert "Gửi lại tất cả" not in page.text
    with house.cast.database.write() as connection:
        tell(connection, "task_due", "late:test", house.cast.now, office_id=house.cast.office.id)
        occasion = connection.scalar(select(outbox.c.id).where(outbox.c.key == "late:test"))
        letter = Letter(int(occasion or 0), None, None, "A", "a@b.vn", "mail", "Tin", "", "", {}, "<1@b.vn>")
        number = add_delivery(connection, letter, house.cast.now)
        (taken,) = [one for one in claim(connection, house.cast.now, timedelta(minutes=1), 500) if one.id == number]
        assert dead(connection, taken, "550 không có hộp thư")
    page = browser.get("/van-hanh")
    assert "550 không có hộp thư" in page.text
    assert "Gửi lại tất cả (1)" in page.text
    page = browser.submit(page, "/van-hanh/gui-lai")
    assert "1 tin được gửi lại" in page.text
    assert "Gửi lại tất cả" not in page.text
    with house.cast.database.read() as connection:
        again = delivery(connection, int(number or 0))
    assert again is not None
    assert (again.status, again.attempts, again.letter.message_id) == ("retry", 0, "<1@b.vn>")


def test_prefect_backups_and_certificates_have_their_ages(stage: Stage) -> None:
    house = stage("signing")
    keep_here(house)
    browser, now = administrator(house), house.cast.now
    page = browser.get("/van-hanh").text
    assert "Prefect Nên xem" in page
    assert "Sao lưu Nên xem Chưa có bản nào" in page
    with house.cast.database.write() as connection:
        clockwork.start_sweep(connection, "deliver", "prefect", now)
        note_backup(connection, now - timedelta(hours=3))
        add_key(connection, certified(house.cast.office.id, now, days=10))
    page = browser.get("/van-hanh").text
    assert "Prefect Tốt" in page
    assert "Sao lưu Tốt" in page
    assert "Chứng thư số Nên xem" in page
    assert "(còn 9 ngày)" in page or "(còn 10 ngày)" in page
    with house.cast.database.read() as connection:
        kept = upkeep_of(connection, now + timedelta(days=11))
    assert kept.backup_age == timedelta(days=11, hours=3)
    assert kept.certificate_left is not None
    assert kept.certificate_left < timedelta(0)


def certified(office: int, now: datetime, days: int) -> dict[str, object]:
    """The row of an office's key whose certificate ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Xã Đức Tân")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - timedelta(days=300)).not_valid_after(now + timedelta(days=days))
    der = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
    return {
        "holder": "office", "holder_id": office, "kind": "pkcs12", "facts": {}, "certificate": der, "picture": b"",
        "picture_mm": 22, "registered_at": now,
    }  # fmt: skip


def keep_here(house: House) -> None:
    with house.cast.database.write() as connection:
        clockwork.set_setting(connection, PROCESS_OFFICE, str(house.cast.office.id), now=house.cast.now, by=None)
