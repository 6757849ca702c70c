#!/bin/bash
# Makes sure of the programs the tests run against. What cannot be installed is named; the tests that need it then fail, clearly.
set -euo pipefail
source "$(dirname "$0")/packages.sh"
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin # where Debian keeps servers, and where an ordinary user does not look

has_dovecot() { command -v dovecot > /dev/null; }
has_postgresql() { command -v initdb > /dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null; }
has_tesseract() { command -v tesseract > /dev/null && tesseract --list-langs 2> /dev/null | grep -qx eng; }
has_clamd() { command -v clamd > /dev/null; }
has_compiler() { command -v cc > /dev/null && [[ -e /usr/include/dlfcn.h ]]; }
has_browser() { command -v chromium > /dev/null; }
has_writer() { command -v soffice > /dev/null && compgen -G '/usr/lib/libreoffice/program/libswlo.so' > /dev/null; }

missing() {
    has_dovecot || echo dovecot-imapd
    has_postgresql || echo postgresql
    has_tesseract || echo tesseract-ocr
    has_writer || echo libreoffice-writer
    has_clamd || echo clamav-daemon
    has_browser || echo chromium
    has_compiler || printf '%s\n' gcc libc6-dev
}

mapfile -t wanted < <(missing)
if [[ ${#wanted[@]} -eq 0 ]]; then exit 0; fi

echo "Installing for the tests, without starting anything: ${wanted[*]} ..."
install_packages "${wanted[@]}" || true

mapfile -t wanted < <(missing)
if [[ ${#wanted[@]} -gt 0 ]]; then
    echo "MISSING: ${wanted[*]}. The tests that need them will fail; install them (Debian's names) and run again." >&2
fi
