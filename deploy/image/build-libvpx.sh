#!/bin/sh
# Builds libvpx with only its decoders: source folder $1, target folder $2. Debian's static library would link most of the
# encoders too.
set -eu
cd "$1"
export DEB_BUILD_MAINT_OPTIONS=hardening=+all
flags="$(dpkg-buildflags --get CFLAGS) $(dpkg-buildflags --get CPPFLAGS)"
./configure --prefix="$2" --libdir="$2/lib" --enable-static --disable-shared --enable-pic \
    --disable-vp8-encoder --disable-vp9-encoder --enable-vp9-highbitdepth --enable-runtime-cpu-detect \
    --disable-examples --disable-tools --disable-docs --disable-unit-tests --disable-webm-io --disable-libyuv \
    --extra-cflags="$flags -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables"
make -j "${JOBS:-$(nproc)}" install
