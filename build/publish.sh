#!/bin/sh
# Compiles Api and Worker ahead of time, into artifacts/api and artifacts/worker.
set -eu
cd "$(dirname "$0")/.."

linker=clang
command -v clang >/dev/null 2>&1 || ! command -v gcc >/dev/null 2>&1 || linker=gcc
build/need.sh $linker=clang /usr/include/zlib.h=zlib1g-dev

mkdir -p artifacts
for part in api worker; do
    case $part in api) project=Thumbnails.Api ;; worker) project=Thumbnails.Worker ;; esac
    log=artifacts/publish-$part.log
    dotnet publish "src/$project" -c Release -o "artifacts/$part" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    # The notices that the Api's project file names and excuses; any other package's is an error.
    if grep -E 'warning (IL2104|IL3053)' "$log" | grep -vE "Assembly '(Serilog|Swashbuckle\.AspNetCore\.SwaggerGen)'"; then
        exit 1
    fi
    echo "artifacts/$part/$project"
done
