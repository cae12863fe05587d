using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Amazon.ECS.Tests.Models;

/// <summary>The service model of botocore, read with Python.</summary>
internal static class BotocoreModel
{
    private static readonly Lazy<(JsonNode? Model, string Errors)> Read = new(Run);

    public static bool IsAvailable => Read.Value.Model is not null;

    public static JsonNode Requests => Get("requests");

    public static JsonNode Response(string operation) => Get("responses")[operation]!;

    public static IEnumerable<string> Errors(string operation) =>
        Get("errors")[operation]!.AsArray().Select(name => name!.GetValue<string>());

    private static JsonNode Get(string part)
    {
        var (model, errors) = Read.Value;
        Assert.True(model is not null, $"This test requires python3 with botocore: {errors}");
        return model![part]!;
    }

    private static (JsonNode?, string) Run()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Models", "botocore_model.py");
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", [script])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = python.StandardError.ReadToEndAsync();
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode == 0 ? JsonNode.Parse(output) : null, errors.Result);
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message);
        }
    }
}
