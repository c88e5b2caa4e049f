"""What everybody is answered by every address that shows something: one line an answer, with the addresses it is of.

The columns are the people of `tests/pages/test_who_is_shown_what.py`. An address without a line fails there.
"""

from __future__ import annotations

from collections.abc import Mapping

# Nobody signed in, somebody with the link of a letter, and somebody whose account was closed while they were in.
OUTSIDE = ("nobody", "guest", "shut_out")
# Signed in, and without anything to do with the plan: no post, every post of another office, two offices above.
ELSEWHERE = ("stranger", "other", "parent", "keeper")
# Of the office that issued it, by their posts, and of a body beside it that was asked for its opinion.
INSIDE = ("chair", "clerk", "form", "admin", "drafter", "unit", "front")

Answers = Mapping[str, int]


def everybody(status: int, **others: int) -> Answers:
    """The same for everybody but these."""
    return dict.fromkeys((*OUTSIDE, *ELSEWHERE, *INSIDE), status) | others


def people(status: int, **others: int) -> Answers:
    """Whoever has not signed in is asked to (401, with the page where one does)."""
    return everybody(status) | dict.fromkeys(OUTSIDE, 401) | others


def inside(status: int, **others: int) -> Answers:
    """Whoever has nothing to do with it is told that there is no such thing."""
    return people(status) | dict.fromkeys(ELSEWHERE, 404) | others


def clerks() -> Answers:
    """A page for văn thư alone, each of the own office."""
    return people(403, clerk=200, other=200, parent=200)


def administrators(**others: int) -> Answers:
    """A page for administrators alone, each of the own office."""
    return people(403, admin=200, other=200, keeper=200) | others


TABLE: tuple[tuple[Answers, tuple[str, ...]], ...] = (
    # what anybody may look at, and what a link shows to whoever has it
    (
        everybody(200),
        (
            "/kiem-tra", "/livez", "/manifest.webmanifest", "/ngoai-mang", "/nhan/{link_token}",
            "/nhan/{link_token}/van-ban", "/readyz", "/sw.js", "/thiet-ke", "/tro-giup",
        ),
    ),
    (everybody(303), ("/x/{link_token}", "/x/{link_token}/xin-lui-han")),  # a receipt's link decides nothing
    (
        everybody(404),
        (
            "/dang-nhap/noi-khac", "/kiem-tra/{code}", "/loi-moi/{link_token}", "/metrics",
            "/x/{link_token}/chuyen", "/x/{link_token}/ket-qua",
        ),
    ),
    (everybody(422), ("/kiem-tra/tim",)),
    (everybody(503), ("/healthz",)),  # no clock runs here
    (people(303, **dict.fromkeys(OUTSIDE, 200)), ("/dang-nhap",)),
    # everybody's own desk and lists: the same addresses, each shows the own office
    (people(303), ("/",)),
    (people(422), ("/viec/cung-luc",)),  # without tasks to do at once
    (
        people(200),
        (
            "/bao-cao", "/bao-cao/cham", "/bao-cao/cham/tai-ve", "/bao-cao/tai-ve", "/chi-so", "/ke-hoach",
            "/ke-hoach/tai-ve", "/luu-tru", "/nhiem-vu", "/nhiem-vu/bang", "/nhiem-vu/tai-ve", "/quy-trinh",
            "/quy-trinh/{key}", "/quy-trinh/{key}/{version}", "/quy-trinh/{key}/{version}/tep", "/so-lieu",
            "/so-lieu/gia-dinh", "/so-van-ban", "/so-van-ban-den", "/so-van-ban-den/in", "/so-van-ban-den/tai-ve",
            "/so-van-ban/chua-xac-nhan", "/so-van-ban/chua-xac-nhan/tai-ve", "/so-van-ban/in", "/so-van-ban/tai-ve",
            "/thiet-lap/thay-doi", "/thiet-lap/thay-doi/tai-ve", "/thong-bao", "/tim", "/to-chuc", "/to-chuc/tai-ve",
            "/to-chuc/thay-doi", "/to-chuc/uy-quyen", "/to-chuc/uy-quyen/moi", "/to-chuc/vang-mat", "/toi",
            "/toi/bao-mat", "/toi/thong-bao", "/tong-quan", "/viec", "/viec/cho-nguoi-khac", "/viec/da-xu-ly",
            "/viec/dang-cho", "/viec/don-vi", "/viec/moi", "/viec/nguon", "/viec/sap-den", "/viec/tai-ve",
            "/viec/theo-doi",
        ),
    ),
    # of whoever has a post in an office
    (people(200, stranger=404, front=404), ("/lich-lam-viec", "/quy-dinh", "/thiet-lap")),
    # a plan in force and what hangs on it: the office, and the bodies that it concerns
    (
        inside(200),
        (
            "/bao-cao/{cycle_id}", "/bao-cao/{cycle_id}/so-lieu.xlsx", "/ke-hoach/{plan_id}",
            "/ke-hoach/{plan_id}/bao-cao", "/ke-hoach/{plan_id}/ca-nam", "/ke-hoach/{plan_id}/ca-nam/in",
            "/ke-hoach/{plan_id}/che-do-bao-cao", "/ke-hoach/{plan_id}/ho-so-trinh.pdf", "/ke-hoach/{plan_id}/lich.ics",
            "/ke-hoach/{plan_id}/nhat-ky", "/ke-hoach/{plan_id}/nhat-ky.pdf", "/ke-hoach/{plan_id}/nhat-ky/tai-ve",
            "/ke-hoach/{plan_id}/nhiem-vu", "/ke-hoach/{plan_id}/noi-nhan", "/ke-hoach/{plan_id}/noi-nhan/tai-ve",
            "/ke-hoach/{plan_id}/phien-ban", "/ke-hoach/{plan_id}/ra-soat", "/ke-hoach/{plan_id}/so-do",
            "/ke-hoach/{plan_id}/so-giao", "/ke-hoach/{plan_id}/tep/{file_id}", "/ke-hoach/{plan_id}/tien-trinh",
            "/ke-hoach/{plan_id}/trao-doi", "/ke-hoach/{plan_id}/van-ban", "/ke-hoach/{plan_id}/van-ban/phat-hanh",
            "/ke-hoach/{plan_id}/van-ban/{kind}.{ending}", "/ke-hoach/{plan_id}/y-kien",
            "/ke-hoach/{plan_id}/y-kien/bang.xlsx", "/ke-hoach/{plan_id}/y-kien/{number}", "/nhiem-vu/{occurrence_id}",
            "/to-chuc/{body_id}", "/trao-doi/tep/{file_id}", "/viec/{task_id}", "/viec/{task_id}/ket-qua",
        ),
    ),
    # of the office alone
    (
        inside(200, front=404),
        (
            "/ke-hoach/{plan_id}/ban-sao", "/so-van-ban-den/{incoming_id}", "/so-van-ban-den/{incoming_id}/ban-sao",
            "/so-van-ban-den/{incoming_id}/tep/{file_id}",
        ),
    ),
    # by post
    (people(403, chair=200, drafter=200, unit=200, other=200), ("/ke-hoach/moi",)),
    (
        inside(403, chair=200, clerk=200, drafter=200),
        (
            "/bao-cao/{cycle_id}/nhac", "/ke-hoach/{plan_id}/che-do-bao-cao/moi",
            "/ke-hoach/{plan_id}/che-do-bao-cao/mot-lan", "/ke-hoach/{plan_id}/che-do-bao-cao/{rule_id}",
        ),
    ),
    (inside(403, chair=200, clerk=200, stranger=403, keeper=403), ("/ke-hoach/{plan_id}/sau-phat-hanh",)),
    (people(404, drafter=422), ("/ke-hoach/{plan_id}/doc-hieu", "/ke-hoach/{plan_id}/duong-di")),  # over with the draft
    (people(404, drafter=200), ("/viec/{task_id}/xin-lui-han",)),
    (clerks(), ("/mau-van-ban", "/so-van-ban-den/moi", "/so-van-ban/vao-so")),
    (
        people(403, chair=200, clerk=200, admin=200, other=200, parent=200, keeper=200),
        ("/thiet-lap-van-thu",),
    ),
    (
        administrators(),
        (
            "/cac-muc-nhac", "/chuyen-ho-so/{key}/{version}", "/giu-quy-trinh", "/kenh-tin", "/su-co", "/to-chuc/mau",
            "/to-chuc/nhap", "/van-hanh/thanh-lap/mau",
        ),
    ),
    (administrators(admin=404, other=404, keeper=404), ("/kenh-tin/moc/{endpoint_id}",)),  # there is none
    (
        administrators(other=403, keeper=403),  # of the own office's bodies, people and cases
        (
            "/ho-so/{case_id}", "/to-chuc/ban-giao/{person_id}", "/to-chuc/chuc-danh/{post_id}/bo-nhiem",
            "/to-chuc/giu-chuc/{holding_id}/thoi", "/to-chuc/{body_id}/sua/{act}",
        ),
    ),
    (
        administrators(admin=403, other=403),  # of the office that keeps the processes and the machine
        (
            "/soan-quy-trinh/tu-tep", "/soan-quy-trinh/{draft_id}", "/soan-quy-trinh/{draft_id}/buoc/{element}",
            "/soan-quy-trinh/{draft_id}/chay-thu", "/soan-quy-trinh/{draft_id}/so-sanh",
            "/soan-quy-trinh/{draft_id}/tep", "/van-hanh", "/van-hanh/co-quan", "/van-hanh/co-quan/tai-ve",
            "/van-hanh/co-quan/{office_id}", "/van-hanh/thanh-lap",
        ),
    ),
    (administrators(admin=403, other=403, keeper=404), ("/van-hanh/thanh-lap/{founding_id}",)),  # there is none
    # of which there is none in this office: nobody learns more than that
    (
        people(404),
        (
            "/ban-sao/{copy_id}", "/bao-cao/{cycle_id}/don-vi/{submission_id}", "/bao-cao/{cycle_id}/van-ban.{ending}",
            "/ke-hoach/{plan_id}/cong-van/{file_id}", "/ke-hoach/{plan_id}/ho-so.{ending}",
            "/ke-hoach/{plan_id}/ke-hoach-truoc", "/ke-hoach/{plan_id}/phien-ban/thay-doi.docx",
            "/ke-hoach/{plan_id}/y-kien-muon/{body_id}",
            "/ke-hoach/{plan_id}/y-kien/tep/{paper_id}", "/ke-hoach/{plan_id}/y-kien/{number}/thay-doi/{body_id}",
            "/lui-han/{request_id}", "/so-lieu/tai-ve", "/thiet-lap/bieu-tuong/{office_id}",
        ),
    ),
)  # fmt: skip

WANTED: Mapping[str, Answers] = {path: answers for answers, paths in TABLE for path in paths}
