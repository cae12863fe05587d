using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Thumbnails.Core.Storage.S3;

/// <content>Uploads in parts. Also needs <c>s3:AbortMultipartUpload</c> and <c>s3:ListMultipartUploadParts</c>.</content>
public sealed partial class S3ObjectStore : IMultipartStore
{
    /// <inheritdoc/>
    public Task<string> BeginAsync(MultipartUpload upload, CancellationToken cancellationToken) => _guard.RunAsync(
        async () =>
        {
            var request = new InitiateMultipartUploadRequest { BucketName = bucket, Key = upload.Key.ToString(), ContentType = upload.ContentType };
            return (await client.InitiateMultipartUploadAsync(request, cancellationToken)).UploadId;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignPartAsync(
        MultipartUpload upload, string id, int number, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = new GetPreSignedUrlRequest
        {
            Verb = HttpVerb.PUT,
            Key = upload.Key.ToString(),
            UploadId = id,
            PartNumber = number,
            Headers = { ContentLength = upload.LengthOf(number) },
        };
        return SignAsync(request, lifetime, [], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UploadedPart>?> ListPartsAsync(MultipartUpload upload, string id, CancellationToken cancellationToken) =>
        _guard.RunAsync<IReadOnlyList<UploadedPart>?>(
            async () =>
            {
                var parts = new List<UploadedPart>();
                ListPartsResponse page;
                do
                {
                    var request = new ListPartsRequest
                    {
                        BucketName = bucket,
                        Key = upload.Key.ToString(),
                        UploadId = id,
                        PartNumberMarker = parts.LastOrDefault()?.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    };
                    try
                    {
                        page = await client.ListPartsAsync(request, cancellationToken);
                    }
                    catch (AmazonS3Exception exception) when (IsMissing(exception))
                    {
                        return null;
                    }

                    parts.AddRange((page.Parts ?? []).Select(part => new UploadedPart(part.PartNumber ?? 0, part.ETag.Trim('"'))));
                }
                while (page.IsTruncated == true);
                return parts;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<MultipartOutcome> CompleteAsync(
        MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken) => _guard.RunAsync(
        async () =>
        {
            if (await ListPartsAsync(upload, id, cancellationToken) is not { } present)
                return await OutcomeOfMissingAsync(upload, cancellationToken);
            if (present.Count != upload.Parts || !present.SequenceEqual(parts))
                return MultipartOutcome.WrongParts;
            // S3 ensures this atomically, but Ceph's gateway ignores the condition on this request.
            if (await HeadOrNullAsync(upload.Key, cancellationToken) is not null)
                return MultipartOutcome.ObjectExists;
            var request = new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = upload.Key.ToString(),
                UploadId = id,
                IfNoneMatch = "*",
                PartETags = [.. parts.Select(part => new PartETag(part.Number, part.ETag))],
            };
            try
            {
                await client.CompleteMultipartUploadAsync(request, cancellationToken);
                return MultipartOutcome.Completed;
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return MultipartOutcome.ObjectExists;
            }
            catch (AmazonS3Exception exception) when (IsMissing(exception))
            {
                return await OutcomeOfMissingAsync(upload, cancellationToken);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AbortAsync(MultipartUpload upload, string id, CancellationToken cancellationToken) => _guard.RunAsync(
        async () =>
        {
            try
            {
                await client.AbortMultipartUploadAsync(bucket, upload.Key.ToString(), id, cancellationToken);
            }
            catch (AmazonS3Exception exception) when (IsMissing(exception))
            {
                // Already aborted.
            }

            return true;
        },
        cancellationToken);

    // Already completed, with the response lost, or aborted.
    private async Task<MultipartOutcome> OutcomeOfMissingAsync(MultipartUpload upload, CancellationToken cancellationToken) =>
        await HeadOrNullAsync(upload.Key, cancellationToken) is { } head && head.ContentLength == upload.Length
            ? MultipartOutcome.Completed
            : MultipartOutcome.NoSuchUpload;
}
