using System.Text;

namespace Thumbnails.Core.Storage;

/// <summary>The files below a folder, in the order in which S3 lists keys: by their UTF-8 bytes, slashes included.</summary>
internal static class FileObjectListing
{
    public static IEnumerable<(string Key, FileInfo File)> Of(DirectoryInfo root, string prefix, string? after) =>
        Below(root, "", prefix, after);

    private static IEnumerable<(string Key, FileInfo File)> Below(DirectoryInfo folder, string path, string prefix, string? after) =>
        folder.EnumerateFileSystemInfos()
            .Where(entry => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            .Select(entry => (Key: path + entry.Name + (entry is DirectoryInfo ? "/" : ""), Entry: entry))
            .Where(item => item.Entry is DirectoryInfo ? MayHold(item.Key, prefix, after) : Holds(item.Key, prefix, after))
            .OrderBy(item => item.Key, Utf8Order.Instance)
            .SelectMany(item => item.Entry is DirectoryInfo child
                ? Below(child, item.Key, prefix, after)
                : [(item.Key, (FileInfo)item.Entry)]);

    private static bool Holds(string key, string prefix, string? after) =>
        key.StartsWith(prefix, StringComparison.Ordinal) && (after is null || Utf8Order.Instance.Compare(key, after) > 0);

    private static bool MayHold(string folder, string prefix, string? after) =>
        (folder.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(folder, StringComparison.Ordinal))
        && (after is null || after.StartsWith(folder, StringComparison.Ordinal) || Utf8Order.Instance.Compare(folder, after) > 0);

    private sealed class Utf8Order : IComparer<string>
    {
        public static readonly Utf8Order Instance = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}
