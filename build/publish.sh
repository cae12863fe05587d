#!/bin/sh
# Compiles Api and Worker ahead of time, into artifacts/api and artifacts/worker.
set -eu
cd "$(dirname "$0")/.."

linker=clang
command -v clang >/dev/null 2>&1 || ! command -v gcc >/dev/null 2>&1 || linker=gcc
build/need.sh $linker=clang /usr/include/zlib.h=zlib1g-dev

mkdir -p artifacts
# The style is for the build to judge; trimming and what cannot be compiled ahead are judged here.
publish() { dotnet publish "src/$1" -c Release -p:RunAnalyzers=false -o "$2" >"$2.log" 2>&1; }

# What both refer to comes first: at once, they would write over each other.
dotnet build src/Thumbnails.Core -c Release -p:RunAnalyzers=false >artifacts/core.log 2>&1 || { cat artifacts/core.log >&2; exit 1; }
publish Thumbnails.Worker artifacts/worker &
publish Thumbnails.Api artifacts/api || { cat artifacts/api.log >&2; exit 1; }
wait $! || { cat artifacts/worker.log >&2; exit 1; }

# The notices that the Api's project file names and excuses; any other package's is an error.
if cat artifacts/api.log artifacts/worker.log | grep -E 'warning (IL2104|IL3053)' | grep -vE "Assembly '(Serilog|Swashbuckle\.AspNetCore\.SwaggerGen)'"; then
    exit 1
fi
echo artifacts/api/Thumbnails.Api
echo artifacts/worker/Thumbnails.Worker
