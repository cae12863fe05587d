using System.Runtime.InteropServices;

namespace Thumbnails.Core.Storage;

/// <summary>
/// The file operation that .NET lacks: give a file a second name, and fail if the name exists. File.Move without overwriting
/// checks first and renames afterwards, so two processes can both succeed.
/// </summary>
internal static partial class HardLink
{
    private const int NoSuchFile = 2, FileExists = 17;

    /// <summary>Links a file; returns false when <paramref name="path"/> exists.</summary>
    /// <exception cref="DirectoryNotFoundException">The file, or the folder of the path, does not exist.</exception>
    public static bool TryCreate(string existing, string path)
    {
        if (Link(existing, path) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            FileExists => false,
            NoSuchFile => throw new DirectoryNotFoundException(Marshal.GetPInvokeErrorMessage(error)),
            _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error)),
        };
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);
}
