"""What virtual people type into the forms: plausible, in the office's own words, chosen by seeded chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from sqlalchemy import Connection

from workflows.store import consultation, plans, submitting
from workflows.store.cases import load_case
from workflows.store.worklist import TaskRow

RETURN_SHARE = 0.12  # of first looks that send a draft back
OPINION_SHARE = 0.45  # of answers that agree and add something
OBJECTION_SHARE = 0.08  # of answers that do not agree


@dataclass(frozen=True)
class Question:
    """A form that waits for an answer, with where to look things up and the chance to use."""

    connection: Connection
    task: TaskRow
    chance: Random


def answer_to(question: Question) -> Mapping[str, str] | None:
    """The fields that a person would send for this task; None for a form that has no answer of its own."""
    answer = _ANSWERS.get(question.task.form or "")
    return answer(question) if answer else None


def _draft(_question: Question) -> Mapping[str, str]:
    return {"ghi_chu": "Trình kiểm tra dự thảo"}


def _check(question: Question) -> Mapping[str, str]:
    if question.task.round == 1 and question.chance.random() < RETURN_SHARE:
        reasons = ("Bổ sung thời gian hoàn thành của từng nhiệm vụ", "Rà soát lại tên đơn vị chủ trì và nơi nhận")
        return {"ket_qua": "tra_lai", "ly_do": question.chance.choice(reasons)}
    return {"ket_qua": "dat"}


def _opinion(question: Question) -> Mapping[str, str]:
    drawn = question.chance.random()
    if drawn < OBJECTION_SHARE:
        return {"ket_qua": "khong_nhat_tri", "noi_dung": "Đề nghị làm rõ nguồn lực trước khi giao nhiệm vụ cho đơn vị."}
    if drawn < OBJECTION_SHARE + OPINION_SHARE:
        words = (
            "Đề nghị bổ sung đơn vị phối hợp đối với nhiệm vụ tuyên truyền.",
            "Đề nghị ghi rõ sản phẩm của từng nhiệm vụ.",
            "Đề nghị điều chỉnh thời hạn báo cáo cho phù hợp.",
        )
        return {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": question.chance.choice(words)}
    return {"ket_qua": "nhat_tri"}


def _missing(question: Question) -> Mapping[str, str]:
    del question
    return {"gia_han": "khong", "ly_do": "Đã đôn đốc, cơ quan chưa có văn bản trả lời; tiếp tục để bảo đảm tiến độ."}


def _dispose(question: Question) -> Mapping[str, str]:
    fields = {"lay_lai": "khong"}
    for round_ in consultation.rounds_of(question.connection, question.task.plan_id or 0):
        for opinion in consultation.opinions_of(question.connection, round_.id):
            if opinion.text and opinion.disposition is None:
                accepted = opinion.outcome != "khong_nhat_tri"
                fields[f"xu_ly_{opinion.id}"] = "tiep_thu" if accepted else "giai_trinh"
                fields[f"giai_trinh_{opinion.id}"] = (
                    "Đã bổ sung vào dự thảo." if accepted else "Kinh phí được bố trí trong dự toán hằng năm của đơn vị."
                )
    return fields


def _sign(question: Question) -> Mapping[str, str]:
    if question.task.round == 1 and question.chance.random() < RETURN_SHARE:
        reason = "Đề nghị rà soát lại phần tổ chức thực hiện trước khi ký."
        return {"ket_qua": "tra_lai", "tra_ve": "soan_thao", "ly_do": reason}
    return {"ket_qua": "ky"}


def _report(question: Question) -> Mapping[str, str]:
    done, doing = question.chance.randint(1, 6), question.chance.randint(0, 3)
    return {
        "noi_dung": f"Đơn vị đã hoàn thành {done} nhiệm vụ, đang thực hiện {doing} nhiệm vụ theo kế hoạch.",
        "hoan_thanh": str(done),
        "dang_lam": str(doing),
        "cham": str(question.chance.randint(0, 1)),
    }


def _consolidate(question: Question) -> Mapping[str, str]:
    case = load_case(question.connection, question.task.case_id, lock=False)
    cycle_id = int((case.business_key or "bao_cao:0").split(":")[1])
    sent = [one for one in submitting.submissions_of(question.connection, cycle_id) if one.status == "da_gui"]
    absent = [
        one.body_name for one in submitting.submissions_of(question.connection, cycle_id) if one.status == "khong_gui"
    ]
    title = plans.plan(question.connection, question.task.plan_id or 0).title
    lines = [f"Kết quả thực hiện {title}.", f"Có {len(sent)} đơn vị gửi báo cáo."]
    if absent:
        lines.append("Chưa có báo cáo của: " + "; ".join(absent) + ".")
    return {"noi_dung": "\n".join(lines)}


def _sign_report(_question: Question) -> Mapping[str, str]:
    return {"ket_qua": "ky"}


def _nothing(_question: Question) -> Mapping[str, str]:
    return {}


def _duty(question: Question) -> Mapping[str, str]:
    words = ("Đã thực hiện xong theo kế hoạch, có sản phẩm kèm theo.", "Đã hoàn thành, kết quả lưu tại đơn vị.")
    return {"noi_dung": question.chance.choice(words)}


def _review(_question: Question) -> Mapping[str, str]:
    return {"de_nghi": "giu", "nhan_xet": "Nhiệm vụ trong năm được thực hiện theo kế hoạch; đề nghị giữ nguyên."}


def _agree(_question: Question) -> Mapping[str, str]:
    return {"ket_qua": "dong_y"}


def _confirm(_question: Question) -> Mapping[str, str]:
    return {"ket_qua": "dat"}


_ANSWERS: Mapping[str, Callable[[Question], Mapping[str, str]]] = {
    "soan_thao": _draft,
    "kiem_tra": _check,
    "gop_y": _opinion,
    "thieu_y_kien": _missing,
    "tiep_thu": _dispose,
    "ky": _sign,
    "cap_so": _nothing,
    "phat_hanh": _nothing,
    "ket_thuc": _nothing,
    "bao_cao_don_vi": _report,
    "tong_hop": _consolidate,
    "kiem_tra_bao_cao": _confirm,
    "ky_bao_cao": _sign_report,
    "cap_so_bao_cao": _nothing,
    "ra_soat": _review,
    "duyet_ra_soat": _agree,
    "thuc_hien": _duty,
    "xac_nhan": _confirm,
}
