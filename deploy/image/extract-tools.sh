#!/bin/sh
# Extracts ffmpeg and ffprobe from the worker's image, with everything that they need to run on this machine:
#   deploy/image/extract-tools.sh thumbnails-worker:dev artifacts/image-tools
#   FFMPEG=$PWD/artifacts/image-tools/ffmpeg dotnet test test/Thumbnails.Worker.Tests
set -eu
image=$1 folder=$2
tool=$("$(dirname "$0")/container-tool.sh")

mkdir -p "$folder/root"
case $tool in
    *buildah)
        container=$("$tool" from "$image")
        cp -a "$("$tool" mount "$container")/." "$folder/root/"
        ;;
    *)
        container=$("$tool" create "$image")
        "$tool" export "$container" | tar -x -C "$folder/root"
        ;;
esac
"$tool" rm "$container" >/dev/null

# Runs under the image's own loader and libraries; argv[0] selects the tool.
root=$(cd "$folder/root" && pwd)
loader=$(find "$root/usr/lib64" "$root/usr/lib" -name 'ld-linux-*.so.*' | head -n 1)
libraries=$(find "$root/usr/lib" -maxdepth 1 -name '*-linux-gnu')
for name in ffmpeg ffprobe; do
    printf '#!/bin/sh\nexec "%s" --argv0 %s --library-path "%s" "%s" "$@"\n' \
        "$loader" "$name" "$libraries" "$root/usr/bin/ffmpeg" >"$folder/$name"
    chmod +x "$folder/$name"
done
echo "$folder/ffmpeg"
