namespace Thumbnails.Client;

internal static class MediaTypes
{
    /// <summary>Returns the media type for a file name.</summary>
    public static string Of(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".MP4" or ".M4V" => "video/mp4",
        ".MOV" => "video/quicktime",
        ".WEBM" => "video/webm",
        ".MKV" => "video/x-matroska",
        ".AVI" => "video/x-msvideo",
        ".TS" or ".MTS" => "video/mp2t",
        _ => "application/octet-stream",
    };
}
