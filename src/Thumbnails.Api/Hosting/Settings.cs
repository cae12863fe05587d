using System.Net;

namespace Thumbnails.Api.Hosting;

internal sealed record Settings(StorageSettings Storage, RunnerSettings Runner, UploadSettings Uploads)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <exception cref="SettingsException">Something is wrong; every fault is named.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = new Settings(StorageSettings.Read(reader), RunnerSettings.Read(reader), UploadSettings.Read(reader));
        RequireAuthentication(reader, configuration["urls"] ?? DefaultUrl);
        reader.RefuseUnknown("Storage", "Runner", "Uploads", "Auth");
        return reader.Faults.Count == 0 ? settings : throw new SettingsException(reader.Faults);
    }

    private static void RequireAuthentication(SettingsReader reader, string urls)
    {
        var anonymous = reader.Flag("Auth:AllowAnonymous") ?? urls.Split(';').All(IsLoopback);
        if (!anonymous)
            reader.Fault("Auth:AllowAnonymous", "must be true for the API to be open to everyone who reaches a non-loopback address");
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}

internal sealed record StorageSettings(string Root)
{
    public static StorageSettings Read(SettingsReader reader) => new(Path.GetFullPath(reader.Text("Storage:Root") ?? "data"));
}

internal enum RunnerKind
{
    Local,
}

internal sealed record RunnerSettings(RunnerKind Kind, string WorkerPath, int MaxParallel, int TimeoutSeconds)
{
    private const string WorkerName = "Thumbnails.Worker";

    // Side by side as `make publish` leaves them, or in one folder.
    private static readonly string[] WorkerPlaces = [WorkerName, Path.Combine("..", "worker", WorkerName)];

    public static RunnerSettings Read(SettingsReader reader)
    {
        var kind = reader.OneOf("Runner:Kind", RunnerKind.Local);
        var places = reader.Text("Runner:WorkerPath") is { } given
            ? [Path.GetFullPath(given)]
            : WorkerPlaces.Select(place => Path.GetFullPath(place, AppContext.BaseDirectory)).ToArray();
        var worker = Array.Find(places, File.Exists);
        if (worker is null)
            reader.Fault("Runner:WorkerPath", $"must name the worker program; it is not at {string.Join(" or ", places)}");
        return new RunnerSettings(
            kind,
            worker ?? "",
            (int)reader.Whole("Runner:MaxParallel", Environment.ProcessorCount, 1, 1000),
            (int)reader.Whole("Runner:TimeoutSeconds", 900, 1, 24 * 60 * 60));
    }
}

internal sealed record UploadSettings(long MaxBytes, TimeSpan UrlLifetime)
{
    public static UploadSettings Read(SettingsReader reader) => new(
        reader.Whole("Uploads:MaxBytes", 20L << 30, 1, 50L << 40),
        TimeSpan.FromSeconds(reader.Whole("Uploads:UrlLifetimeSeconds", 3600, 1, 7 * 24 * 60 * 60)));
}
