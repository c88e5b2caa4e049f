"""The sentences themselves, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

from .authority_sentences import AUTHORITY
from .copies import COPIES
from .deadline_words import REFUSALS
from .directory_sheet import SHEETS
from .display_sentences import SENTENCES as DISPLAY
from .duty_words import REFUSALS as DUTIES
from .elsewhere_words import ELSEWHERE
from .foresight_words import FORESIGHT
from .founding_words import FOUNDING
from .handing_words import HANDING
from .inbox_words import INBOX
from .organisation import SENTENCES as ORGANISATION
from .paper_words import PAPERS
from .process_words import PROCESSES
from .program_words import PROGRAMS
from .quarantine_words import QUARANTINE
from .register_sentences import REGISTERS
from .report_words import REPORTS
from .rights_sentences import RIGHTS
from .slips import SLIPS
from .step_up_words import STEP_UP
from .suspending_words import SUSPENDING
from .telling_words import TELLING
from .trying_words import TRYING
from .work_words import WORK

_PERSON: Mapping[str, str] = {
    "?": "Chưa làm được việc này ({code}). Không có gì được ghi lại; hãy thử lại hoặc báo bộ phận kỹ thuật.",
    "WRONG_PASSWORD": (
        "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại."
    ),
    "TOO_MANY_TRIES": "Đã thử sai nhiều lần. Hãy chờ ít phút rồi thử lại; tài khoản không bị khóa vĩnh viễn.",
    "ACCOUNT_DISABLED": "Tài khoản này đã ngừng hoạt động. Hãy liên hệ văn phòng để được mở lại.",
    "NOT_SIGNED_IN": "Đồng chí chưa đăng nhập. Hãy đăng nhập rồi làm lại.",
    "FORGED_POST": (
        "Yêu cầu này không gửi từ trang của hệ thống nên không được nhận. Hãy mở trang rồi bấm lại nút trên trang."
    ),
    "FORM_EXPIRED": "Trang đã mở quá lâu hoặc đồng chí đã đăng nhập lại. Hãy tải lại trang rồi gửi lại.",
    "ROLE_NEEDED": "Trang này dành cho: {roles}. Nếu đồng chí giữ chức danh đó, hãy báo văn phòng cập nhật.",
    "NOT_YOURS": "Việc này không giao cho đồng chí hoặc cơ quan của đồng chí. Hãy báo văn phòng nếu đây là nhầm lẫn.",
    "NOT_A_CANDIDATE": "Việc này giao cho chức danh khác. Hãy báo văn phòng nếu đồng chí được giao thay.",
    "HELD_BY_ANOTHER": "Đồng chí khác đã nhận việc này. Hãy hỏi người đang giữ hoặc đợi người đó trả lại.",
    "EXCLUDED": (
        "Đồng chí đã làm một bước trước của kế hoạch này nên không được làm bước này. Người khác trong đơn vị sẽ xử lý."
    ),
    "NO_AUTHORITY_TO_SIGN": (
        "Hiện không có chức danh hay ủy quyền nào cho phép {person} ký. Hãy kiểm tra chức danh và ủy quyền."
    ),
    "NO_HOLDER": "Chưa có ai giữ chức danh {group}. Hãy bổ sung người giữ chức danh rồi làm lại.",
    "NOT_HELD": "Không thể ủy quyền điều mình không giữ ({groups}). Hãy bỏ phần đó.",
}

_TASK: Mapping[str, str] = {
    "ALREADY_DONE": "Việc này đã được {by} xử lý lúc {at}. Không có quyết định thứ hai nào được ghi.",
    "STALE": "Có người vừa xử lý việc này trước đồng chí. Hãy tải lại trang để xem kết quả mới nhất.",
    "NOT_WAITING": "Việc này không còn chờ xử lý. Hãy mở kế hoạch để xem đang ở bước nào.",
    "TASK_CANCELLED": (
        "Việc này đã được hủy lúc {at} vì kế hoạch đã chuyển sang bước khác (người chuyển: {by}). "
        "Đồng chí không phải làm gì thêm."
    ),
    "CONTENT_CHANGED": (
        "Dự thảo đã có phiên bản {version} ({changed_by}, {at}) sau khi đồng chí mở trang. "
        "Hãy xem thay đổi rồi quyết định lại."
    ),
    "NOT_FOUND": (
        "Không tìm thấy nội dung này, hoặc đồng chí không được xem. Hãy kiểm tra lại địa chỉ hoặc tìm trong danh sách."
    ),
    "TASK_WITHOUT_PLAN": "Việc này không gắn với kế hoạch nào nên không xử lý được ở đây. Hãy báo bộ phận kỹ thuật.",
    "NOT_CONSULTED": "Kế hoạch này không có bước lấy ý kiến nên không thể trả về bước đó. Hãy chọn bước khác.",
    "ALREADY_WITH": "Kế hoạch đang ở chính người ký đó. Hãy chọn người ký khác hoặc ký, trả lại.",
    "ALREADY_ANSWERED": "Cơ quan này đã trả lời trong vòng ý kiến này. Ý kiến đã ghi được giữ nguyên.",
    "ALREADY_SIGNED": (
        "Kế hoạch đã được ký ({by}, {at}) nên không thay đổi ở bước này được nữa. Nội dung mới cần một kế hoạch "
        "thay thế hoặc bổ sung."
    ),
    "OPINION_UNANSWERED": "Ý kiến của {body} chưa có trả lời. Hãy chọn Tiếp thu hoặc Giải trình.",
    "EXPLANATION_REQUIRED": "Hãy ghi lời giải trình cho ý kiến của {body}.",
    "ROUND_OPEN": "Vòng lấy ý kiến chưa đóng (hạn {deadline}). Hãy trả lời trong việc đã được giao.",
    "LATE": "Đã quá hạn của bước này. Ý kiến được giữ lại và ghi là gửi muộn.",
}

_FIELD: Mapping[str, str] = {
    "FIELD_REQUIRED": "Chưa nhập {field}. Hãy điền rồi gửi lại.",
    "BAD_FIELD": "{field}: không nhận giá trị “{value}”. Hãy chọn hoặc nhập lại.",
    "BAD_DATE": "“{value}” không phải là một ngày có thật. Hãy nhập ngày/tháng/năm, ví dụ 05/02/2026.",
    "REASON_REQUIRED": "Hãy ghi lý do, ít nhất {shortest} ký tự, để người nhận biết phải sửa gì.",
    "DATE_NOT_AHEAD": "Hạn mới {value} phải sau hôm nay. Hãy chọn ngày khác.",
    "DATE_AHEAD": "Ngày văn bản {value} chưa tới. Hãy nhập hôm nay hoặc ngày đã qua.",
    "DATE_BEFORE_SIGNATURE": "Ngày văn bản {value} trước ngày ký. Hãy nhập từ ngày ký trở đi.",
    "DATE_BEFORE_LAST_NUMBER": (
        "Số trước đã mang ngày {latest}; số sau không được mang ngày {value} sớm hơn. Hãy chọn ngày khác."
    ),
    "BAD_PERIOD": "Ngày kết thúc {valid_to} trước ngày bắt đầu {valid_from}. Hãy sửa lại khoảng thời gian.",
    "TIME_NOT_UNDERSTOOD": (
        "Chương trình chưa hiểu thời gian “{value}”. Hãy viết như trong kế hoạch: “quý II năm 2026”, "
        "“trước 30/6/2026”, “hằng tháng”, “thường xuyên”."
    ),
    "PERIOD_NOT_UNDERSTOOD": "Thời kỳ “{value}” chưa rõ. Hãy nhập một năm (2026) hoặc hai năm (2026-2030).",
    "DUE_NOT_UNDERSTOOD": "Hạn báo cáo “{value}” chưa rõ. Hãy nhập “10/12”, “trước 16/11” hoặc “ngày 25”.",
    "NO_SUCH_ITEM": "Mục này không còn trong phần máy đọc. Hãy tải lại trang để xem phần đang có.",
    "TOO_LONG": "{field} dài quá giới hạn. Hãy rút gọn rồi gửi lại.",
    "BAD_CODE": "Mã xác nhận không đúng. Hãy xem lại thư mới nhất và nhập đủ 6 chữ số.",
    "CODE_NEEDED": "Hãy nhập mã xác nhận trong thư thứ hai để điều đồng chí gửi được ghi nhận.",
    "NOT_SEEN": "Trang không cho biết đồng chí đã xem phiên bản nào. Hãy mở lại trang rồi quyết định.",
}

_PLAN: Mapping[str, str] = {
    "NOT_A_PLAN": "Văn bản này không giống một kế hoạch: không tìm thấy dòng “KẾ HOẠCH”. Hãy kiểm tra lại tệp.",
    "STATE_SECRET": (
        "Văn bản đóng dấu độ mật “{grade}”. Bí mật nhà nước không được đưa vào hệ thống này; chưa có gì được lưu."
        " Hãy xử lý trên hệ thống dành cho văn bản mật."
    ),
    "NO_TASKS": "Không tìm thấy nhiệm vụ nào trong kế hoạch. Hãy bổ sung phần nhiệm vụ rồi gửi lại.",
    "NO_RECIPIENTS": "Không tìm thấy phần Nơi nhận. Hãy bổ sung rồi gửi lại.",
    "EMPTY_TEXT": "Văn bản không có nội dung. Hãy chọn tệp khác hoặc dán nội dung.",
    "NOT_CONFIRMED": "Phần máy đọc chưa được người soạn xác nhận. Hãy mở trang đọc hiểu, kiểm tra rồi xác nhận.",
    "ALREADY_STARTED": "Kế hoạch đã được trình vào quy trình. Hãy mở trang kế hoạch để xem đang ở bước nào.",
    "ALREADY_STOPPED": "Kế hoạch đã dừng từ trước. Không cần làm gì thêm.",
    "NOT_RUNNING": "Kế hoạch không đang chạy nên không làm được việc này. Hãy mở trang kế hoạch để xem tình trạng.",
    "NAME_TAKEN": "Tên “{name}” đã là của cơ quan khác ({by}). Hãy chọn đúng cơ quan đó hoặc dùng tên khác.",
    "UNKNOWN_BODY": "Danh bạ chưa có cơ quan tên “{name}”. Hãy chọn cơ quan trong danh sách hoặc bổ sung danh bạ.",
    "TOO_FEW_BODIES": "Số cơ quan cần trả lời nhiều hơn số cơ quan được hỏi. Hãy giảm số đó hoặc hỏi thêm cơ quan.",
    "NO_SUCH_ROLE": "Không có chức danh này. Hãy chọn trong danh sách.",
    "NOT_A_DOCUMENT": "Tệp {filename} không phải là văn bản hoặc đã hỏng. Hãy mở, lưu lại dạng .docx rồi thử lại.",
    "ENCRYPTED": "Tệp {filename} đặt mật khẩu. Hãy bỏ mật khẩu rồi thử lại.",
    "SCAN": (
        "Tệp {filename} là ảnh quét {pages} trang, không có chữ để đọc. Hãy gửi tệp gốc .docx hoặc PDF xuất từ máy, "
        "hoặc nhận dạng chữ (OCR) rồi thử lại."
    ),
    "TOO_COMPLEX": "Tệp {filename} quá phức tạp, đọc không xong. Hãy mở, lưu lại dạng .docx rồi thử lại.",
    "NO_LIBREOFFICE": (
        "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp .{kind}. Hãy lưu lại dạng .{advice}, hoặc nhờ quản trị cài "
        "LibreOffice (gói libreoffice-writer)."
    ),
    "UNSUPPORTED": "Chưa đọc được tệp dạng {kind}. Hãy mở tệp và lưu lại dạng .{advice}.",
    "TOO_LARGE": "Tệp quá lớn. Hãy dùng tệp nhỏ hơn hoặc dán phần văn bản.",
}

_ISSUING: Mapping[str, str] = {
    "NOT_CHECKED": (
        "Dự thảo đã được sửa sau khi kiểm tra nên chưa ký được. Hãy trả lại bước Soạn thảo để kiểm tra lại nội dung "
        "và thể thức (Nghị định 30/2020/NĐ-CP, Điều 11 và 12)."
    ),
    "NOT_SIGNED": "Văn bản chưa có chữ ký trên đúng nội dung này nên chưa cấp số được. Hãy chờ người ký.",
    "NOT_NUMBERED": "Văn bản chưa có số nên chưa phát hành được. Hãy cấp số trước.",
    "ALREADY_NUMBERED": "Văn bản đã có số. Mỗi văn bản chỉ mang một số.",
    "ALREADY_GIVEN_UP": "Số này đã bỏ từ trước. Dòng trong sổ được giữ nguyên.",
    "NUMBER_IN_USE": "Số này đã dùng cho một văn bản nên không bỏ được.",
    "NO_REPORT": "Chưa có nội dung báo cáo để ký. Hãy tổng hợp báo cáo trước.",
    "NOTHING_TO_RECEIVE": "Đây là bản lưu nên không có gì để xác nhận nhận. Hãy chọn nơi nhận khác.",
    "ALREADY_RECEIVED": "Văn bản đã được {by} xác nhận nhận lúc {at}. Không cần xác nhận lại.",
    "NO_FONT": (
        "Máy chủ chưa có phông chữ cho văn bản nên chưa lập được tệp PDF. Hãy cài gói fonts-croscore (Tinos) hoặc "
        "phông Times New Roman; tệp Word vẫn tải được."
    ),
    "FONT_NOT_VIETNAMESE": (
        "Phông {family} ({file}) trên máy chủ thiếu {missing} chữ tiếng Việt nên không dùng được. "
        "Hãy cài gói fonts-croscore (Tinos) hoặc phông Times New Roman đầy đủ."
    ),
    "NO_SIGNATURE_PLACE": "Tệp này không có chỗ ký do chương trình trình bày. Hãy dùng tệp PDF của văn bản đã cấp số.",
    "BAD_TEMPLATE": "Mẫu văn bản chưa dùng được: {why}. Hãy sửa mẫu theo hướng dẫn rồi tải lại.",
    "NOT_A_CERTIFICATE": "Tệp {file} không phải là chứng thư số (PEM hoặc DER). Hãy chọn đúng tệp.",
    "TOO_MANY_CHECKS": "Đang có quá nhiều lượt kiểm tra từ mạng này. Hãy chờ ít phút rồi kiểm tra lại.",
    "UNKNOWN_CHECK_CODE": "Không có văn bản nào mang mã “{value}”. Hãy xem lại mã gồm 12 chữ và số in trên văn bản.",
    "SIGNATURE_PENDING": (
        "Chữ ký số của người có thẩm quyền chưa xong nên chưa đóng dấu được. Số và nội dung đã được giữ; "
        "hệ thống sẽ tự thử lại."
    ),
    "PERSON_NOT_VALID": (
        "Chữ ký số của người có thẩm quyền không hợp lệ nên không được đóng dấu (Nghị định 30/2020/NĐ-CP, Điều 32)."
    ),
    "SEAL_KEY_UNREADABLE": "Khóa ký điểm chốt nhật ký không đọc được. Hãy báo bộ phận kỹ thuật.",
    "SIGNATURE_INVALID": "Chữ ký số nhận về không hợp lệ nên không được giữ. Hãy báo bộ phận kỹ thuật.",
    "BYTES_CHANGED": "Nội dung cần ký không còn đúng như lúc cấp số nên không được ký. Hãy báo bộ phận kỹ thuật ngay.",
    "KEY_UNUSABLE": "Không dùng được khóa ký ({kind}: {why}). Hãy kiểm tra thiết bị, mật khẩu hoặc dịch vụ ký số.",
    "KEY_FACTS_MISSING": "Khai báo khóa ký {kind} còn thiếu: {missing}. Hãy bổ sung rồi làm lại.",
    "UNKNOWN_KEY_KIND": "Không có loại khóa ký “{kind}”. Các loại được nhận: {known}.",
    "SECRET_MISSING": "Không đọc được bí mật ở {place}. Hãy kiểm tra tệp hoặc biến môi trường đó.",
    "CERTIFICATE_REFUSED": "Chứng thư số không dùng để ký được ({why}): hết hạn, bị thu hồi hoặc không được tin cậy.",
    "TIME_STAMP_FAILED": "Không lấy được dấu thời gian ({why}). Hệ thống sẽ tự thử lại.",
    "NOT_SIGNABLE": "Tệp này không ký số được ({why}). Chỉ ký được tệp PDF chưa bị khóa.",
    "BAD_PICTURE": "Hình ảnh chữ ký hoặc con dấu không đúng quy định ({why}): cần tệp .png nền trong suốt, đúng màu.",
    "ALREADY_SIGNED_DIGITALLY": "Văn bản đã được ký số nên không bỏ ký số được nữa. Không cần làm gì thêm.",
}

_LINK: Mapping[str, str] = {
    "LINK_UNKNOWN": "Liên kết này không đúng hoặc đã bị sửa. Hãy mở lại từ thư, hoặc yêu cầu liên kết mới.",
    "LINK_EXPIRED": "Liên kết này đã hết hạn. Hãy yêu cầu gửi lại liên kết mới.",
    "LINK_REVOKED": "Liên kết này không còn hiệu lực. Nếu việc vẫn giao cho đồng chí, hãy mở thư mới nhất.",
    "LINK_USED": "Liên kết này đã dùng để quyết định. Kết quả đã được ghi.",
    "CODE_LIMIT": "Đã gửi {most} mã cho liên kết này. Hãy tìm mã trong hộp thư hoặc liên hệ cơ quan gửi.",
    "CODE_WRONG": "Mã xác nhận không đúng, còn {tries_left} lần thử. Hãy xem lại thư mới nhất và nhập đủ 6 chữ số.",
    "CODE_MISSING": "Chưa có mã cho liên kết này. Hãy bấm “Gửi mã vào hộp thư” rồi nhập mã trong thư.",
    "CODE_EXPIRED": "Mã xác nhận đã hết hạn. Hãy bấm “Gửi mã vào hộp thư” để nhận mã mới.",
    "CODE_LOCKED": "Mã này đã thử sai quá {most} lần nên không dùng nữa. Hãy bấm “Gửi mã vào hộp thư” để nhận mã mới.",
    "NO_ADDRESS": "Chưa có địa chỉ thư để gửi. Hãy báo văn phòng bổ sung địa chỉ.",
}

_SYSTEM: Mapping[str, str] = {
    "NEW_SCHEMA": (
        "Cơ sở dữ liệu ({current}) do một phiên bản mới hơn của chương trình tạo ra. Hãy cài phiên bản mới nhất."
    ),
    "SQLITE_FTS5": (
        "SQLite {version} của Python này thiếu mô-đun FTS5 nên không lập được phần tìm kiếm. Hãy dùng Python của "
        "Debian/Ubuntu hoặc python.org, hay chuyển sang PostgreSQL."
    ),
    "DEMO_NOT_FILLED": "Chưa dựng được tỉnh mẫu (lỗi in ở trên). Hãy chạy lại; nếu vẫn lỗi, báo bộ phận kỹ thuật.",
    "UNKNOWN_SETTING": "Cấu hình có khóa không biết: {keys}. Các khóa được nhận: {known}.",
    "TOKEN_NEEDED": "Thiếu mã truy cập, hoặc mã đã hết hạn hay bị thu hồi. Hãy gửi tiêu đề Authorization: Bearer ….",
    "OUT_OF_SCOPE": "Mã truy cập này không được cấp cho {kind} “{name}”. Hãy xin người quản trị cấp mã phù hợp.",
    "TOKEN_NAME_TAKEN": "Đã có mã truy cập tên “{name}”. Hãy đặt tên khác; tên cũ được giữ để tra cứu.",
    "NO_SCOPE": "Chưa nói mã truy cập dùng để làm gì. Hãy nêu ít nhất một chủ đề, tin, tín hiệu hoặc quyền quản trị.",
    "BAD_REQUEST": "Nội dung gửi lên không đúng dạng: {problems}. Hãy sửa rồi gửi lại.",
    "FUNCTIONS_NOT_LOADED": "Không nạp được các hàm ở {where} ({why}). Hãy sửa gói hoặc KEHOACH_FUNCTIONS.",
    "FUNCTION_TWICE": "Hàm “{name}” được đăng ký hai lần (lần sau ở {where}). Hãy bỏ một lần.",
    "FUNCTION_NAME_TAKEN": "Tên “{name}” là bước của chính chương trình. Hãy đặt tên khác cho hàm ở {where}.",
    "BAD_DATABASE_URL": "Địa chỉ cơ sở dữ liệu không dùng được ({driver}). Chỉ nhận SQLite hoặc PostgreSQL.",
    "BAD_GROUP": "Nhóm “{group}” không đúng dạng chức_danh@cơ_quan. Hãy sửa quy trình hoặc danh bạ.",
    "BAD_KIND": "Loại cơ quan “{kind}” không dùng được ở đây. Hãy chọn loại khác.",
    "BAD_ROLE": "Không có chức danh “{role}”. Hãy chọn trong danh sách.",
    "BAD_CAPACITY": "“{capacity}” không phải là thể thức ký thay. Chỉ nhận KT., TL., TUQ.",
    "BAD_TARGET": "Mức nhắc việc chỉ tới “{target}” không có trong tổ chức. Hãy sửa quy trình.",
}

_PROCESS: Mapping[str, str] = {
    "FORM_OUT_OF_PLACE": (
        "Biểu mẫu “{form}” cần dữ liệu “{variable}” mà quy trình không có. Hãy báo người lập quy trình sửa lại."
    ),
    "UNKNOWN_FORM": "Bước này dùng biểu mẫu “{form}” mà hệ thống chưa có. Hãy báo người lập quy trình sửa lại.",
    "LIMIT_EXCEEDED": "Quy trình lặp quá giới hạn nên đã dừng trước khi ghi. Hãy báo người lập quy trình.",
    "NO_MATCH": "Không có quy trình nào đang chờ việc này. Hãy tải lại trang để xem tình trạng mới nhất.",
    "LOCKED": "Việc tự động này đang do {by} giữ đến {until}. Hãy đợi hoặc lấy việc khác.",
    "NOT_LOCKED": "Việc tự động này không còn do bên gọi giữ. Hãy lấy lại việc rồi làm tiếp.",
    "FORM_REQUIRED": "Việc này phải làm trên biểu mẫu của nó ({form}). Hãy mở việc trong danh sách việc của mình.",
    "STOP_THE_PLAN": "Đây là quy trình của một kế hoạch. Hãy dừng kế hoạch ở trang kế hoạch để mọi người được báo.",
    "AMBIGUOUS": "Có nhiều quy trình cùng chờ việc này nên chưa biết gửi tới đâu. Hãy báo bộ phận kỹ thuật.",
    "CASE_SUSPENDED": "Quy trình này đang tạm dừng nên chưa nhận việc gì. Hãy đợi người quản trị cho chạy tiếp.",
    "NOT_SUSPENDED": "Quy trình này không tạm dừng nên không cần cho chạy tiếp. Hãy tải lại trang để xem tình trạng.",
    "NOTHING_TO_MOVE": "Chưa nói bỏ bước nào và mở bước nào. Hãy chọn ít nhất một bước.",
    "NOTHING_LEFT": "Bỏ như vậy thì quy trình không còn bước nào. Hãy mở bước khác cùng lúc, hoặc hủy cả quy trình.",
    "NOT_OPEN": "Bước “{element}” hiện không mở nên không bỏ được. Hãy tải lại trang để xem bước đang chờ.",
    "NOT_STARTABLE": "Bước “{element}” chỉ tự mở theo bước khác. Hãy chọn bước mà nó đi kèm hoặc bước đứng sau nó.",
    "WRONG_SCOPE": (
        "Chưa rõ mở bước “{element}” ở đâu: nơi chứa nó đang mở {count} lần. Hãy mở cả nơi chứa nó hoặc chỉ rõ nơi."
    ),
    "ONE_ROUND": "Bước “{element}” đang lặp; không bỏ riêng một lượt được. Hãy bỏ cả bước hoặc làm xong lượt đó.",
    "SAME_VERSION": "Hồ sơ đã chạy theo phiên bản quy trình này. Không cần chuyển nữa.",
    "BAD_MAPPING": "Không nối được “{element}” với “{target}”. Hãy ghi mã bước có thật ở cả hai phiên bản.",
    "ELEMENT_GONE": "Đang ở bước “{element}” mà phiên bản mới không còn. Hãy nối nó với bước khác, hoặc chuyển bước.",
    "KIND_CHANGED": "Bước “{element}” đổi loại ({was} thành {now}) trong khi đang mở. Hãy làm xong bước đó trước.",
    "SCOPE_CHANGED": "Bước “{element}” đổi chỗ (từ “{was}” sang “{now}”) khi đang mở. Hãy làm xong bước đó trước.",
    "REPETITION_CHANGED": "Bước “{element}” đổi cách lặp trong khi đang mở. Hãy làm xong bước đó trước.",
    "FLOW_GONE": "Một nhánh đã về tới chỗ gộp “{join}” bằng đường “{element}” mà phiên bản mới không còn. Hãy nối lại.",
    "COMPENSATION_GONE": "Bước “{element}” đã làm và có thể phải hoàn lại, nhưng phiên bản mới không còn. Hãy nối lại.",
    "INCIDENT_OPEN": "Còn sự cố ở “{element}” mà phiên bản mới không còn. Hãy đóng sự cố đó trước.",
    "TIMER_KEPT": "Hẹn giờ ở “{element}” đổi cách tính; hẹn đã đặt giữ nguyên ngày giờ. Không cần làm gì thêm.",
    "WAIT_ADDED": "Phiên bản mới chờ thêm “{element}”; sẽ bắt đầu chờ từ lúc chuyển. Không cần làm gì thêm.",
    "WAIT_DROPPED": "Phiên bản mới không còn chờ “{element}”; sẽ thôi chờ từ lúc chuyển. Không cần làm gì thêm.",
    "MESSAGE_RENAMED": "Tin chờ ở “{element}” đổi tên; từ lúc chuyển sẽ chờ theo tên mới. Hãy báo nơi gửi tin.",
    "NOT_ENABLED": "Bước này hiện không mở được. Hãy tải lại trang để xem bước đang chờ.",
    "NO_START": "Quy trình này không bắt đầu được theo cách đó. Hãy báo người lập quy trình.",
    "NOT_A_STARTER": "Chức danh của đồng chí không được bắt đầu quy trình này. Hãy nhờ đơn vị soạn thảo trình.",
    "NOT_DUE": "Hẹn giờ chưa đến hạn. Hệ thống sẽ tự xử lý khi đến giờ.",
    "BAD_VARIABLE": "Dữ liệu gửi vào quy trình không hợp lệ. Hãy kiểm tra lại nội dung đã nhập.",
    "NOT_CLAIMED": "Việc này chưa có ai nhận nên không có gì để trả lại. Hãy tải lại trang.",
    "NO_CANDIDATES": "Việc này giao đích danh nên không trả về đơn vị được. Hãy xử lý hoặc báo văn phòng.",
    "NOT_RETRIABLE": "Sự cố này không chạy lại được. Hãy báo bộ phận kỹ thuật kèm mã trên trang.",
    "EXPRESSION_ERROR": "Một biểu thức của quy trình tính không ra kết quả. Hãy báo người lập quy trình.",
    "DECISION_ERROR": "Bảng quyết định “{decision}” không cho kết quả với dữ liệu này. Hãy báo người lập quy trình.",
    "CALL_DEPTH_EXCEEDED": "Các quy trình gọi nhau quá nhiều tầng. Hãy báo người lập quy trình.",
    "CALLED_ELEMENT_NOT_FOUND": "Quy trình gọi tới một quy trình chưa được cài đặt. Hãy báo người lập quy trình.",
    "NO_OUTGOING_FLOW": "Quy trình không có đường đi tiếp với dữ liệu này. Hãy báo người lập quy trình.",
    "BAD_TIMER": "Hẹn giờ không tính ra ngày. Hãy báo người lập quy trình.",
    "UNKNOWN_KIND": "Hệ thống chưa biết cách báo loại tin này. Hãy báo bộ phận kỹ thuật.",
    "NOT_A_DRAFT": "Kế hoạch đã được trình nên phần máy đọc không sửa ở đây nữa. Hãy mở trang kế hoạch.",
    "LOG_UNREADABLE": "Các sự kiện của hồ sơ {case} không đọc được. Không có gì được ghi.",
    "ROW_IN_USE": (
        "Có dữ liệu khác gắn với việc {rows} mà không sự kiện nào nói đến. Không có gì được ghi; "
        "hãy so với bản sao lưu gần nhất."
    ),
    "BAD_TEXT": "Nội dung có ký tự không lưu được. Hãy xóa ký tự lạ rồi gửi lại.",
    "BAD_VALUE": "Giá trị nhập vào quá lớn hoặc không lưu được. Hãy sửa lại rồi gửi.",
    "EMPTY": "Văn bản không có nội dung. Hãy chọn tệp khác hoặc dán nội dung.",
}

SENTENCES: Mapping[str, str] = {
    **_PERSON,
    **_TASK,
    **_FIELD,
    **_PLAN,
    **_ISSUING,
    **REPORTS,
    **REGISTERS,
    **FORESIGHT,
    **FOUNDING,
    **SUSPENDING,
    **RIGHTS,
    **PROGRAMS,
    **AUTHORITY,
    **ORGANISATION,
    **SHEETS,
    **STEP_UP,
    **TELLING,
    **TRYING,
    **PAPERS,
    **HANDING,
    **COPIES,
    **SLIPS,
    **_LINK,
    **_PROCESS,
    **_SYSTEM,
    **WORK,
    **INBOX,
    **REFUSALS,
    **DUTIES,
    **DISPLAY,
    **PROCESSES,
    **ELSEWHERE,
    **QUARANTINE,
}
