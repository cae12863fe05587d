using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>
/// Tests that the AwsPackages property references the real packages. Whether these can be restored depends on the package
/// source.
/// </summary>
public sealed class PackageSwitchTests
{
    [Theory]
    [InlineData("compat", 2, 0)]
    [InlineData("nuget", 0, 2)]
    public async Task AwsPackages_selects_the_stand_ins_or_the_packages(string value, int standIns, int packages)
    {
        var response = await Cli.Wrap("dotnet")
            .WithArguments(
            [
                "msbuild", Path.Combine(Published.Repository, "src", "Thumbnails.Api"), $"-p:AwsPackages={value}",
                "-getItem:ProjectReference", "-getItem:PackageReference", "-getItem:PackageVersion",
            ])
            .ExecuteBufferedAsync();
        var items = JsonNode.Parse(response.StandardOutput)!["Items"]!;
        string[] all = ["AWSSDK.ECS", "Amazon.Lambda.AspNetCoreServer.Hosting"];

        Assert.Equal(standIns, Names(items, "ProjectReference").Count(name => name.Contains("/compat/", StringComparison.Ordinal)));
        Assert.Equal(packages, Names(items, "PackageReference").Intersect(all).Count());
        Assert.Subset(Names(items, "PackageVersion").ToHashSet(), all.ToHashSet());
    }

    private static IEnumerable<string> Names(JsonNode items, string kind) => items[kind]!.AsArray().Select(item => (string)item!["Identity"]!);
}
