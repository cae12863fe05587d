using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;

namespace Thumbnails.Core.Tests;

public class WorkerEnvironmentTests
{
    private static readonly Dictionary<string, string> ByHand = new()
    {
        ["INPUT_VIDEO_FILE_URL"] = "https://example.com/bunny.mp4?signature=x",
        ["POSITION_TIME_DURATION"] = "00:08",
        ["OUTPUT_THUMBS_FILE_NAME"] = "bunny.png",
        ["OUTPUT_S3_PATH"] = "pictures/of/bunnies",
        ["AWS_REGION"] = "eu-central-1",
    };

    [Fact]
    public void The_worker_environment_round_trips()
    {
        var id = JobId.New(TimeProvider.System);
        WorkerEnvironment[] environments =
        [
            new WorkerEnvironment.StoredJob(id, new StoreLocation.Bucket("videos")),
            new WorkerEnvironment.StoredJob(id, new StoreLocation.Folder("/var/lib/thumbnails")),
            Read(ByHand),
            Read(ByHand, ("INPUT_VIDEO_FILE_URL", "s3://videos/a/b.mp4")),
            Read(ByHand, ("INPUT_VIDEO_FILE_URL", "clips/b.mp4"), ("OUTPUT_S3_PATH", "./out"), ("AWS_REGION", "")),
        ];

        Assert.All(environments, environment => Assert.Equal(environment, Read(environment.ToVariables())));
    }

    [Fact]
    public void Both_worker_contracts_use_their_documented_variable_names()
    {
        var id = JobId.New(TimeProvider.System);

        Assert.Equal(
            new Dictionary<string, string> { ["JOB_ID"] = id.ToString(), ["STORAGE__ROOT"] = "/data" },
            new WorkerEnvironment.StoredJob(id, new StoreLocation.Folder("/data")).ToVariables());
        Assert.Equal("videos", new WorkerEnvironment.StoredJob(id, new StoreLocation.Bucket("videos")).ToVariables()["STORAGE__BUCKET"]);
    }

    [Fact]
    public void Input_and_output_locations_are_recognized()
    {
        Assert.IsType<VideoLocation.Web>(Direct().Video);
        Assert.IsType<VideoLocation.Bucket>(Direct(("INPUT_VIDEO_FILE_URL", "s3://videos/a.mp4")).Video);
        Assert.IsType<VideoLocation.File>(Direct(("INPUT_VIDEO_FILE_URL", "/clips/a.mp4")).Video);
        Assert.Equal("s3://pictures/of/bunnies", Direct().Destination.ToString());
        Assert.Equal("s3://pictures/", Direct(("OUTPUT_S3_PATH", "pictures")).Destination.ToString());
        Assert.IsType<PictureDestination.Folder>(Direct(("OUTPUT_S3_PATH", "/out")).Destination);
    }

    [Fact]
    public void All_invalid_worker_variables_are_reported_at_once() => Assert.Equal(
        [
            "INPUT_VIDEO_FILE_URL must be an https URL, s3://bucket/key or a path",
            "POSITION_TIME_DURATION must have less than 60 seconds after the colon",
            "OUTPUT_THUMBS_FILE_NAME must be given",
            "OUTPUT_S3_PATH must be bucket/folder, or a local folder that begins with / or .",
        ],
        Faults(ByHand, ("INPUT_VIDEO_FILE_URL", "ftp://x/y"), ("POSITION_TIME_DURATION", "0:60"), ("OUTPUT_THUMBS_FILE_NAME", ""), ("OUTPUT_S3_PATH", "NOT A BUCKET")));

    [Fact]
    public void A_bucket_requires_a_region()
    {
        Assert.Equal(["AWS_REGION must be set when a bucket is used"], Faults(ByHand, ("AWS_REGION", "")));
        Assert.Empty(Faults(ByHand, ("AWS_REGION", ""), ("OUTPUT_S3_PATH", "/out")));
    }

    [Fact]
    public void A_stored_job_requires_an_ID_and_one_store()
    {
        Assert.Equal(["JOB_ID must be set (or INPUT_VIDEO_FILE_URL, to run by hand)"], Faults([]));
        Assert.Equal(
            ["JOB_ID must be a job id", "STORAGE__BUCKET must be set (or STORAGE__ROOT, for files)"],
            Faults(new() { ["JOB_ID"] = "x" }));
        Assert.Equal(
            ["STORAGE__BUCKET must not be set together with STORAGE__ROOT"],
            Faults(new() { ["JOB_ID"] = JobId.New(TimeProvider.System).ToString(), ["STORAGE__BUCKET"] = "b", ["STORAGE__ROOT"] = "/r" }));
        Assert.Equal(["JOB_ID must not be set together with INPUT_VIDEO_FILE_URL"], Faults(ByHand, ("JOB_ID", "x")));
    }

    private static WorkerEnvironment.OneOffJob Direct(params (string Name, string Value)[] changes) =>
        Assert.IsType<WorkerEnvironment.OneOffJob>(Read(ByHand, changes));

    private static WorkerEnvironment Read(IReadOnlyDictionary<string, string> variables, params (string Name, string Value)[] changes)
    {
        Assert.True(TryRead(variables, changes, out var environment, out var faults), string.Join('\n', faults));
        return environment!;
    }

    private static IReadOnlyList<string> Faults(Dictionary<string, string> variables, params (string Name, string Value)[] changes)
    {
        TryRead(variables, changes, out _, out var faults);
        return faults;
    }

    private static bool TryRead(
        IReadOnlyDictionary<string, string> variables, (string Name, string Value)[] changes,
        out WorkerEnvironment? environment, out IReadOnlyList<string> faults)
    {
        var all = new Dictionary<string, string>(variables);
        foreach (var (name, value) in changes)
            all[name] = value;
        return WorkerEnvironment.TryRead(all.GetValueOrDefault, out environment, out faults);
    }
}
