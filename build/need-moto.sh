#!/bin/sh
# Prints the path of moto_server, which simulates S3 and ECS for the tests. If it is not on the PATH, it is installed into a
# virtual environment under artifacts/.
set -eu
cd "$(dirname "$0")/.."

if command -v moto_server; then
    exit 0
fi
environment=$PWD/artifacts/moto
if [ ! -x "$environment/bin/moto_server" ]; then
    build/need.sh python3=python3 >&2
    # Debian packages venv separately.
    python3 -c 'import ensurepip' 2>/dev/null || build/need.sh 'python3 -m ensurepip'=python3-venv >&2
    echo "installing: moto" >&2
    python3 -m venv "$environment" >&2
    "$environment/bin/pip" install -q 'moto[server]==5.*' >&2
fi
echo "$environment/bin/moto_server"
