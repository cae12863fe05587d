using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.Benchmarks;

/// <summary>The published API, with its own data folder.</summary>
internal sealed class PublishedService : IDisposable
{
    /// <summary>Settings for a bucket and a cluster that are never contacted: presigning a URL needs neither.</summary>
    public static readonly IReadOnlyDictionary<string, string> AwsSettings = new Dictionary<string, string>
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["Auth__AllowAnonymous"] = "true",
        ["Storage__Bucket"] = "thumbnails",
        ["Runner__Kind"] = "fargate",
        ["Fargate__Cluster"] = "thumbnails",
        ["Fargate__TaskDefinition"] = "thumbnails",
        ["Fargate__Subnets"] = "subnet-1",
    };

    private readonly TempFolder _root;
    private readonly Service _service;

    private PublishedService(TempFolder root, Service service) => (_root, _service) = (root, service);

    public ThumbnailsClient Client => _service.Client;

    public HttpClient Http => _service.Http;

    /// <summary>Starts the API and returns when it has responded to a first POST /uploads.</summary>
    /// <param name="artifacts">The folder of the published programs.</param>
    /// <param name="settings">The settings of the API. Defaults to a data folder of its own.</param>
    public static async Task<PublishedService> StartAsync(string artifacts, IReadOnlyDictionary<string, string>? settings = null)
    {
        var root = new TempFolder();
        settings ??= new Dictionary<string, string> { ["Storage__Root"] = root.Path };
        var service = await Service.StartAsync(Path.Combine(artifacts, "api", "Thumbnails.Api"), settings);
        await service.Client.CreateUploadAsync(new UploadRequest { FileName = "clip.mp4", SizeBytes = 1000 });
        return new PublishedService(root, service);
    }

    /// <summary>Returns a value of /proc/PID/status, in MB.</summary>
    public double Memory(string figure) => _service.Run.Memory(figure) / 1024.0;

    public async Task RunAsync(string videoKey, double position, string outputName)
    {
        var request = new JobRequest { VideoKey = videoKey, Position = position, OutputName = outputName };
        (await Client.CreateJobAsync(request, wait: TimeSpan.FromSeconds(25))).EnsureSucceeded();
    }

    public void Dispose()
    {
        _service.Dispose();
        _root.Dispose();
    }
}
