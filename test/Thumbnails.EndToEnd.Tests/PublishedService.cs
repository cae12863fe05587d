using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published service, reached only through its HTTP API.</summary>
internal static class PublishedService
{
    public static Task<Service> StartAsync(string root, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["Storage__Root"] = root };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return StartAsync(environment);
    }

    public static Task<Service> StartAsync(IReadOnlyDictionary<string, string> environment) =>
        Service.StartAsync(Published.Api, environment, new ContractHandler(new SocketsHttpHandler()));

    /// <returns>The key of the video.</returns>
    public static async Task<string> UploadAsync(this Service service, string path) => (await service.Client.UploadAsync(path)).VideoKey;

    /// <summary>Creates a job and waits for its end, up to the limit of one request.</summary>
    public static Task<Job> RunAsync(this Service service, JobRequest request) => service.Client.CreateJobAsync(request, wait: TimeSpan.FromSeconds(25));

    /// <summary>Returns the number shown in a picture of a numbered clip.</summary>
    public static async Task<int> NumberAsync(this Service service, Frame frame)
    {
        await using var picture = await service.Client.GetThumbnailAsync(frame);
        using var copy = new MemoryStream();
        await picture.CopyToAsync(copy);
        copy.Position = 0;
        return NumberedClip.Read(copy);
    }
}
