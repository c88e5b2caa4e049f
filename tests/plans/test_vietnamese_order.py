"""Vietnamese order: letters before tones before capitals, people by given name, the same key for the same name."""

from __future__ import annotations

import unicodedata
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from workflows.plans.vietnamese_order import order_key, person_key

# As Intl.Collator("vi") of Chromium sorts them; tests/pages/test_look_in_a_browser.py asks it again.
IN_ORDER = (
    "1", "10", "2", "An", "Ân", "Ẩn", "Ấn", "Ba", "bà", "bả", "bã", "bá", "bạ", "bang", "Bang", "bàng", "bảng", "bă",
    "bằng", "bâng", "Bình", "da", "dà", "Diệu", "dô", "Dũng", "đa", "Đà", "Đinh", "đô", "đôn", "đồn", "đơn", "Đức",
    "e", "é", "eo", "ê", "ề", "êo", "Lê", "Lế", "lệ", "So sánh", "Sô", "Số", "Sở Xây dựng", "Sở Y tế", "Thu", "Thuý",
    "Thủy", "Thúy", "Thư", "u", "ua", "Uỷ", "Ủy", "ư", "ứ", "ưa", "van", "văn", "Văn Chi", "Văn hóa", "Văn phòng",
    "vân", "Vân", "vần", "y", "ỳ", "ý",
)  # fmt: skip
VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠĐĂẮẶÂẤẬ ủỷợ", max_size=12)


def test_words_are_in_the_order_of_the_dictionary() -> None:
    assert sorted(Random(7).sample(IN_ORDER, len(IN_ORDER)), key=order_key) == list(IN_ORDER)


def test_people_are_sorted_by_given_name_then_family_name() -> None:
    given_first = ["Lê Văn An", "Nguyễn Văn An", "Nguyễn Thị Ân", "Lê Thị Bình", "Trần Bình", "Trần Văn Đức"]
    assert sorted(Random(7).sample(given_first, len(given_first)), key=person_key) == given_first


@given(VIETNAMESE)
def test_a_key_is_plain_and_does_not_depend_on_how_letters_are_encoded(words: str) -> None:
    key = order_key(words)
    assert key.isascii() and key.isalnum()
    assert order_key(unicodedata.normalize("NFD", words)) == key
    assert order_key(f"  {words} ") == key


@given(VIETNAMESE, VIETNAMESE)
def test_a_word_comes_before_what_goes_on_after_it(word: str, more: str) -> None:
    if order_key(word) != order_key(f"{word} x{more}"):
        assert order_key(word) < order_key(f"{word} x{more}")
