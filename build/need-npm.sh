#!/bin/sh
# Installs the npm packages that tests use, unless they are installed already.
#   need-npm.sh FOLDER NAME     those of FOLDER/package-lock.json, in artifacts/NAME
set -eu
cd "$(dirname "$0")/.."

source=$1
target=artifacts/$2
cmp -s "$source/package-lock.json" "$target/package-lock.json" && exit 0

rm -rf "$target"
mkdir -p "$target"
cp "$source/package.json" "$target"
# npm needs both files, but the lock file marks the end of the installation.
cp "$source/package-lock.json" "$target/npm-shrinkwrap.json"
(cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
cp "$source/package-lock.json" "$target"
