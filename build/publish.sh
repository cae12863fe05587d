#!/bin/sh
# Compiles the API and the worker with Native AOT, into artifacts/api and artifacts/worker.
set -eu
cd "$(dirname "$0")/.."

linker=clang
command -v clang >/dev/null 2>&1 || ! command -v gcc >/dev/null 2>&1 || linker=gcc
build/need.sh $linker=clang /usr/include/zlib.h=zlib1g-dev

mkdir -p artifacts
# Style is checked in the regular build; this build checks trimming and AOT compatibility.
publish() { dotnet publish "src/$1" -c Release -p:RunAnalyzers=false -o "$2" >"$2.log" 2>&1; }

# Built first: parallel builds of a shared project would overwrite each other's output.
dotnet build src/Thumbnails.Core -c Release -p:RunAnalyzers=false >artifacts/core.log 2>&1 || { cat artifacts/core.log >&2; exit 1; }
publish Thumbnails.Worker artifacts/worker &
publish Thumbnails.Api artifacts/api || { cat artifacts/api.log >&2; exit 1; }
wait $! || { cat artifacts/worker.log >&2; exit 1; }

# The warnings that the API's project file lists and explains. A warning about any other package is an error.
if cat artifacts/api.log artifacts/worker.log | grep -E 'warning (IL2104|IL3053)' | grep -vE "Assembly '(Serilog|Swashbuckle\.AspNetCore\.SwaggerGen)'"; then
    exit 1
fi
echo artifacts/api/Thumbnails.Api
echo artifacts/worker/Thumbnails.Worker
