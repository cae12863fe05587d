using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// A file under a name that says nothing. ffmpeg takes hints from names (<c>x%03d.png</c> is a series of pictures to it), and
/// the name of an upload is the client's choice.
/// </summary>
internal sealed partial class NamelessFile : IDisposable
{
    // Linux: a handle that only stands for the file. Unlike others, it can be had of a named pipe without waiting for a writer.
    private const int PathOnly = 0x200000, CloseOnExec = 0x80000;

    private readonly SafeFileHandle? _handle;
    private string? _temporary;

    private NamelessFile(string path, SafeFileHandle? handle) => (Path, _handle) = (path, handle);

    /// <summary>Where other programs of the same user find the file while this is open; its own path where there is no /proc.</summary>
    public string Path { get; }

    public static NamelessFile Open(string path)
    {
        if (!OperatingSystem.IsLinux() || Open(path, PathOnly | CloseOnExec) is not (>= 0 and var descriptor))
            return new NamelessFile(path, null);
        return new NamelessFile($"/proc/{Environment.ProcessId}/fd/{descriptor}", new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>A new file that ends with this; where there is a /proc, even when this process is killed.</summary>
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
