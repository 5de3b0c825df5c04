#!/usr/bin/env bash
# Installs a build into a fresh folder, then compiles and runs a small project against it with find_package(regimetry).
set -euo pipefail
build=${1:?usage: check_install.sh BUILD_FOLDER SOURCE_FOLDER}
source=${2:?usage: check_install.sh BUILD_FOLDER SOURCE_FOLDER}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cmake --install "$build" --prefix "$folder/prefix" >"$folder/install.log"
"$folder/prefix/bin/regimetry" simulate --bars 300 --seed 1 --quiet -o "$folder/market.parquet"
cmake -S "$source/tests/install" -B "$folder/build" -DCMAKE_PREFIX_PATH="$folder/prefix" >"$folder/configure.log"
cmake --build "$folder/build" >"$folder/build.log" || { cat "$folder/build.log"; exit 1; }
answer=$("$folder/build/stranger" "$folder/market.parquet")
printf '%s\n' "$answer"
[[ "$answer" == "300 bars of "* ]]
