#!/bin/sh
# Builds a minimal ffmpeg for the worker: source folder $1, static libraries in folder $2, output program $3.
# When run under the name ffprobe, the program is ffprobe.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$1 static=$2/lib program=$3

for patch in "$here"/patches/*.patch; do
    patch -d "$source" -p1 --no-backup-if-mismatch <"$patch"
done

# The linker uses the first match: the static libraries, so that only the used code is linked.
for library in webp webpmux sharpyuv zimg stdc++; do
    ln -sf "$(gcc -print-file-name="lib$library.a")" "$static/lib$library.a"
done

parts=$(sed 's/#.*//' "$here/ffmpeg-parts" | while read -r kind names; do
    for name in $names; do
        printf '%s ' "--enable-$kind=$name"
    done
done)

export DEB_BUILD_MAINT_OPTIONS=hardening=+all PKG_CONFIG_PATH="$static/pkgconfig"
cd "$source"
flags="$(dpkg-buildflags --get CFLAGS | sed 's/-g -O2 //') $(dpkg-buildflags --get CPPFLAGS) -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables"
# shellcheck disable=SC2046,SC2086
./configure --prefix=/usr --disable-everything --disable-autodetect --disable-doc --disable-debug \
    --disable-avdevice --disable-postproc --disable-swresample --enable-pic --optflags=-O2 \
    --enable-zlib --enable-openssl --enable-libdav1d --enable-libvpx --enable-libwebp --enable-libzimg \
    --extra-version="$(dpkg-parsechangelog -S Version | sed 's/.*-//')+thumbnails2" \
    --extra-cflags="$flags" \
    --extra-ldflags="-L$static $(dpkg-buildflags --get LDFLAGS) -pie -Wl,--gc-sections -Wl,--as-needed -Wl,-z,pack-relative-relocs" \
    --extra-libs="-lwebp -lsharpyuv -lstdc++ -lm" \
    $parts || { tail -n 30 ffbuild/config.log; exit 1; }
make -f "$here/fftools.mk" -j "${JOBS:-$(nproc)}" TOOLS_MAIN="$here/fftools.c" fftools/thumbnails
strip --strip-all --remove-section=.comment -o "$program" fftools/thumbnails
