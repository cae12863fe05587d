using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// A file under a neutral name. ffmpeg interprets names (<c>x%03d.png</c> is a sequence of pictures), and clients choose the names
/// of their uploads.
/// </summary>
internal sealed partial class NamelessFile : IDisposable
{
    // O_PATH of open(2): unlike an ordinary open, it does not wait for the writer of a named pipe.
    private const int PathOnly = 0x200000, CloseOnExec = 0x80000;

    private readonly SafeFileHandle? _handle;
    private string? _temporary;

    private NamelessFile(string path, SafeFileHandle? handle) => (Path, _handle) = (path, handle);

    /// <summary>The path at which other processes of the same user can open the file until this is disposed. Without /proc, the original path.</summary>
    public string Path { get; }

    public static NamelessFile Open(string path)
    {
        if (!OperatingSystem.IsLinux() || Open(path, PathOnly | CloseOnExec) is not (>= 0 and var descriptor))
            return new NamelessFile(path, null);
        return new NamelessFile($"/proc/{Environment.ProcessId}/fd/{descriptor}", new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Creates a file that is deleted on disposal and, where /proc exists, also when this process is killed.</summary>
    public static NamelessFile CreateTemporary()
    {
        var path = System.IO.Path.GetTempFileName();
        var file = Open(path);
        if (file._handle is not null)
            File.Delete(path);
        file._temporary = path;
        return file;
    }

    public void Dispose()
    {
        _handle?.Dispose();
        if (_handle is null && _temporary is not null)
            File.Delete(_temporary);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
