using System.Runtime.InteropServices;
using System.Text;

namespace Thumbnails.Core.Storage;

/// <summary>
/// The extended attribute with the name of an object's writer. It belongs to the file, so it appears together with the content.
/// See xattr(7).
/// </summary>
internal static partial class WriterAttribute
{
    private const string Name = "user.thumbnails.writer";
    private const int MaxBytes = 256;
    private const int NotSupportedOnLinux = 95, NotSupportedOnMacOS = 45;

    /// <summary>Sets the attribute; does nothing when the file system has no extended attributes.</summary>
    public static void Set(string path, string writer)
    {
        var value = Encoding.ASCII.GetBytes(writer);
        if (SetAttribute(path, Name, value, value.Length, 0, 0) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (NotSupportedOnLinux or NotSupportedOnMacOS))
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    /// <summary>Returns the attribute; null when the file does not have it.</summary>
    public static string? Get(string path)
    {
        var value = new byte[MaxBytes];
        var length = GetAttribute(path, Name, value, value.Length, 0, 0);
        return length < 0 ? null : Encoding.ASCII.GetString(value, 0, (int)length);
    }

    // The last one or two arguments exist on macOS only. Linux ignores them.
    [LibraryImport("libc", EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetAttribute(string path, string name, byte[] value, nint length, uint flagsOrPosition, int options);

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetAttribute(string path, string name, byte[] value, nint length, uint position, int options);
}
