using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Thumbnails.Core.Storage;

/// <summary>Objects that hold JSON.</summary>
public static class JsonObjects
{
    /// <summary>Reads an object; returns null when it does not exist.</summary>
    /// <exception cref="StorageException">The store failed.</exception>
    /// <exception cref="DamagedRecordException">The object is not a valid record of the type.</exception>
    public static async Task<T?> GetJsonAsync<T>(
        this IObjectStore store, ObjectKey key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        await using var content = await store.GetAsync(key, cancellationToken);
        if (content is null)
            return null;
        try
        {
            return await JsonSerializer.DeserializeAsync(content, type, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new DamagedRecordException(key, exception);
        }
    }

    /// <summary>Stores an object; returns false when <paramref name="condition"/> was not met.</summary>
    public static async Task<bool> PutJsonAsync<T>(
        this IObjectStore store, ObjectKey key, T value, JsonTypeInfo<T> type, PutCondition condition, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type), writable: false);
        return await store.PutAsync(key, content, MediaTypeNames.Application.Json, condition, cancellationToken);
    }
}

/// <summary>A stored record is damaged or was written by a newer version. Other jobs are not affected.</summary>
/// <param name="key">The record.</param>
/// <param name="inner">The reason.</param>
public sealed class DamagedRecordException(ObjectKey key, JsonException inner) : Exception($"The record {key} cannot be read.", inner);
