# Sourced by test.sh after prepare.sh: PostgreSQL, a browser, fonts and the programs that papers are tested with, from Debian where they are missing.

install_missing() { # all that is missing in one go, which test.sh does beside other work; what fails here the functions below try again and tell
    local wanted=()
    postgres_folder >/dev/null || wanted+=(postgresql)
    browser || wanted+=(chromium)
    [ -n "$(fc-list :lang=vi 2>/dev/null | head -n 1)" ] || wanted+=(fontconfig fonts-dejavu-core)
    [ -n "$(fc-list Tinos 2>/dev/null | head -n 1)" ] || wanted+=(fontconfig fonts-croscore)
    mapfile -t -O "${#wanted[@]}" wanted < <(missing_paper_programs)
    if [ "${#wanted[@]}" = 0 ]; then return 0; fi
    install_packages "${wanted[@]}" || true
}

postgres_folder() { # the newest installed PostgreSQL's programs
    local found
    found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$found" ]; then found=$(command -v initdb || true); fi
    [ -n "$found" ] && dirname "$found"
}

find_postgres() {
    postgres_folder >/dev/null || install_packages postgresql || true
    postgres_folder >/dev/null || stop \
        "Thiếu PostgreSQL (các kiểm thử chạy trên cả hai cơ sở dữ liệu). Hãy chạy: sudo apt-get install postgresql, rồi chạy lại." \
        "PostgreSQL is missing (the tests run on both databases): run sudo apt-get install postgresql, then run this again."
}

browser() {
    local candidate
    for candidate in .venv/bin/chromium chromium chromium-browser google-chrome-stable google-chrome; do
        # Ubuntu's chromium-browser may be a stub that only names a snap.
        if command -v "$candidate" >/dev/null && "$candidate" --version >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

playwright_browser() { # where the system has no Chromium of its own (Ubuntu): the one that the locked Playwright names
    local place
    say "· playwright install chromium"
    if can_install; then .venv/bin/playwright install-deps chromium >/dev/null 2>&1 || true; fi
    .venv/bin/playwright install --no-shell chromium >/dev/null 2>&1 || return 1
    place=$(.venv/bin/python -c '
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)') || return 1
    ln -sf "$place" .venv/bin/chromium
}

find_browser() {
    browser || install_packages chromium || true
    browser || playwright_browser || true
    browser || stop \
        "Thiếu trình duyệt Chromium. Hãy chạy: sudo apt-get install chromium (Ubuntu: cài google-chrome-stable), rồi chạy lại." \
        "The browser Chromium is missing: run sudo apt-get install chromium (on Ubuntu install google-chrome-stable), then run this again."
    # Without letters for Vietnamese the pictures of pages show boxes.
    if [ -z "$(fc-list :lang=vi 2>/dev/null | head -n 1)" ]; then
        install_packages fontconfig fonts-dejavu-core || stop \
            "Thiếu phông chữ tiếng Việt. Hãy chạy: sudo apt-get install fonts-dejavu-core, rồi chạy lại." \
            "A font with Vietnamese letters is missing: run sudo apt-get install fonts-dejavu-core, then run this again."
    fi
}

missing_paper_programs() { # a PKCS#11 token in software, an independent reader of PDF, and LibreOffice for .doc and .odt
    [ -e /usr/lib/softhsm/libsofthsm2.so ] || [ -e /usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so ] || echo softhsm2
    command -v pdftoppm >/dev/null || echo poppler-utils
    command -v soffice >/dev/null || echo libreoffice-writer-nogui
}

find_paper_programs() {
    local wanted=()
    mapfile -t wanted < <(missing_paper_programs)
    if [ "${#wanted[@]}" = 0 ]; then return 0; fi
    install_packages "${wanted[@]}" || stop \
        "Thiếu chương trình để kiểm thử văn bản. Hãy chạy: sudo apt-get install ${wanted[*]}, rồi chạy lại." \
        "Programs that papers are tested with are missing: run sudo apt-get install ${wanted[*]}, then run this again."
}
