#!/bin/sh
# Builds an image with docker, podman or buildah and prints its size.
#   build-image.sh                thumbnails-worker: the worker
#   build-image.sh thumbnails     thumbnails: the API and the worker, based on the worker's image
#   VERSION=1.2.3        the tag, thumbnails-worker:1.2.3 (default: dev), beside latest
#   SOURCE=https://…     the URL of the source, for the image's label
#   IMAGE_TOOL=podman    selects the tool
#   IMAGE_ARGS='--build-arg DEBIAN_IMAGE=…@sha256:…'   more arguments for the build
set -eu
cd "$(dirname "$0")/../.."

tool=$(deploy/image/container-tool.sh)
version=${VERSION:-dev}
case ${1:-worker} in
    worker) dockerfile=Dockerfile.worker image=thumbnails-worker:$version base= ;;
    thumbnails) dockerfile=Dockerfile image=thumbnails:$version base="--build-arg WORKER_IMAGE=thumbnails-worker:$version" ;;
    *) echo "$1 is not an image. Use worker or thumbnails." >&2; exit 2 ;;
esac
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
created=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$epoch" +%Y-%m-%dT%H:%M:%SZ)

set -- -f "$dockerfile" -t "$image" -t "${image%:*}" \
    --build-arg "VERSION=$version" --build-arg "REVISION=$revision" --build-arg "CREATED=$created" \
    --build-arg "SOURCE=${SOURCE:-}" --build-arg "SOURCE_DATE_EPOCH=$epoch"
# shellcheck disable=SC2086  # a list of arguments
case $tool in
    *docker) "$tool" build "$@" $base ${IMAGE_ARGS:-} . ;;
    *) "$tool" build --network host --layers "$@" $base ${IMAGE_ARGS:-} . ;;
esac

# Prints the size in a registry (each layer compressed) and on a machine (unpacked).
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case $tool in
    *buildah) "$tool" push -q "$image" "docker-archive:$scratch/image.tar" ;;
    *) "$tool" save -o "$scratch/image.tar" "$image" ;;
esac
mkdir "$scratch/image"
tar -xf "$scratch/image.tar" -C "$scratch/image"
unpacked=0 compressed=0
for file in "$scratch"/image/*.tar "$scratch"/image/*/layer.tar "$scratch"/image/blobs/sha256/*; do
    # A layer is a tar archive. Some tools store it compressed, and some add links; the other files are JSON.
    if [ ! -f "$file" ] || [ -L "$file" ]; then
        continue
    elif gzip -t "$file" 2>/dev/null; then
        unpacked=$((unpacked + $(gzip -dc <"$file" | wc -c)))
        compressed=$((compressed + $(wc -c <"$file")))
    elif tar -tf "$file" >/dev/null 2>&1; then
        unpacked=$((unpacked + $(wc -c <"$file")))
        compressed=$((compressed + $(gzip -nc <"$file" | wc -c)))
    fi
done
run=$tool
case $tool in *buildah) run=podman ;; esac

echo
echo "$image"
awk -v unpacked=$unpacked -v compressed=$compressed 'BEGIN { printf "%.1f MB unpacked, %.1f MB compressed\n", unpacked / 1e6, compressed / 1e6 }'
if [ "$dockerfile" = Dockerfile ]; then
    cat <<END

To run it, with a key of your own, at http://127.0.0.1:5080:

  $run run --rm -p 5080:5080 -v thumbnails:/data \\
    -e Auth__ApiKeys="me=\$(printf %s "\$MY_KEY" | sha256sum | cut -d' ' -f1)" $image
END
    exit
fi
cat <<END

To run it by hand, with a video in ./videos, into the folder ./pictures, which user 65532 must be able to write:

  $run run --rm --read-only --tmpfs /tmp:size=64m,mode=1777 --cap-drop all --security-opt no-new-privileges \\
    -v "\$PWD/videos:/in:ro" -v "\$PWD/pictures:/out" \\
    -e INPUT_VIDEO_FILE_URL=/in/video.mp4 -e POSITION_TIME_DURATION=00:08 \\
    -e OUTPUT_THUMBS_FILE_NAME=video.png -e OUTPUT_S3_PATH=/out -e AWS_REGION=eu-west-1 $image
END
