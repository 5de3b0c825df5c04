#!/usr/bin/env bash
# Makes the market and the report of `make run` and looks at the page in headless Chromium.
set -euo pipefail
regimetry=${1:?} node=${2:?} source=${3:?} folder=${4:?}
rm -rf "$folder"
mkdir -p "$folder/scripts"
cp "$source/scripts/demo" "$folder/scripts/demo"
bash "$folder/scripts/demo" "$regimetry" >"$folder/demo.log" 2>&1 || { tail -n 20 "$folder/demo.log"; exit 1; }
"$node" "$source/web/report/tests/browser.mjs" "$folder/demo/analysis/report.html"
