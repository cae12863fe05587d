#!/bin/sh
# Installs the players that the tests show storyboards in from npm, unless they are installed already.
set -eu
cd "$(dirname "$0")/.."

source=test/Thumbnails.Browser.Tests/Players
target=artifacts/players
cmp -s $source/package-lock.json $target/package-lock.json && exit 0

build/need.sh npm=npm
rm -rf $target
mkdir -p $target
cp $source/package.json $target
# npm needs both files, but the lock file marks the end of the installation.
cp $source/package-lock.json $target/npm-shrinkwrap.json
(cd $target && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
cp $source/package-lock.json $target
