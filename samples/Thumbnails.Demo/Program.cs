// The whole job through the public HTTP API, as any client would do it: `make demo` runs this.
using Thumbnails.Demo;

if (args is not [var api, var worker, var folder])
{
    await Console.Error.WriteLineAsync("usage: Thumbnails.Demo API WORKER FOLDER   (VIDEO, POSITION and OUTPUT from the environment)");
    return 2;
}

var position = Variable("POSITION") ?? "00:08";
var output = Variable("OUTPUT") ?? "thumbnail.png";
Directory.CreateDirectory(folder);
var video = Variable("VIDEO") ?? await SampleClip.CreateAsync(Path.Combine(folder, "clip.mp4"));
if (!File.Exists(video))
{
    await Console.Error.WriteLineAsync($"There is no file {video}.");
    return 1;
}

await using var service = await LocalService.StartAsync(api, worker);
Show("service", service.Address.ToString());
using var client = new ThumbnailsClient(service.Address);

try
{
    return await RunAsync();
}
catch (HttpRequestException refusal)
{
    await Console.Error.WriteLineAsync($"The service did not do it: {refusal.Message}");
    return 1;
}

async Task<int> RunAsync()
{
    var upload = await client.CreateUploadAsync(video);
    Show("POST /uploads", upload.VideoKey);
    await client.PutAsync(upload, video);
    Show("PUT", $"{new FileInfo(video).Length:N0} bytes");

    var job = await client.RunAsync(upload.VideoKey, position, output);
    Show("POST /jobs", $"{job.Status} {job.Error}");
    if (job.Status != "succeeded")
        return 1;

    var frame = job.Frames[0];
    var picture = Path.GetFullPath(Path.Combine(folder, output));
    await client.DownloadAsync(frame.Url!, picture);
    Show("picture", $"{picture}   ({frame.Width}x{frame.Height}, the frame at {frame.Position} s)");
    return 0;
}

static void Show(string what, string text) => Console.WriteLine($"{what,-14} {text}");

static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
