#!/bin/sh
# Runs every check that a change must pass. The last line of output is "N passed, N failed".
set -eu
cd "$(dirname "$0")/.."

build/need.sh ffmpeg=ffmpeg curl=curl shellcheck=shellcheck aws=awscli npm=npm
[ -n "${CHROMIUM:-}" ] || build/need.sh chromium=chromium
shellcheck -x -S warning build/*.sh deploy/*.sh deploy/image/*.sh test/Thumbnails.Deploy.Tests/Scripts/[ad]* .ci/run
# Meanwhile, because it takes as long as the build.
{ build/need-npm.sh test/Thumbnails.Browser.Tests/Players players && build/need-npm.sh test/Thumbnails.EndToEnd.Tests/Bruno bruno; } &
packages=$!
MOTO_SERVER=$(build/need-moto.sh)
export MOTO_SERVER
dotnet restore Thumbnails.sln
# Whitespace only: the build itself enforces the code style that `make format` fixes.
dotnet format whitespace --folder . --verify-no-changes
dotnet build Thumbnails.sln -c Release --no-restore
build/publish.sh
wait $packages

rm -rf artifacts/test-results
status=0
dotnet test Thumbnails.sln -c Release --no-build -m:1 --logger trx --results-directory artifacts/test-results || status=$?

# Each project writes one file with its test counts.
sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' artifacts/test-results/*.trx |
    awk -v status=$status -v ci="${CI:-}" '
        { total += $1; executed += $2; passed += $3 }
        END {
            if (ci == "true" && executed < total) { print total - executed " skipped, which CI does not allow"; status = 1 }
            failed = executed - passed
            if (failed == 0 && status != 0) failed = 1
            print passed + 0 " passed, " failed " failed"
            exit status != 0
        }'
