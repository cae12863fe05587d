#!/bin/sh
# Copies the licenses of what is compiled into the worker, .NET and its packages, to the folder $1. The nuspec of each package
# is included: it names the license and the copyright holders.
set -eu
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
cd "$packages"
# The Native AOT runtime is included; the compiler and other runtimes are not.
find . -mindepth 3 -maxdepth 3 -type f \
    -not -path './microsoft.aspnetcore.app.runtime.*' -not -path './microsoft.netcore.app.runtime.linux-*' \
    -not -path './*ilcompiler/*' -not -path './microsoft.net.illink.*' \
    \( -name '*.nuspec' -o -iname 'license*' -o -iname 'notice*' -o -iname 'third-party-notices*' -o -iname 'thirdpartynotices*' \) |
    while read -r file; do
        mkdir -p "$1/$(dirname "$file")"
        install -m 644 "$file" "$1/$file"
    done
