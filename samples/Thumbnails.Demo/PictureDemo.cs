using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.Demo;

/// <summary>
/// A complete job: starts the service on a free port, uploads a video, creates a job and downloads its picture.
/// </summary>
internal static class PictureDemo
{
    public static async Task<int> RunAsync(string api, string worker, string folder)
    {
        var position = Variable("POSITION") ?? "00:08";
        var output = Variable("OUTPUT") ?? "thumbnail.png";
        Directory.CreateDirectory(folder);
        if (Variable("VIDEO") is null)
            Show("ffmpeg", "making a clip of 20 seconds");
        var video = Variable("VIDEO") ?? await SampleClip.CreateAsync(Path.Combine(folder, "clip.mp4"));
        if (!File.Exists(video))
            return await FailAsync($"There is no file {video}.");

        var root = Directory.CreateTempSubdirectory("thumbnails-").FullName;
        try
        {
            using var service = await Service.StartAsync(api, new Dictionary<string, string> { ["Storage__Root"] = root, ["Runner__WorkerPath"] = worker });
            Show("service", service.Address.ToString());
            return await RunAsync(service.Client, video, position, output, folder);
        }
        catch (ThumbnailsException problem)
        {
            return await FailAsync($"The service refused the request ({problem.Code}): {problem.Message}");
        }
        catch (InvalidOperationException failure)
        {
            return await FailAsync(failure.Message);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<int> RunAsync(ThumbnailsClient client, string video, string position, string output, string folder)
    {
        var uploaded = await client.UploadAsync(video, new UploadOptions { Progress = new UploadBar() });
        Show("uploaded", $"{new FileInfo(video).Length:N0} bytes to {uploaded.VideoKey}");

        // Output names are relative; only the local path may be absolute.
        var outputName = Path.IsPathRooted(output) ? Path.GetFileName(output) : output;
        var withStoryboard = Variable("STORYBOARD") is not null;
        var job = await client.CreateJobAsync(new JobRequest
        {
            VideoKey = uploaded.VideoKey,
            Position = position,
            OutputName = outputName,
            Storyboard = withStoryboard ? new StoryboardRequest { Name = StoryboardPage.SheetFolder } : null,
            Preview = withStoryboard ? new PreviewRequest { OutputName = StoryboardPage.PreviewName, Segments = 3 } : null,
        });
        job = await client.WaitAsync(job.Id);
        Show("job", $"{job.Id} {job.Status}");
        job.EnsureSucceeded();

        var (frame, path) = (job.Frames[0], Path.GetFullPath(Path.Combine(folder, output)));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var picture = await client.GetThumbnailAsync(frame);
        await using var file = File.Create(path);
        await picture.CopyToAsync(file);
        Show("picture", $"{path}   ({frame.Width}x{frame.Height}, the frame at {frame.Position} s)");
        if (withStoryboard)
            Show("storyboard", $"{await StoryboardPage.WriteAsync(client, job, video, folder)}   ({job.Storyboard!.Tiles} tiles; open it in a browser)");
        return 0;
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }

    private static void Show(string what, string text) => Console.WriteLine($"{what,-10} {text}");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
