"""What `kehoach verify-log` found, in Vietnamese: which plan, which thing, what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection

from workflows.store.beside.found import Beside
from workflows.store.chain import Break
from workflows.store.log_proof import CheckpointBreak, LogProof
from workflows.store.plans import titles_of

TO_DO = (
    "Hãy giữ nguyên cơ sở dữ liệu làm bằng chứng, đừng sửa tay: sao ra chỗ khác, xem ai đã vào máy chủ, rồi so từng "
    "chỗ nêu trên với bản sao lưu gần nhất mà kehoach verify-log thấy nguyên vẹn; nếu cần thì kehoach restore bản đó."
)
UNREADABLE = "Trong cơ sở dữ liệu có giá trị mà chương trình không bao giờ ghi, không đọc được nữa: {value}"
CHAIN: Mapping[str, str] = {
    "CHANGED": "sự kiện {seq} đã bị sửa",
    "MISSING": "thiếu sự kiện {seq}",
    "CUT": "các sự kiện từ số {seq} đã bị cắt",
    "ADDED": "sự kiện {seq} được chèn thêm",
    "HEAD": "mã băm cuối không khớp với sự kiện cuối",
    "NO_CASE": "có sự kiện nhưng không còn hồ sơ",
}
CHECKPOINT: Mapping[str, str] = {
    "ROOT": "điểm chốt đã bị sửa",
    "ORDER": "điểm chốt liền trước đã bị xóa hoặc thay",
    "SIGNATURE": "không có chữ ký của khóa này",
    "GONE": "chuỗi của hồ sơ {case} đã bị thay",
    "INSERTED": "hồ sơ {case} được chèn thêm sau khi đã chốt",
    "ROWS": "nhật ký dòng dữ liệu mà điểm chốt nêu đã bị sửa",
    "LOST": "điểm chốt đã bị xóa",
}
BESIDE: Mapping[str, str] = {
    "CHANGED": "nội dung không còn như chương trình đã ghi",
    "REMOVED": "đã bị xóa ngoài chương trình",
    "INSERTED": "được chèn thêm ngoài chương trình",
    "NO_LOG": "không còn phần đầu của nhật ký dòng dữ liệu nên không so được",
    "STATE": "trạng thái không phải là kết quả của các sự kiện",
    "CASE": "quy trình, cơ quan, kế hoạch hoặc thời điểm không như các sự kiện nêu",
    "REVISION": "có sự kiện bị chuyển sang lần ghi khác",
    "TEXT": "văn bản không khớp với mã băm của nó",
    "DECIDED": "có quyết định trên một văn bản không còn là phiên bản nào của kế hoạch",
    "DOCUMENT": "văn bản đã phát hành không khớp với mã băm của nó",
    "FILE": "tệp kèm theo không khớp với mã băm của nó",
    "DEFINITION": "tệp quy trình hoặc bảng quyết định không khớp với mã băm của nó",
    "FIELD": "{field} đang là {holds}, theo các sự kiện phải là {says}",
    "MISSING": "theo các sự kiện phải có nhưng không còn",
    "SURPLUS": "không có sự kiện nào nói đến",
    "NUMBER": "số trong sổ không phải là số mà kế hoạch đã được cấp",
}
REBUILD = (
    "Việc, hẹn giờ, chỗ chờ tin và nhắc hạn nêu trên suy ra được từ các sự kiện: sau khi đã giữ bằng chứng, "
    "kehoach verify-log --rebuild --dry-run cho biết sẽ dựng lại những dòng nào, bỏ --dry-run thì dựng lại."
)
FOLLOWS = frozenset({"FIELD", "MISSING", "SURPLUS"})
MOST_LETTERS = 120
# What a column is for people; of other columns the column is named.
FIELDS: Mapping[str, str] = {
    "name": "tên",
    "status": "trạng thái",
    "assignee": "người giữ",
    "due": "hạn",
    "due_days": "số ngày làm việc",
    "follow_up": "ngày nhắc lại",
    "priority": "mức ưu tiên",
    "variables": "dữ liệu",
    "escalation": "các mức nhắc",
    "excluded": "những người bị loại trừ",
    "next_escalation_at": "lần nhắc tới",
    "round": "lần mở",
    "retries": "số lần còn thử",
    "opened_at": "lúc mở",
    "closed_at": "lúc xong",
    "closed_by": "người làm",
    "office_id": "cơ quan",
    "plan_id": "kế hoạch",
    "element": "bước",
    "form": "biểu mẫu",
    "at": "lúc",
    "message": "lời báo",
    "code": "mã lỗi",
}
# What a row of a table is for people; of other tables the table is named.
THINGS: Mapping[str, str] = {
    "plans": "phần chung của kế hoạch",
    "plan_versions": "phiên bản",
    "reading_corrections": "lần sửa cách hiểu văn bản",
    "duties": "nhiệm vụ",
    "occurrences": "kỳ thực hiện nhiệm vụ",
    "occurrence_notes": "ghi nhận tiến độ",
    "comments": "trao đổi",
    "plan_reviews": "lần rà soát kế hoạch",
    "rounds": "vòng lấy ý kiến",
    "opinions": "ý kiến",
    "opinion_points": "điểm của ý kiến",
    "opinion_papers": "công văn góp ý",
    "round_changes": "thay đổi của vòng lấy ý kiến",
    "due_requests": "đề nghị lùi hạn",
    "report_rules": "chế độ báo cáo",
    "cycles": "kỳ báo cáo",
    "submissions": "báo cáo của đơn vị",
    "submission_events": "lần gửi báo cáo",
    "approvals": "phê duyệt",
    "register": "dòng sổ văn bản đi",
    "incoming": "dòng sổ văn bản đến",
    "issued": "văn bản phát hành",
    "document_files": "tệp",
    "recipients": "nơi nhận",
    "signing_keys": "khóa ký số",
    "definitions": "quy trình",
    "decisions": "bảng quyết định",
    "bodies": "cơ quan, đơn vị",
    "posts": "chức vụ",
    "people": "người",
    "holdings": "người giữ chức vụ",
    "delegations": "ủy quyền",
    "accounts": "tài khoản",
    "settings": "thiết lập",
    "calendar_days": "ngày trong lịch",
    "tasks": "việc",
    "task_groups": "người được giao việc",
    "escalations": "lần nhắc của việc",
    "handovers": "lần chuyển việc",
    "timers": "hẹn giờ",
    "subscriptions": "chỗ chờ tin",
    "incidents": "sự cố",
    "start_triggers": "điểm tự khởi động của quy trình",
    "case": "hồ sơ",
    "plan": "kế hoạch",
    "report": "báo cáo",
    "version": "phiên bản",
}


def sentences_of(
    connection: Connection, proof: LogProof, beside: Collection[Beside], lost: Collection[str]
) -> list[str]:
    """A sentence for each thing that was found, and at the end what to do; none when nothing was."""
    known = titles_of(connection, {each.plan_id for each in beside if each.plan_id is not None})
    titles = {plan: f"Kế hoạch “{title}” (mã {plan}), " for plan, title in known.items()}
    said = [*_of_log(proof), *(_of_row(each, titles) for each in beside)]
    said += [f"Tệp {name} được giữ bên ngoài nhưng điểm chốt của nó không còn trong cơ sở dữ liệu." for name in lost]
    if any(each.code in FOLLOWS for each in beside):
        said.append(REBUILD)
    return [*said, TO_DO] if said else []


def _of_log(proof: LogProof) -> Iterator[str]:
    for each in proof.breaks:
        yield f"Hồ sơ {each.case_id}: {_in_chain(each)}."
    for mark in proof.checkpoint_breaks:
        yield f"Điểm chốt {mark.checkpoint_id}: {_in_checkpoint(mark)}."


def _in_chain(each: Break) -> str:
    return CHAIN[each.code].format(seq=each.seq)


def _in_checkpoint(each: CheckpointBreak) -> str:
    return CHECKPOINT[each.code].format(case=each.case_id)


def _of_row(each: Beside, titles: Mapping[int, str]) -> str:
    thing = " ".join(THINGS.get(word, word) for word in each.about.split(" "))
    facts = {
        "field": FIELDS.get(each.field or "", each.field),
        "holds": _quoted(each.holds),
        "says": _quoted(each.says),
    }
    said = f"{titles.get(each.plan_id or 0, '')}{thing}: {BESIDE[each.code].format(**facts)}."
    return said[0].upper() + said[1:]


def _quoted(value: str | None) -> str:
    if value is None:
        return "trống"
    return f"“{value}”" if len(value) <= MOST_LETTERS else f"“{value[:MOST_LETTERS]}…”"
