using System.Diagnostics;
using System.IO.Compression;
using Thumbnails.TestKit;

namespace Thumbnails.Deploy.Tests;

/// <summary>A checkout with the deployment scripts, a moto account to deploy into, and a docker that builds nothing.</summary>
public sealed class DeployAccount : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private MotoServer? _moto;

    /// <summary>The path of the template in the checkout.</summary>
    public string Template => Path.Combine(_folder.Path, "deploy", "template.yaml");

    public async Task InitializeAsync()
    {
        _moto = await MotoServer.StartAsync();
        foreach (var name in new[] { "deploy/deploy.sh", "deploy/destroy.sh", "deploy/common.sh", "deploy/build-function.sh", "deploy/image/build-image.sh", "deploy/image/container-tool.sh" })
            Copy(Repository.PathOf(name), name);
        foreach (var name in new[] { "docker", "aws" })
            Copy(Repository.PathOf($"test/Thumbnails.Deploy.Tests/Scripts/{name}"), $"bin/{name}");
        Copy(Repository.PathOf("test/Thumbnails.Deploy.Tests/Scripts/template.yaml"), "deploy/template.yaml");
        foreach (var name in new[] { ".editorconfig", "global.json", "Directory.Build.props", "Directory.Packages.props", "src/x", "compat/x", "bootstrap/bootstrap" })
            Write(name, "");
        ZipFile.CreateFromDirectory(Path.Combine(_folder.Path, "bootstrap"), Path.Combine(_folder.Path, "function.zip"));
        Write(".gitignore", "artifacts\ncalls\n");
        Assert.Equal(0, (await RunAsync("git", "init", "-q")).ExitCode);
        await CommitAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _moto?.Dispose();
        _folder.Dispose();
    }

    public async Task CommitAsync()
    {
        await RunAsync("git", "add", "-A");
        Assert.Equal(0, (await RunAsync("git", "-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qm", "test")).ExitCode);
    }

    /// <summary>Runs deploy.sh.</summary>
    public Task<DeployRun> DeployAsync(params string[] variables) => RunAsync("env", [.. variables, "deploy/deploy.sh"]);

    public async Task<string> StackStatusAsync() =>
        (await RunAsync("aws", "cloudformation", "describe-stacks", "--stack-name", "thumbnails", "--query", "Stacks[0].StackStatus", "--output", "text")).Output.Trim();

    /// <summary>Runs a program in the checkout, with access to the account.</summary>
    public async Task<DeployRun> RunAsync(string program, params string[] arguments)
    {
        var calls = Path.Combine(_folder.Path, "calls");
        File.Delete(calls);
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Variables(calls))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DeployRun(process.ExitCode, output, await errors, File.Exists(calls) ? await File.ReadAllTextAsync(calls) : "");
    }

    private Dictionary<string, string> Variables(string calls) => new()
    {
        ["PATH"] = $"{Path.Combine(_folder.Path, "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        ["REAL_AWS"] = Tool.Run("sh", "-c", "command -v aws")!.Value.Output.Trim(),
        ["CALLS"] = calls,
        ["ZIP"] = Path.Combine(_folder.Path, "function.zip"),
        // moto recognizes buckets in URLs only under this host name.
        ["AWS_ENDPOINT_URL"] = $"http://localhost:{_moto!.Url.Port}",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_DEFAULT_REGION"] = "eu-central-1",
    };

    private void Copy(string source, string name)
    {
        Write(name, "");
        File.Copy(source, Path.Combine(_folder.Path, name), overwrite: true);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

/// <summary>A run of deploy.sh.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Errors">The standard error.</param>
/// <param name="Calls">The calls of docker and aws, one per line.</param>
public sealed record DeployRun(int ExitCode, string Output, string Errors, string Calls);
