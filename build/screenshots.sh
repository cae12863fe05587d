#!/bin/sh
# Takes the screenshots in the README and stores them in docs/, with 256 colors each.
set -eu
cd "$(dirname "$0")/.."

dotnet test test/Thumbnails.Browser.Tests -c Release --filter AppearanceTests
for name in choose-light choose-phone pictures-dark; do
    ffmpeg -v error -y -i "artifacts/screenshots/$name.png" -frames:v 1 \
        -vf 'split[a][b];[a]palettegen[palette];[b][palette]paletteuse=dither=none' "docs/$name.png"
done
