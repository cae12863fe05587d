#!/bin/sh
# Builds dav1d as a static library, which Debian does not provide: source folder $1, target folder $2.
set -eu
cd "$1"
export DEB_BUILD_MAINT_OPTIONS=hardening=+all
eval "$(dpkg-buildflags --export=sh)"
CFLAGS="$CFLAGS $CPPFLAGS -ffunction-sections -fdata-sections -fno-asynchronous-unwind-tables"
export CFLAGS
meson setup build --prefix="$2" --libdir=lib --buildtype=plain --default-library=static \
    -Dtrim_dsp=true -Denable_tools=false -Denable_tests=false -Dxxhash_muxer=disabled -Dlogging=false
ninja -C build -j "${JOBS:-$(nproc)}" install
