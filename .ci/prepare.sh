# Sourced by demo.sh and test.sh: makes .venv with the locked packages, and installs what Debian has and the machine lacks.
# It asks nothing, does nothing twice, and says in Vietnamese and English what it could not do.

say() { printf '%s\n' "$*" >&2; }

stop() { # stop <Vietnamese> <English>
    say ""
    say "✗ $1"
    say "  ($2)"
    exit 1
}

as_root() { # runs a command as root where that needs no question
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

apt_updated=""
install_packages() { # install_packages PACKAGE… ; 0 when all of them are in place
    can_install || return 1
    say "· apt-get install $*"
    if [ -z "$apt_updated" ]; then
        as_root apt-get update -qq >/dev/null 2>&1 || true
        apt_updated=yes
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

fits() { # fits PYTHON ; a Python that this program runs on
    "$1" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

find_python() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
        if fits "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return 0
        fi
    done
    return 1
}

make_environment() { # a virtual environment in .venv, made anew when its Python is gone or does not fit
    if fits .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then return 0; fi
    local python
    if ! python=$(find_python); then
        install_packages python3 python3-venv || true
        python=$(find_python) || stop \
            "Cần Python 3.11, 3.12 hoặc 3.13. Hãy cài: sudo apt-get install python3 python3-venv, rồi chạy lại." \
            "Python 3.11 to 3.13 is needed: install python3 and python3-venv, then run this again."
    fi
    say "· $("$python" --version) → .venv"
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        local version
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        install_packages "python$version-venv" || install_packages python3-venv || stop \
            "Thiếu python3-venv. Hãy chạy: sudo apt-get install python$version-venv, rồi chạy lại." \
            "python3-venv is missing: run sudo apt-get install python$version-venv, then run this again."
    fi
    rm -rf .venv
    "$python" -m venv .venv || stop \
        "Không tạo được môi trường .venv (ổ đĩa đầy hoặc không có quyền ghi?)." \
        "The virtual environment .venv could not be made (disk full, or no right to write here?)."
}

locked() { # locked NAME ; this package's lines of the lock, hashes included
    awk -v name="$1" 'index($0, name "==") == 1 { on = 1 } on { print } on && !/\\$/ { exit }' requirements.lock
}

find_installer() { # sets the array installer: uv at its locked version, or else pip
    if [ ! -x .venv/bin/uv ]; then
        locked uv >.venv/uv.lock
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock \
            >/dev/null 2>&1 || true
    fi
    if .venv/bin/uv --version >/dev/null 2>&1; then
        # Compiled now, as pip does: each program of ours would else compile hundreds of modules anew when it starts.
        installer=(.venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python)
    else
        installer=(.venv/bin/python -m pip install -qq --disable-pip-version-check)
    fi
}

install_lock() { # install_lock LOCK ; only when the lock has changed since it was last installed
    local lock=$1 stamp=".venv/installed-$1" sum
    sum=$(sha256sum <"$lock")
    if [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
    find_installer
    say "· $lock"
    if ! "${installer[@]}" --require-hashes -r "$lock"; then
        # uv does not read pip's own settings (a mirror, a folder of wheels): pip gets the second try.
        .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock" || stop \
            "Không cài được các gói trong $lock. Hãy kiểm tra kết nối tới kho gói Python (pip config, proxy), rồi chạy lại." \
            "The packages of $lock could not be installed: check the connection to the Python package index, then run this again."
    fi
    printf '%s\n' "$sum" >"$stamp"
}

install_project() { # the project itself, linked to this folder; built with the locked hatchling, not with a downloaded one
    local stamp=.venv/installed-project sum
    sum=$(pwd; sha256sum <pyproject.toml)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$sum" ]; then return 0; fi
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . || stop \
        "Không cài được chính chương trình (pyproject.toml)." "The project itself could not be installed (pyproject.toml)."
    printf '%s\n' "$sum" >"$stamp"
}

compile_project() { # what changed since the last time, also where Python is told to keep no bytecode by itself
    .venv/bin/python -m compileall -q "$@" >/dev/null || true
}

prepare() { # prepare LOCK… ; everything that a Python program of this project needs
    make_environment
    local lock
    for lock in "$@"; do install_lock "$lock"; done
    install_project
    compile_project workflows notifications service flows
}

find_paper_font() { # Tinos, the free face with the widths of Times New Roman; without it no PDF is made, and the program says so
    [ -n "$(fc-list Tinos 2>/dev/null | head -n 1)" ] || ls /usr/share/fonts/truetype/croscore/Tinos-Regular.ttf >/dev/null 2>&1 ||
        install_packages fontconfig fonts-croscore || say "· không cài được fonts-croscore: chưa xuất được PDF / no PDF without the font Tinos"
}
