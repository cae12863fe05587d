using System.Net.Http.Json;
using System.Text.Json;

namespace Thumbnails.Demo;

internal sealed record Upload(string VideoKey, string Method, Uri Url, Dictionary<string, string> Headers);

internal sealed record JobError(string Code, string Message);

internal sealed record Frame(double? Position, int? Width, int? Height, Uri? Url);

internal sealed record Job(string Id, string Status, IReadOnlyList<Frame> Frames, JobError? Error);

/// <summary>The four requests that a client needs.</summary>
internal sealed class ThumbnailsClient(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    public async Task<Upload> CreateUploadAsync(string path)
    {
        var file = new FileInfo(path);
        using var answer = await _http.PostAsJsonAsync("uploads", new { fileName = file.Name, contentType = "application/octet-stream", sizeBytes = file.Length });
        return await ReadAsync<Upload>(answer);
    }

    public async Task PutAsync(Upload upload, string path)
    {
        await using var file = File.OpenRead(path);
        using var request = new HttpRequestMessage(new HttpMethod(upload.Method), upload.Url) { Content = new StreamContent(file) };
        foreach (var (name, value) in upload.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Starts a job and waits for its end, however long that takes.</summary>
    public async Task<Job> RunAsync(string videoKey, string position, string outputName)
    {
        using var start = new HttpRequestMessage(HttpMethod.Post, "jobs") { Content = JsonContent.Create(new { videoKey, position, outputName }) };
        var job = await SendAndWaitAsync(start);
        while (job.Status is not ("succeeded" or "failed" or "canceled"))
        {
            using var get = new HttpRequestMessage(HttpMethod.Get, $"jobs/{job.Id}");
            job = await SendAndWaitAsync(get);
        }

        return job;
    }

    public async Task DownloadAsync(Uri url, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var content = await _http.GetStreamAsync(url);
        await using var file = File.Create(path);
        await content.CopyToAsync(file);
    }

    private async Task<Job> SendAndWaitAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Prefer", "wait=25");
        using var answer = await _http.SendAsync(request);
        return await ReadAsync<Job>(answer);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode)
            return (await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web))!;
        throw new HttpRequestException(await answer.Content.ReadAsStringAsync());
    }
}
