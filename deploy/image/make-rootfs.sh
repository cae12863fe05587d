#!/bin/sh
# Assembles the root file system of the image: make-rootfs.sh PROGRAM FOLDER SOURCE…
# PROGRAM is ffmpeg; each SOURCE is the folder of a Debian source package that was built into it.
# The result contains only what runs, the package metadata that scanners read, and the licenses.
set -eu
program=$1 root=$2
shift 2

mkdir -p "$root/etc/ssl/certs" "$root/usr/bin" "$root/usr/lib/ssl" "$root/usr/lib64" "$root/usr/share/doc" \
    "$root/var/lib/dpkg/status.d" "$root/dev" "$root/proc" "$root/sys"
mkdir -m 1777 "$root/tmp"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"

cat >"$root/etc/passwd" <<'END'
root:x:0:0:root:/:/sbin/nologin
worker:x:65532:65532:worker:/nonexistent:/sbin/nologin
END
cat >"$root/etc/group" <<'END'
root:x:0:
worker:x:65532:
END
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

# The CA certificates, where SSL_CERT_FILE points and where OpenSSL looks by default.
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"

cp "$program" "$root/usr/bin/ffmpeg"
ln -s ffmpeg "$root/usr/bin/ffprobe"

# Adds a file of a package under the path that dpkg knows, and the target if it is a link.
add() {
    file=$(realpath "$(dirname "$1")")/$(basename "$1")
    mkdir -p "$root$(dirname "$file")"
    cp -d "$file" "$root$file"
    dpkg -S "$file" | sed 's/[:,].*//' >>"$root/packages"
    [ ! -L "$file" ] || add "$(realpath "$file")"
}

# The worker loads libssl and libcrypto at run time, and nothing else that ffmpeg does not need too.
for library in $(ldd "$program" | sed -nE 's/^[^/]*(\/[^ ]*) .*/\1/p'); do
    add "$library"
done
add /usr/lib/os-release
ln -s ../usr/lib/os-release "$root/etc/os-release"
echo ca-certificates >>"$root/packages"

for package in $(sort -u "$root/packages"); do
    dpkg-query --status "$package" >"$root/var/lib/dpkg/status.d/$package"
    mkdir -p "$root/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/"
done
rm "$root/packages"

# ffmpeg is built from Debian's source but is not Debian's build. Debian's field for statically linked sources lists what was
# linked in: the given sources, and the sources of the libraries from packages.
built_using=
for source in "$@"; do
    name=$(cd "$source" && dpkg-parsechangelog -S Source)
    version=$(cd "$source" && dpkg-parsechangelog -S Version)
    mkdir -p "$root/usr/share/doc/$name"
    cp "$source/debian/copyright" "$root/usr/share/doc/$name/"
    [ "$name" = ffmpeg ] && ffmpeg_version=$version || built_using="$built_using$name (= $version), "
done
for library in webp zimg stdc++; do
    package=$(dpkg -S "$(realpath "$(gcc -print-file-name="lib$library.a")")" | sed 's/[:,].*//')
    built_using="$built_using$(dpkg-query -W -f '${source:Package} (= ${source:Version}), ' "$package")"
    mkdir -p "$root/usr/share/doc/$package"
    cp -L "/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/"
done
cat >"$root/var/lib/dpkg/status.d/ffmpeg" <<END
Package: ffmpeg
Status: install ok installed
Architecture: $(dpkg --print-architecture)
Version: $ffmpeg_version+thumbnails
Static-Built-Using: ${built_using%, }
Description: Debian's ffmpeg and ffprobe, reduced to what thumbnails need
END

# The licenses that the packages' copyright files refer to.
for license in $(grep -ohr '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' "$root/usr/share/doc" | sort -u); do
    [ ! -f "$license" ] || { mkdir -p "$root/usr/share/common-licenses" && cp -L "$license" "$root$license"; }
done

find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
