using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Thumbnails.Client;

/// <summary>A client of the Thumbnails service. Thread-safe; create one and reuse it.</summary>
public sealed class ThumbnailsClient : IDisposable
{
    // The longest time that the service delays a response.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    private readonly HttpClient _http;
    private readonly ApiConnection _api;
    private readonly bool _ownsHttp;

    /// <param name="address">The service's URL, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="options">The credentials, and how often to retry.</param>
    public ThumbnailsClient(Uri address, ThumbnailsClientOptions? options = null)
        : this(new HttpClient { BaseAddress = WithSlash(address), Timeout = Timeout.InfiniteTimeSpan }, options) => _ownsHttp = true;

    /// <param name="http">The HTTP client, with the service's URL as its base address and without a timeout. The caller disposes of it.</param>
    /// <param name="options">The credentials, and how often to retry.</param>
    public ThumbnailsClient(HttpClient http, ThumbnailsClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _api = new ApiConnection(http, options ?? new ThumbnailsClientOptions());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsHttp)
            _http.Dispose();
    }

    /// <summary>Uploads a video file; a large one in parts, several at a time.</summary>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public Task<UploadedVideo> UploadAsync(string path, UploadOptions? options = null, CancellationToken cancellationToken = default) =>
        new Uploader(_api, new FileSource(path), options ?? new UploadOptions()).RunAsync(cancellationToken);

    /// <summary>Uploads a video from a stream that can seek; a large one in parts, one after the other.</summary>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public Task<UploadedVideo> UploadAsync(
        Stream video, string fileName, UploadOptions? options = null, CancellationToken cancellationToken = default) =>
        new Uploader(_api, new StreamSource(video, fileName), options ?? new UploadOptions()).RunAsync(cancellationToken);

    /// <summary>Creates presigned URLs, for callers that send the video themselves.</summary>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public Task<UploadTicket> CreateUploadAsync(UploadRequest request, CancellationToken cancellationToken = default) =>
        Uploader.CreateAsync(_api, request, cancellationToken);

    /// <summary>Creates a job.</summary>
    /// <param name="request">The job.</param>
    /// <param name="idempotencyKey">Makes the call safe to repeat later: the same key returns the same job. Null creates a key for this call.</param>
    /// <param name="wait">How long the service may wait for the job to end before it responds, at most 25 seconds.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public Task<Job> CreateJobAsync(
        JobRequest request, string? idempotencyKey = null, TimeSpan? wait = null, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            new ApiRequest(HttpMethod.Post, "jobs")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.JobRequest),
                IdempotencyKey = idempotencyKey ?? Guid.NewGuid().ToString("N"),
                Wait = wait,
            },
            ClientJson.Default.Job,
            cancellationToken);

    /// <summary>Gets a job.</summary>
    /// <exception cref="ThumbnailsException">The job does not exist.</exception>
    public Task<Job> GetJobAsync(string id, CancellationToken cancellationToken = default) => GetJobAsync(id, null, cancellationToken);

    /// <summary>Waits until a job has ended, however long that takes.</summary>
    /// <returns>The job, which may have failed: see <see cref="Job.EnsureSucceeded"/>.</returns>
    /// <exception cref="ThumbnailsException">The job does not exist.</exception>
    public async Task<Job> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        Job job;
        do
            job = await GetJobAsync(id, LongestWait, cancellationToken).ConfigureAwait(false);
        while (!job.Status.IsFinal());
        return job;
    }

    /// <summary>Cancels a job.</summary>
    /// <exception cref="ThumbnailsException">The job does not exist, or has ended.</exception>
    public Task<Job> CancelJobAsync(string id, CancellationToken cancellationToken = default) =>
        _api.SendAsync(new ApiRequest(HttpMethod.Delete, PathOf(id)) { IsRepeatable = false }, ClientJson.Default.Job, cancellationToken);

    /// <summary>Sends the webhook of a job that has ended once more.</summary>
    /// <returns>The job; its <see cref="Job.Webhook"/> reports the delivery.</returns>
    /// <exception cref="ThumbnailsException">The job does not exist, has no callback URL, or has not ended.</exception>
    public Task<Job> RedeliverWebhookAsync(string id, CancellationToken cancellationToken = default) =>
        _api.SendAsync(
            new ApiRequest(HttpMethod.Post, $"{PathOf(id)}/webhook/redeliver") { IsRepeatable = false }, ClientJson.Default.Job, cancellationToken);

    /// <summary>Gets a page of jobs, newest first.</summary>
    /// <param name="status">Only jobs of this status; null for all.</param>
    /// <param name="limit">The maximum number of jobs; null for the service's default.</param>
    /// <param name="cursor">The page's cursor; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<JobPage> GetJobsAsync(
        JobStatus? status = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default)
    {
        var query = new List<string>();
        if (status is { } wanted)
            query.Add($"status={JsonNamingPolicy.SnakeCaseLower.ConvertName(wanted.ToString())}");
        if (limit is { } most)
            query.Add($"limit={most}");
        if (cursor is not null)
            query.Add($"cursor={Uri.EscapeDataString(cursor)}");
        return _api.SendAsync(new ApiRequest(HttpMethod.Get, $"jobs?{string.Join('&', query)}"), ClientJson.Default.JobPage, cancellationToken);
    }

    /// <summary>Lists all jobs, newest first, page by page.</summary>
    public async IAsyncEnumerable<Job> ListJobsAsync(
        JobStatus? status = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        do
        {
            var page = await GetJobsAsync(status, null, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
                yield return job;
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>Gets a picture of a job, as a stream to dispose of.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="outputName">The name of a frame, of the preview, or of a sheet of the storyboard (<c>name/0.jpg</c>).</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ThumbnailsException">The job does not exist.</exception>
    /// <exception cref="InvalidOperationException">The job has no such picture.</exception>
    public async Task<Stream> GetThumbnailAsync(string jobId, string outputName, CancellationToken cancellationToken = default)
    {
        var job = await GetJobAsync(jobId, cancellationToken).ConfigureAwait(false);
        if (job.Frames.FirstOrDefault(frame => frame.OutputName == outputName) is { } frame)
            return await GetThumbnailAsync(frame, cancellationToken).ConfigureAwait(false);
        if (job.Preview is { } preview && preview.OutputName == outputName)
            return await GetThumbnailAsync(preview, cancellationToken).ConfigureAwait(false);
        var sheet = job.Storyboard?.Sheets.FirstOrDefault(sheet => sheet.Key == $"thumbnails/{outputName}")
            ?? throw new InvalidOperationException($"The job {jobId} has no picture {outputName}.");
        return await GetThumbnailAsync(sheet, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gets a picture from its presigned URL, as a stream to dispose of.</summary>
    /// <exception cref="ThumbnailsException">The URL has expired.</exception>
    /// <exception cref="InvalidOperationException">The picture was not made.</exception>
    public Task<Stream> GetThumbnailAsync(Frame frame, CancellationToken cancellationToken = default) =>
        DownloadAsync(frame.Url ?? throw NotMade(frame.OutputName, frame.Error), cancellationToken);

    /// <summary>Gets a preview from its presigned URL, as a stream to dispose of.</summary>
    /// <exception cref="ThumbnailsException">The URL has expired.</exception>
    /// <exception cref="InvalidOperationException">The preview was not made.</exception>
    public Task<Stream> GetThumbnailAsync(Preview preview, CancellationToken cancellationToken = default) =>
        DownloadAsync(preview.Url ?? throw NotMade(preview.OutputName, preview.Error), cancellationToken);

    /// <summary>Gets a sheet of a storyboard from its presigned URL, as a stream to dispose of.</summary>
    /// <exception cref="ThumbnailsException">The URL has expired.</exception>
    public Task<Stream> GetThumbnailAsync(Sheet sheet, CancellationToken cancellationToken = default) => DownloadAsync(sheet.Url, cancellationToken);

    private static InvalidOperationException NotMade(string name, JobError? error) =>
        new($"The picture {name} was not made: {error?.Message ?? "the job has not made it yet."}");

    private Task<Stream> DownloadAsync(Uri url, CancellationToken cancellationToken) =>
        Retry.RunAsync(_api.Options, _ => OpenAsync(url, cancellationToken), cancellationToken);

    private async Task<Stream> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        var response = await _api.SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<Job> GetJobAsync(string id, TimeSpan? wait, CancellationToken cancellationToken) =>
        _api.SendAsync(new ApiRequest(HttpMethod.Get, PathOf(id)) { Wait = wait }, ClientJson.Default.Job, cancellationToken);

    private static string PathOf(string id) => $"jobs/{Uri.EscapeDataString(id)}";

    // Without the slash, a request's path would replace the last segment of the URL.
    private static Uri WithSlash(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = $"{address.AbsolutePath}/" }.Uri;
}
