using System.IO.Enumeration;

namespace Thumbnails.Core.Storage;

/// <summary>
/// Lists the keys below a folder in S3's order: by their UTF-8 bytes, including slashes. Instead of sorting folders, one pass
/// over the names keeps the smallest ones that fit on a page.
/// </summary>
/// <param name="limit">The maximum number of keys on a page.</param>
internal sealed class FileObjectListing(int limit)
{
    private const int MaxNameLength = 255;

    // Symbolic links are not followed.
    private static readonly EnumerationOptions Options = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>Returns the keys, relative to the folder, that begin with <paramref name="prefix"/> and come after <paramref name="after"/>.</summary>
    public IEnumerable<string> Below(string folder, string prefix, string? after)
    {
        string? last = null;
        while (true)
        {
            var names = SmallestNames(folder, prefix, after, last);
            foreach (var name in names)
            {
                if (!name.EndsWith('/'))
                    yield return name;
                else
                    foreach (var key in Below(Path.Join(folder, name), RestOf(prefix, name) ?? "", RestOf(after, name)))
                        yield return name + key;
            }

            if (names.Length < limit)
                yield break;
            last = names[^1];
        }
    }

    /// <summary>Returns the first names in the folder after <paramref name="last"/>, in order; names of folders end with a slash.</summary>
    private string[] SmallestNames(string folder, string prefix, string? after, string? last)
    {
        var smallest = new PriorityQueue<string, string>(Utf8Order.Descending);
        try
        {
            foreach (var name in new FileSystemEnumerable<string>(folder, NameOf, Options) { ShouldIncludePredicate = IsWanted })
            {
                smallest.Enqueue(name, name);
                if (smallest.Count > limit)
                    smallest.Dequeue();
            }
        }
        catch (DirectoryNotFoundException)
        {
            // The folder was removed with its last object.
        }

        var names = new string[smallest.Count];
        for (var i = names.Length - 1; i >= 0; i--)
            names[i] = smallest.Dequeue();
        return names;

        bool IsWanted(ref FileSystemEntry entry)
        {
            Span<char> buffer = stackalloc char[MaxNameLength + 1];
            var name = WithSlash(entry.FileName, entry.IsDirectory, buffer);
            return (name.StartsWith(prefix) || (entry.IsDirectory && prefix.AsSpan().StartsWith(name)))
                && (after is null || Utf8Order.Compare(name, after) > 0 || (entry.IsDirectory && after.AsSpan().StartsWith(name)))
                && (last is null || Utf8Order.Compare(name, last) > 0)
                && (smallest.Count < limit || Utf8Order.Compare(name, smallest.Peek()) < 0);
        }
    }

    private static string NameOf(ref FileSystemEntry entry) => entry.IsDirectory ? $"{entry.FileName}/" : entry.FileName.ToString();

    private static ReadOnlySpan<char> WithSlash(ReadOnlySpan<char> name, bool isFolder, Span<char> buffer)
    {
        if (!isFolder)
            return name;
        name.CopyTo(buffer);
        buffer[name.Length] = '/';
        return buffer[..(name.Length + 1)];
    }

    private static string? RestOf(string? text, string folder) =>
        text?.StartsWith(folder, StringComparison.Ordinal) is true ? text[folder.Length..] : null;
}
