using Microsoft.AspNetCore.Mvc;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>The query of a presigned URL.</summary>
internal readonly record struct Signed
{
    [FromQuery(Name = "length")]
    public long? Length { get; init; }

    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    [FromQuery(Name = "upload")]
    public string? Upload { get; init; }

    [FromQuery(Name = "part")]
    public int? Part { get; init; }

    [FromQuery(Name = "offset")]
    public long? Offset { get; init; }

    [FromQuery(Name = "expires")]
    public long? Expires { get; init; }

    [FromQuery(Name = "signature")]
    public string? Signature { get; init; }

    public SignedPart? PartOrNull() => Upload is null ? null : new SignedPart(Upload, Part ?? 0, Offset ?? 0);
}
