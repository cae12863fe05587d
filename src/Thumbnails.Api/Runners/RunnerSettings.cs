using Thumbnails.Api.Hosting;
using Thumbnails.Api.Runners.Fargate;

namespace Thumbnails.Api.Runners;

/// <summary>The settings of the runner.</summary>
/// <param name="TimeLimit">The longest time a job may run.</param>
internal abstract record RunnerSettings(TimeSpan TimeLimit)
{
    /// <summary>Jobs run as child processes.</summary>
    internal sealed record Local(TimeSpan TimeLimit, string WorkerPath, int MaxParallel) : RunnerSettings(TimeLimit);

    /// <summary>Jobs run as ECS tasks on Fargate.</summary>
    internal sealed record Fargate(TimeSpan TimeLimit, FargateSettings Task) : RunnerSettings(TimeLimit);

    private enum Kind
    {
        Local,
        Fargate,
    }

    private const string WorkerName = "Thumbnails.Worker";

    // Side by side, as `make publish` places them, or in one folder.
    private static readonly string[] WorkerPlaces = [WorkerName, Path.Combine("..", "worker", WorkerName)];

    public static RunnerSettings Read(SettingsReader reader, StorageSettings storage)
    {
        var limit = TimeSpan.FromSeconds(reader.Whole("Runner:TimeoutSeconds", 900, 1, 24 * 60 * 60));
        return reader.OneOf("Runner:Kind", Kind.Local) == Kind.Local
            ? ReadLocal(reader, limit)
            : ReadFargate(reader, storage, limit);
    }

    private static Fargate ReadFargate(SettingsReader reader, StorageSettings storage, TimeSpan limit)
    {
        reader.Refuse("must not be set with Runner:Kind=fargate", "Runner:WorkerPath", "Runner:MaxParallel");
        return new Fargate(limit, FargateSettings.Read(reader, storage));
    }

    private static Local ReadLocal(SettingsReader reader, TimeSpan limit)
    {
        reader.Refuse("must not be set without Runner:Kind=fargate", FargateSettings.Names);
        var places = reader.Text("Runner:WorkerPath") is { } given
            ? [Path.GetFullPath(given)]
            : WorkerPlaces.Select(place => Path.GetFullPath(place, AppContext.BaseDirectory)).ToArray();
        var worker = Array.Find(places, File.Exists);
        if (reader.IsInLambda)
            reader.Fault("Runner:Kind", "must be fargate in AWS Lambda, where child processes do not last");
        else if (worker is null)
            reader.Fault("Runner:WorkerPath", $"must be the path of the worker program; it was not found at {string.Join(" or ", places)}");
        return new Local(limit, worker ?? "", (int)reader.Whole("Runner:MaxParallel", Environment.ProcessorCount, 1, 1000));
    }
}
