using static Thumbnails.Core.Storage.FileErrorTranslator;

namespace Thumbnails.Core.Storage;

/// <summary>
/// A file with a temporary name until it is moved into place. Its writer keeps it open, and .NET holds a shared lock on a file
/// that is open for writing, so a temporary file that can be locked exclusively has lost its writer.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const int CopyBuffer = 64 * 1024;
    private const int CreateAttempts = 3, PlaceAttempts = 20;

    // For network file systems, where .NET does not use shared locks.
    private static readonly TimeSpan AbandonedAge = TimeSpan.FromHours(1);

    private readonly string _path;
    private readonly FileStream _file;

    private TemporaryFile(string path, FileStream file) => (_path, _file) = (path, file);

    public static TemporaryFile Create(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            try
            {
                var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
                if (File.Exists(path))
                    return new TemporaryFile(path, file);
                file.Dispose();
            }
            catch (IOException) when (attempt < CreateAttempts)
            {
                // RemoveAbandoned in another process locked the file first.
            }
        }
    }

    /// <summary>Removes the files whose writers no longer run.</summary>
    public static void RemoveAbandoned(string folder)
    {
        using var probe = Create(folder);
        var locksWork = !CanLock(probe._path);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if ((locksWork || DateTime.UtcNow - file.LastWriteTimeUtc > AbandonedAge) && CanLock(file.FullName))
                file.Delete();
        }
    }

    /// <summary>Writes all of a stream. Exceptions of the stream itself are not translated.</summary>
    /// <exception cref="StorageException">The file cannot be written.</exception>
    public async Task WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBuffer];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            Run("An object cannot be written", () => _file.Write(buffer, 0, count));
    }

    public void Write(ReadOnlySpan<byte> content) => _file.Write(content);

    public void SetMode(UnixFileMode mode) => File.SetUnixFileMode(_file.SafeFileHandle, mode);

    public void SetWriter(string writer) => WriterAttribute.Set(_path, writer);

    /// <summary>Copies the content into another file.</summary>
    public void CopyTo(FileStream target)
    {
        _file.Position = 0;
        _file.CopyTo(target, CopyBuffer);
    }

    /// <summary>Moves the file to its name atomically, creating folders as needed.</summary>
    /// <returns>False when <paramref name="condition"/> was not met.</returns>
    public bool PutInPlace(string path, PutCondition condition)
    {
        _file.Flush(flushToDisk: true);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (condition == PutCondition.IfAbsent)
                    return HardLink.TryCreate(_path, path);
                File.Move(_path, path, overwrite: true);
                return true;
            }
            catch (IOException) when (attempt < PlaceAttempts && File.Exists(_path))
            {
                // The folder may have been removed with its last object just before.
            }
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An exception here would hide the original one.
        }
    }

    private static bool CanLock(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
