#!/bin/sh
# Prints the container tool to use: IMAGE_TOOL if set, otherwise the first of docker, podman and buildah that works.
set -eu
tool=${IMAGE_TOOL:-}
for candidate in docker podman buildah; do
    [ -n "$tool" ] || ! command -v $candidate >/dev/null 2>&1 || tool=$candidate
    # The client alone is not enough: its daemon must respond.
    [ "$tool" != docker ] || docker info >/dev/null 2>&1 || tool=
done
if [ -z "$tool" ] || ! command -v "$tool" >/dev/null 2>&1; then
    echo "${IMAGE_TOOL:-A container tool} was not found. Install docker (and start it), podman or buildah." >&2
    exit 1
fi
echo "$tool"
