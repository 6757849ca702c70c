#!/bin/bash
# Resolves pyproject.toml anew into requirements.lock: hash-pinned, without addresses. uv comes from PyPI into a throwaway place.
set -euo pipefail
cd "$(dirname "$0")/.."

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
scripts/venv.sh "$place/venv"
"$place/venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet install uv

# trust whom the machine trusts, as pip is told to on machines with an authority of their own
export UV_SYSTEM_CERTS=1
# uv does not read pip's configuration: where a site sets its own index there, hand it on
index=${PIP_INDEX_URL:-$("$place/venv/bin/python" -m pip config get global.index-url 2> /dev/null || true)}
if [[ -n $index && -z ${UV_DEFAULT_INDEX:-} ]]; then export UV_DEFAULT_INDEX=$index; fi

"$place/venv/bin/uv" lock --quiet --upgrade
"$place/venv/bin/uv" export --quiet --locked --format requirements-txt --all-extras --all-groups \
    --no-emit-project --no-annotate --no-header --output-file "$place/requirements.lock" > /dev/null
if grep -n '://' "$place/requirements.lock"; then
    echo "The lock would name an address; not written." >&2
    exit 1
fi
mv "$place/requirements.lock" requirements.lock
rm -f uv.lock
