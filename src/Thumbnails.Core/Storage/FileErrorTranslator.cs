namespace Thumbnails.Core.Storage;

/// <summary>Translates exceptions of file operations into <see cref="StorageException"/>.</summary>
internal static class FileErrorTranslator
{
    public static void Run(string failure, Action action) => Run(failure, () =>
    {
        action();
        return true;
    });

    /// <exception cref="StorageException">The operation failed; the message is <paramref name="failure"/>.</exception>
    public static T Run<T>(string failure, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(failure, exception);
        }
    }
}
