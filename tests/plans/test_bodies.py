from __future__ import annotations

import pytest

from workflows.plans.bodies import is_group, looks_like_body, split_bodies


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Các ban, ngành xã, công chức xã.", ("Các ban, ngành xã", "công chức xã")),
        ("Các cán bộ, công chức xã", ("Các cán bộ, công chức xã",)),
        (
            "các ngành, hội đoàn thể xã và các cơ quan, đơn vị có liên quan",
            ("các ngành, hội đoàn thể xã", "các cơ quan, đơn vị có liên quan"),
        ),
        (
            "Các sở, ngành, UBND các huyện, thành phố và UBND các xã, phường, thị trấn",
            ("Các sở, ngành", "UBND các huyện, thành phố", "UBND các xã, phường, thị trấn"),
        ),
        ("Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh", ("Văn phòng Đoàn ĐBQH, HĐND và UBND tỉnh",)),
        (
            "Ủy ban Mặt trận Tổ quốc các tổ chức chính trị - xã hội",
            ("Ủy ban Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"),
        ),
        ("Phòng VH TT Trung tâm VH TT", ("Phòng VH TT", "Trung tâm VH TT")),
        ("Văn phòng HĐND&UBND phòng Nội vụ", ("Văn phòng HĐND&UBND", "phòng Nội vụ")),
        (
            "Sở Văn hóa, Thể thao và Du lịch; Sở Nội vụ, Tài chính",
            ("Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ", "Sở Tài chính"),
        ),
        (
            "Trung tâm trợ giúp pháp lý (Sở Tư pháp, Bộ Tư pháp)",
            ("Trung tâm trợ giúp pháp lý (Sở Tư pháp, Bộ Tư pháp)",),
        ),
        ("Ông Nguyễn Văn A, Phó Chủ tịch UBND xã; bà Trần B", ("Ông Nguyễn Văn A, Phó Chủ tịch UBND xã", "bà Trần B")),
        (
            "Hội đồng nhân dân và Ủy ban MTTQ Việt Nam cấp tỉnh, cấp huyện",
            ("Hội đồng nhân dân", "Ủy ban MTTQ Việt Nam cấp tỉnh, cấp huyện"),
        ),
        ("Sở Khoa học và Công nghệ", ("Sở Khoa học và Công nghệ",)),
        ("- Phòng A<br>- Phòng B;", ("Phòng A", "Phòng B")),
        (" ; , ", ()),
    ],
)
def test_where_names_part(phrase: str, names: tuple[str, ...]) -> None:
    assert split_bodies(phrase) == names


def test_verbs_that_look_like_bodies_are_none() -> None:
    for words in (
        "Tổ chức hội nghị",
        "Ban hành văn bản",
        "Báo cáo kết quả",
        "Phòng, chống tham nhũng",
        "Hội nghị",
        "Sở hữu",
        "Trường hợp",
    ):
        assert not looks_like_body(words), words
    for words in (
        "Tổ công nghệ số",
        "Ban Tuyên giáo",
        "Báo Bắc Kạn",
        "Phòng Nội vụ",
        "Hội Nông dân",
        "Sở Y tế",
        "Trường Tiểu học",
    ):
        assert looks_like_body(words), words


def test_groups() -> None:
    assert is_group("Các thôn")
    assert is_group("UBND các xã")
    assert not is_group("Văn phòng xã")
