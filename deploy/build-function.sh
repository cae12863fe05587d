#!/bin/sh
# Runs in a container with Lambda's operating system, started by deploy.sh. Reads the source as a tar archive from standard
# input and writes the function's zip to standard output. A native program needs libraries at least as new as those it was
# built with.
set -eu

work=$(mktemp -d)
mkdir "$work/source" "$work/function"
tar -xf - -C "$work/source"
cd "$work/source"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_HOME="$work"

# CI checks warnings with its pinned SDK. Warnings of a newer SDK must not stop a deployment or a rollback.
dotnet publish src/Thumbnails.Api -c Release -r linux-x64 -p:ContinuousIntegrationBuild=true \
    -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -o "$work/function" >&2
# Lambda runs a file of this name. Symbols are not deployed.
mv "$work/function/Thumbnails.Api" "$work/function/bootstrap"
find "$work/function" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
chmod -R a+rX "$work/function"
chmod 755 "$work/function/bootstrap"

# An invalid setting makes the program exit with 2, which shows that it starts on this system.
code=0
(cd "$work/function" && env -i Runner__Kind=none ./bootstrap) >"$work/log" 2>&1 || code=$?
if [ "$code" != 2 ] || ! grep -q '^Runner:Kind ' "$work/log"; then
    cat "$work/log" >&2
    echo "The program does not start on Lambda's operating system. See its output above." >&2
    exit 1
fi

# Fixed timestamps: the same source produces the same zip, and CloudFormation does not update the function.
find "$work/function" -exec touch -d '2000-01-01 00:00:00' {} +
cat >"$work/zip.proj" <<'END'
<Project>
  <Target Name="Zip">
    <ZipDirectory SourceDirectory="$(Source)" DestinationFile="$(Destination)" />
  </Target>
</Project>
END
dotnet msbuild "$work/zip.proj" -v:quiet -t:Zip "-p:Source=$work/function" "-p:Destination=$work/function.zip" >&2
cat "$work/function.zip"
