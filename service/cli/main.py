"""`kehoach VERB …`: a table of verbs, one file each, loaded only when it is called."""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType

# Loading all verbs would load the database, the pages and the engine, and --help would take seconds.
VERBS: Mapping[str, str] = {
    "serve": "Chạy tất cả trên một máy: các trang, đồng hồ, gửi thư (--demo: tỉnh mẫu).",
    "web": "Chỉ chạy các trang (nhiều máy: kèm kehoach worker và PostgreSQL).",
    "worker": "Chạy các việc theo lịch với một máy chủ Prefect có sẵn (nhiều máy).",
    "prefect": "Chạy máy chủ Prefect cho nhiều máy.",
    "sweep": "Chạy một lượt mọi việc đến hạn, không cần Prefect.",
    "read": "Đọc một văn bản kế hoạch và in ra những gì chương trình hiểu.",
    "simulate": "Cho một kế hoạch chạy hết thời kỳ trên đồng hồ ảo.",
    "what-if": "Nếu có người vắng, ngày nghỉ thì việc nào sẽ muộn (chạy trên bản sao).",
    "check": "Kiểm tra một tệp quy trình BPMN hoặc quyết định DMN.",
    "test": "Chạy thử quy trình theo các tệp kịch bản và đo độ bao phủ.",
    "deploy": "Đưa một quy trình BPMN vào dùng; kế hoạch đang chạy giữ phiên bản cũ.",
    "cases": "Các hồ sơ đang chạy của một quy trình: phiên bản nào, ở bước nào.",
    "migrate": "Chuyển các hồ sơ đang chạy sang phiên bản khác (--dry-run: xem trước).",
    "signing": "Ký số: tổ chức chứng thực, khóa của người ký và con dấu, chữ ký đang chờ.",
    "directory": "Danh bạ tổ chức: nhập từ tệp (import), xuất ra tệp (export), thành lập nhiều cơ quan (found).",
    "organ-code": "Ghi mã định danh của một cơ quan để gửi nhận văn bản điện tử.",
    "incidents": "Sự cố đang mở: xem, thử lại (retry), giải quyết (resolve).",
    "token": "Mã truy cập cho máy dùng /api/v1: create, list, revoke.",
    "sso": "Đăng nhập dùng chung (OpenID Connect): gắn tài khoản với người (link, unlink, list).",
    "verify-log": "Chứng minh nhật ký chưa bị sửa.",
    "seal-key": "Khóa công khai của các điểm chốt nhật ký.",
    "doctor": "Khám máy: cơ sở dữ liệu, thư mục, lịch chạy.",
    "backup": "Sao lưu cơ sở dữ liệu ra một tệp.",
    "restore": "Phục hồi cơ sở dữ liệu từ một bản sao lưu.",
    "quarantine": "Cách ly sau phục hồi: xem những gì bản sao lưu không biết, kết thúc cách ly (end).",
    "db": "Cấu trúc cơ sở dữ liệu: kehoach db upgrade.",
}
DONE, REFUSED, WRONG_USE = 0, 1, 2


def main() -> None:
    """The console script: exit code 0 when done, 1 when refused, 2 when used wrongly."""
    leave_no_core()
    gc.disable()  # until the verb is loaded
    sys.exit(run(sys.argv[1:]))


def leave_no_core() -> None:
    """Whatever dies of this process or of what it starts writes no memory, keys and all, into a file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line."""
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(_table())
        return DONE if arguments else WRONG_USE
    verb, *rest = arguments
    if verb not in VERBS:
        print(f"Không có lệnh “{verb}”.\n\n{_table()}", file=sys.stderr)
        return WRONG_USE
    return _call(verb, rest)


def _call(verb: str, arguments: list[str]) -> int:
    from .answers import refusal_of  # noqa: PLC0415 - loads the words; not needed for --help

    module = _loaded(verb)
    try:
        module.app(args=arguments, prog_name=f"kehoach {verb}")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else REFUSED
        if code == WRONG_USE:
            print(f"Dùng sai lệnh. Cách dùng: kehoach {verb} --help", file=sys.stderr)
        return code
    except Exception as failure:
        answer = refusal_of(failure)
        if answer is None:
            raise
        print(answer)
        return REFUSED
    return DONE


def _loaded(verb: str) -> ModuleType:
    """The module of this verb.

    What is loaded stays: looking through it for waste again and again would take a quarter of the time to start.
    """
    module = import_module(f"service.cli.{verb.replace('-', '_')}")
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    return module


def _table() -> str:
    width = max(map(len, VERBS))
    lines = [f"  {verb:<{width}}  {meaning}" for verb, meaning in VERBS.items()]
    return "\n".join(["kehoach LỆNH [tham số]", "", *lines, "", "Chi tiết: kehoach LỆNH --help"])
