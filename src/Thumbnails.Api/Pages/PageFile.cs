using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Thumbnails.Api.Pages;

/// <summary>A file of wwwroot, embedded in the program so that the executable can be copied alone.</summary>
internal sealed record PageFile(byte[] Content, string ContentType, EntityTagHeaderValue ETag)
{
    private static readonly ConcurrentDictionary<string, PageFile> Files = new();

    /// <param name="name">The path below wwwroot.</param>
    /// <returns>Null when the file does not exist.</returns>
    public static PageFile? Find(string name)
    {
        if (Files.TryGetValue(name, out var known))
            return known;
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream($"wwwroot/{name}");
        return resource is null ? null : Files.GetOrAdd(name, Read(name, resource));
    }

    private static PageFile Read(string name, Stream resource)
    {
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var eTag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"";
        return new PageFile(content, ContentTypeOf(name), new EntityTagHeaderValue(eTag));
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".mp4" => "video/mp4",
        ".svg" => "image/svg+xml",
        _ => "image/x-icon",
    };
}
