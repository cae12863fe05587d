#!/bin/sh
# Unpacks a Debian source package: fetch-source.sh PACKAGE VERSION FOLDER   (an empty VERSION: the newest of the suite)
# apt verifies both archives against its signed index and downloads nothing else.
set -eu
wanted=$1${2:+=$2} folder=$3
mkdir -p "$folder"
cd "$folder"
for part in --tar-only --diff-only; do
    apt-get source -qq -o APT::Sandbox::User=root "$part" "$wanted"
done
tar -xf ./*.orig.tar.* --strip-components=1
tar -xf ./*.debian.tar.*
rm ./*.orig.tar.* ./*.debian.tar.*
if [ -e debian/patches/series ]; then
    sed 's/#.*//' debian/patches/series | while read -r patch _; do
        [ -z "$patch" ] || patch -s -p1 -i "debian/patches/$patch"
    done
fi
