#!/bin/sh
# Prints where moto_server is, someone else's S3 and ECS for the tests: on the PATH, or in an environment of its own under
# artifacts/, where it is installed when it is not there yet.
set -eu
cd "$(dirname "$0")/.."

if command -v moto_server; then
    exit 0
fi
environment=$PWD/artifacts/moto
if [ ! -x "$environment/bin/moto_server" ]; then
    build/need.sh python3=python3 >&2
    # Debian keeps what makes environments in a package of its own.
    python3 -c 'import ensurepip' 2>/dev/null || build/need.sh 'python3 -m ensurepip'=python3-venv >&2
    echo "installing: moto" >&2
    python3 -m venv "$environment" >&2
    "$environment/bin/pip" install -q 'moto[server]==5.*' >&2
fi
echo "$environment/bin/moto_server"
