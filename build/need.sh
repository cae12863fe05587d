#!/bin/sh
# Ensures that programs are installed: need.sh PROGRAM=PACKAGE …   (instead of a program, the path of a file)
# Installs missing packages with apt-get when run as root; otherwise prints what to install.
set -eu

missing=
for need in "$@"; do
    program=${need%%=*}
    case $program in
        /*) [ -e "$program" ] && continue ;;
        *) command -v "$program" >/dev/null 2>&1 && continue ;;
    esac
    missing="$missing ${need#*=}"
done
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing:$missing" >&2
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of packages
    { apt-get update -q && apt-get install -q -y --no-install-recommends $missing; } >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    rm -f "$log"
elif command -v apt-get >/dev/null 2>&1; then
    echo "Tools are missing. Install them as root:  sudo apt-get install$missing" >&2
    exit 1
else
    echo "Tools are missing. Install them with your package manager (Debian package names):$missing" >&2
    exit 1
fi
