using System.Text.Json.Serialization;

namespace Thumbnails.Worker.Media;

internal sealed record ProbeOutput
{
    public IReadOnlyList<ProbeStream> Streams { get; init; } = [];

    /// <summary>The first few packets, of any stream.</summary>
    public IReadOnlyList<ProbePacket> Packets { get; init; } = [];

    public ProbeFormat? Format { get; init; }

    public ProbeProgram? ProgramVersion { get; init; }
}

internal sealed record ProbeProgram
{
    public string? Version { get; init; }
}

internal sealed record ProbeFormat
{
    public string? FormatName { get; init; }

    public string? StartTime { get; init; }

    public string? Duration { get; init; }
}

internal sealed record ProbeStream
{
    public int Index { get; init; }

    public string? CodecType { get; init; }

    public string? CodecName { get; init; }

    public string? CodecTagString { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    /// <summary>The number of frames that reordering delays a frame by.</summary>
    public int HasBFrames { get; init; }

    public string? SampleAspectRatio { get; init; }

    public string? AvgFrameRate { get; init; }

    public string? RFrameRate { get; init; }

    public string? FieldOrder { get; init; }

    public string? PixFmt { get; init; }

    public string? ColorRange { get; init; }

    public string? ColorSpace { get; init; }

    public string? ColorTransfer { get; init; }

    public string? ColorPrimaries { get; init; }

    public string? StartTime { get; init; }

    public string? Duration { get; init; }

    public string? NbFrames { get; init; }

    public ProbeDisposition? Disposition { get; init; }

    public ProbeTags? Tags { get; init; }

    [JsonPropertyName("side_data_list")]
    public IReadOnlyList<ProbeSideData>? SideData { get; init; }
}

internal sealed record ProbePacket
{
    public int StreamIndex { get; init; }

    public string? Flags { get; init; }

    public string? PtsTime { get; init; }

    public string? DtsTime { get; init; }

    [JsonPropertyName("side_data_list")]
    public IReadOnlyList<ProbeSideData>? SideData { get; init; }
}

internal sealed record ProbeDisposition
{
    public int Default { get; init; }

    public int AttachedPic { get; init; }

    public int TimedThumbnails { get; init; }
}

internal sealed record ProbeTags
{
    public string? AlphaMode { get; init; }

    /// <summary>The key id of an encrypted stream in Matroska.</summary>
    public string? EncKeyId { get; init; }
}

internal sealed record ProbeSideData
{
    public string? SideDataType { get; init; }

    /// <summary>The rotation in the display matrix: counterclockwise, in degrees, without mirroring.</summary>
    public double? Rotation { get; init; }

    public int? DvProfile { get; init; }

    public int? DvBlSignalCompatibilityId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeOutput))]
internal sealed partial class ProbeJson : JsonSerializerContext;
