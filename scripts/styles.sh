#!/bin/bash
# Puts GOV.UK Frontend's styles into the staff pages. Where there is no Node, or no registry, the pages keep their own plain ones.
set -euo pipefail
cd "$(dirname "$0")/.."
target=intake/web/static/govuk.css
if ! command -v npm > /dev/null; then
    echo 'No Node here: the staff pages keep their own plain styles.'
    exit 0
fi
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp scripts/styles/package*.json "$place"
if ! (cd "$place" && npm ci --ignore-scripts --no-audit --no-fund --silent > /dev/null 2>&1); then
    echo 'GOV.UK Frontend could not be had: the staff pages keep their own plain styles.' >&2
    exit 0
fi
# Its typeface and the crown are for GOV.UK alone: neither is taken, and nothing is fetched from anywhere at run time.
sed -e 's/@font-face{[^}]*}//g' -e 's/"GDS Transport",arial/arial/g' -e 's#url(/assets/[^)]*)#none#g' \
    "$place/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css" > "$place/govuk.css"
mv "$place/govuk.css" "$target"
