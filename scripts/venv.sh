#!/bin/bash
# Makes a virtual environment in the folder $1 with the newest Python from 3.11 to 3.13 there is (PYTHON=... to choose).
set -euo pipefail

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2])'

python=""
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
    # run it: a version manager's shim can be there without a Python behind it
    if command -v "$candidate" > /dev/null && "$candidate" -c "$fits" 2> /dev/null; then
        python=$candidate
        break
    fi
done
if [[ -z $python ]]; then
    echo "No Python 3.11 or newer found (looked for ${PYTHON:-python3.13, python3.12, python3.11, python3}); set PYTHON=..." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
    echo "$python comes without venv; installing the distribution's package for it ..."
    source "$(dirname "$0")/packages.sh"
    install_packages python3-venv || {
        echo "Cannot install python3-venv: please install it, then run make again." >&2
        exit 1
    }
fi
"$python" -m venv "$1"
