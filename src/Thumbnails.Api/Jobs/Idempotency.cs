using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>What an idempotency key stands for, as the store holds it.</summary>
/// <param name="JobId">The job that the first request with the key was given.</param>
/// <param name="BodySha256">The hash of its body.</param>
internal sealed record IdempotencyRecord(JobId JobId, string BodySha256);

/// <summary>Gives every request with the same key the same job id, however many come at once.</summary>
internal sealed class Idempotency(IObjectStore store)
{
    public const int MaxKeyLength = 255;

    // Without members that are null: a version that knows further members must find the same hash.
    private static readonly ApiJson Hashed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>The job id that the key stands for already; null when the key is new.</summary>
    /// <exception cref="ApiException">The key came with another body before.</exception>
    public async Task<JobId?> FindAsync(string key, CreateJobRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetJsonAsync(ObjectKeys.Idempotency(key), StoredJson.Default.IdempotencyRecord, cancellationToken);
        if (record is not null && record.BodySha256 != Hash(request))
            throw new ApiException(RequestErrorCode.IdempotencyKeyReused);
        return record?.JobId;
    }

    /// <summary>Makes the key stand for <paramref name="id"/>, unless another request was faster.</summary>
    /// <returns>The job id that the key stands for now.</returns>
    /// <exception cref="ApiException">The faster request had another body.</exception>
    public async Task<JobId> ReserveAsync(string key, CreateJobRequest request, JobId id, CancellationToken cancellationToken)
    {
        var record = new IdempotencyRecord(id, Hash(request));
        return await store.PutJsonAsync(
            ObjectKeys.Idempotency(key), record, StoredJson.Default.IdempotencyRecord, PutCondition.IfAbsent, cancellationToken)
            ? id
            : await FindAsync(key, request, cancellationToken)
              ?? throw new ApiException(RequestErrorCode.IdempotencyInFlight);
    }

    // Of the request as it was understood: white space, the order of members and the spelling of numbers do not matter.
    internal static string Hash(CreateJobRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Hashed.CreateJobRequest)));
}
