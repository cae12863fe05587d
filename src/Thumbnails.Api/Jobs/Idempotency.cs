using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>The stored record of an idempotency key.</summary>
/// <param name="JobId">The job of the first request with the key.</param>
/// <param name="BodySha256">The hash of its body.</param>
internal sealed record IdempotencyRecord(JobId JobId, string BodySha256);

/// <summary>Assigns the same job id to all requests with the same key, even concurrent ones.</summary>
internal sealed class Idempotency(IObjectStore store)
{
    public const int MaxKeyLength = 255;

    // Null members are omitted, so that a version with more members computes the same hash.
    private static readonly ApiJson Hashed = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull });

    /// <summary>Returns the job id of the key; null when the key is new.</summary>
    /// <exception cref="ApiException">The key was used with a different body.</exception>
    public async Task<JobId?> FindAsync(string key, CreateJobRequest request, CancellationToken cancellationToken)
    {
        var record = await store.GetJsonAsync(ObjectKeys.Idempotency(key), StoredJson.Default.IdempotencyRecord, cancellationToken);
        if (record is not null && record.BodySha256 != Hash(request))
            throw new ApiException(RequestErrorCode.IdempotencyKeyReused);
        return record?.JobId;
    }

    /// <summary>Assigns <paramref name="id"/> to the key, unless another request was faster.</summary>
    /// <returns>The job id of the key.</returns>
    /// <exception cref="ApiException">The faster request had a different body.</exception>
    public async Task<JobId> ReserveAsync(string key, CreateJobRequest request, JobId id, CancellationToken cancellationToken)
    {
        var record = new IdempotencyRecord(id, Hash(request));
        return await store.PutJsonAsync(
            ObjectKeys.Idempotency(key), record, StoredJson.Default.IdempotencyRecord, PutCondition.IfAbsent, cancellationToken)
            ? id
            : await FindAsync(key, request, cancellationToken)
              ?? throw new ApiException(RequestErrorCode.IdempotencyInFlight);
    }

    // The hash of the parsed request: white space, member order and the notation of numbers do not matter.
    internal static string Hash(CreateJobRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, Hashed.CreateJobRequest)));
}
