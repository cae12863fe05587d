using System.Collections.Concurrent;
using System.Text.Json;

namespace Thumbnails.Client;

/// <summary>Uploads one video.</summary>
internal sealed class Uploader(ApiConnection api, VideoSource source, UploadOptions options)
{
    private string? _uploadId;
    private long _sent;

    public static Task<UploadTicket> CreateAsync(ApiConnection api, UploadRequest request, CancellationToken cancellationToken) => api.SendAsync(
        new ApiRequest(HttpMethod.Post, "uploads")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(request, ClientJson.Default.UploadRequest),
            // A second request would create a second job.
            IsRepeatable = request.Job is null,
        },
        ClientJson.Default.UploadTicket,
        cancellationToken);

    public async Task<UploadedVideo> RunAsync(CancellationToken cancellationToken)
    {
        var ticket = await (options.UploadId is null ? BeginAsync(cancellationToken) : ResumeAsync(options.UploadId, cancellationToken)).ConfigureAwait(false);
        _uploadId = ticket.UploadId;
        Report(0);
        return await (ticket.Parts is null ? SendWholeAsync(ticket, cancellationToken) : SendPartsAsync(ticket, ticket.Parts, cancellationToken)).ConfigureAwait(false);
    }

    private Task<UploadTicket> BeginAsync(CancellationToken cancellationToken)
    {
        var request = new UploadRequest
        {
            FileName = source.Name,
            ContentType = options.ContentType ?? MediaTypes.Of(source.Name),
            SizeBytes = source.Length,
            Multipart = source.Length > options.PartsAboveBytes ? true : null,
            Job = options.Job,
        };
        return CreateAsync(api, request, cancellationToken);
    }

    private Task<UploadTicket> ResumeAsync(string uploadId, CancellationToken cancellationToken) => api.SendAsync(
        new ApiRequest(HttpMethod.Get, $"uploads/{Uri.EscapeDataString(uploadId)}"), ClientJson.Default.UploadTicket, cancellationToken);

    private async Task<UploadedVideo> SendWholeAsync(UploadTicket ticket, CancellationToken cancellationToken)
    {
        await Retry.RunAsync(
            api.Options,
            async attempt =>
            {
                try
                {
                    return await SendAsync(ticket, ticket.Url!, 0, source.Length, cancellationToken).ConfigureAwait(false);
                }
                catch (ThumbnailsException exists) when (attempt > 1 && exists.Status == 412)
                {
                    // Only this client has the URL, so an earlier attempt succeeded and its response was lost.
                    return null;
                }
            },
            cancellationToken).ConfigureAwait(false);
        return new UploadedVideo(ticket.VideoKey, ticket.JobId);
    }

    private async Task<UploadedVideo> SendPartsAsync(UploadTicket ticket, IReadOnlyList<UploadPart> parts, CancellationToken cancellationToken)
    {
        var size = ticket.PartSize!.Value;
        if ((source.Length + size - 1) / size != parts.Count)
            throw new ArgumentException($"{source.Name} is not the video whose upload this continues: its size differs.");
        var eTags = new ConcurrentDictionary<int, string>(parts.Where(part => part.ETag is not null).Select(part => KeyValuePair.Create(part.Number, part.ETag!)));
        var urls = new ConcurrentDictionary<int, Uri>(parts.Where(part => part.Url is not null).Select(part => KeyValuePair.Create(part.Number, part.Url!)));
        Report(eTags.Keys.Sum(number => LengthOf(number, size)));
        await Parallel.ForEachAsync(
            urls.Keys.Order(),
            new ParallelOptions { MaxDegreeOfParallelism = source.IsParallel ? options.ParallelParts : 1, CancellationToken = cancellationToken },
            async (number, token) => eTags[number] = await SendPartAsync(ticket, number, size, urls, token).ConfigureAwait(false)).ConfigureAwait(false);
        return await CompleteAsync(ticket, eTags, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> SendPartAsync(
        UploadTicket ticket, int number, long size, ConcurrentDictionary<int, Uri> urls, CancellationToken cancellationToken)
    {
        var eTag = await Retry.RunAsync(
            api.Options,
            async attempt =>
            {
                try
                {
                    return await SendAsync(ticket, urls[number], (number - 1) * size, LengthOf(number, size), cancellationToken).ConfigureAwait(false);
                }
                catch (ThumbnailsException expired) when (attempt == 1 && expired.Status == 403)
                {
                    foreach (var part in (await ResumeAsync(ticket.UploadId!, cancellationToken).ConfigureAwait(false)).Parts!.Where(part => part.Url is not null))
                        urls[part.Number] = part.Url!;
                    return await SendAsync(ticket, urls[number], (number - 1) * size, LengthOf(number, size), cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return eTag ?? throw new ThumbnailsException(200, new Problem(null, "The store returned no ETag.", null, null));
    }

    private async Task<UploadedVideo> CompleteAsync(UploadTicket ticket, IReadOnlyDictionary<int, string> eTags, CancellationToken cancellationToken)
    {
        var body = new CompleteUpload([.. eTags.OrderBy(part => part.Key).Select(part => new CompletedPart(part.Key, part.Value))]);
        var request = new ApiRequest(HttpMethod.Post, $"uploads/{Uri.EscapeDataString(ticket.UploadId!)}/complete")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(body, ClientJson.Default.CompleteUpload),
        };
        return await Retry.RunAsync(
            api.Options,
            async attempt =>
            {
                try
                {
                    var completed = await api.SendOnceAsync(request, ClientJson.Default.UploadedVideo, cancellationToken).ConfigureAwait(false);
                    return completed with { JobId = ticket.JobId };
                }
                catch (ThumbnailsException exists) when (attempt > 1 && exists.Code == "object_exists")
                {
                    return new UploadedVideo(ticket.VideoKey, ticket.JobId);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a piece of the video once; fails when it makes no progress.</summary>
    /// <returns>The ETag of the response.</returns>
    private async Task<string?> SendAsync(UploadTicket ticket, Uri url, long offset, long length, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stalled.CancelAfter(api.Options.Timeout);
        long sent = 0;
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(ticket.Method), url);
            request.Content = new VideoContent(source, offset, length, count =>
            {
                stalled.CancelAfter(api.Options.Timeout);
                sent += count;
                Report(count);
            });
            foreach (var (name, value) in ticket.Headers)
            {
                if (!request.Headers.TryAddWithoutValidation(name, value))
                    request.Content.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await api.SendOnceAsync(request, stalled.Token).ConfigureAwait(false);
            return response.Headers.ETag?.Tag.Trim('"');
        }
        catch (Exception exception)
        {
            Report(-sent);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new TimeoutException("The upload made no progress.", exception);
            throw;
        }
    }

    private long LengthOf(int number, long size) => Math.Min(size, source.Length - (number - 1) * size);

    private void Report(long count) =>
        options.Progress?.Report(new UploadProgress(Interlocked.Add(ref _sent, count), source.Length, _uploadId));
}
