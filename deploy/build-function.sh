#!/bin/sh
# Runs in a container of Lambda's own operating system: reads the source as a tar archive, writes the function's zip to
# standard output. deploy.sh starts it. What is compiled ahead of time runs only where its libraries are as old or newer.
set -eu

work=$(mktemp -d)
mkdir "$work/source" "$work/function"
tar -xf - -C "$work/source"
cd "$work/source"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_HOME="$work"

dotnet publish src/Thumbnails.Api -c Release -r linux-x64 -p:ContinuousIntegrationBuild=true -o "$work/function" >&2
# What Lambda starts has this name. Symbols stay here.
mv "$work/function/Thumbnails.Api" "$work/function/bootstrap"
find "$work/function" \( -name '*.dbg' -o -name '*.pdb' -o -name '*.xml' \) -delete
chmod -R a+rX "$work/function"
chmod 755 "$work/function/bootstrap"

# With no such runner it must complain of that and stop, which also shows that it starts here.
code=0
(cd "$work/function" && env -i Runner__Kind=none ./bootstrap) >"$work/log" 2>&1 || code=$?
if [ "$code" != 2 ] || ! grep -q '^Runner:Kind ' "$work/log"; then
    cat "$work/log" >&2
    echo "The program does not start on this system." >&2
    exit 1
fi

# The same source gives the same zip, and so no new version of the function.
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
