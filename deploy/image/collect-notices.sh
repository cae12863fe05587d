#!/bin/sh
# Copies the licences of what is compiled into the worker, .NET and its packages, into the folder $1. Each package's own
# description goes along: it names the licence and the holders of rights.
set -eu
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
cd "$packages"
# The runtime that runs ahead-of-time code is in; those of other ways to run, and the compiler, are not.
find . -mindepth 3 -maxdepth 3 -type f \
    -not -path './microsoft.aspnetcore.app.runtime.*' -not -path './microsoft.netcore.app.runtime.linux-*' \
    -not -path './*ilcompiler/*' -not -path './microsoft.net.illink.*' \
    \( -name '*.nuspec' -o -iname 'license*' -o -iname 'notice*' -o -iname 'third-party-notices*' -o -iname 'thirdpartynotices*' \) |
    while read -r file; do
        mkdir -p "$1/$(dirname "$file")"
        install -m 644 "$file" "$1/$file"
    done
