#!/usr/bin/env bash
# Chạy thử: một tỉnh mẫu với năm kế hoạch thật. / The demo: an example province in which five real plans are under way.
# Làm mọi việc chuẩn bị, rồi chạy `kehoach serve --demo`; Ctrl-C dừng tất cả. Tham số được chuyển tiếp: ./demo.sh --port 9000
set -euo pipefail
cd "$(dirname "$0")"
. .ci/prepare.sh
prepare requirements.lock
find_paper_font
exec .venv/bin/kehoach serve --demo "$@"
