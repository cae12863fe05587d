using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Storage;

/// <summary>Translates what can go wrong while an object is stored into the job's error.</summary>
internal static class StoreErrors
{
    /// <param name="put">Stores the object. Returns false if it exists and must not be replaced.</param>
    /// <param name="exists">The text for users when it exists.</param>
    /// <param name="failed">The text for users when it cannot be stored.</param>
    /// <exception cref="JobFailedException">The object cannot be stored.</exception>
    public static async Task TranslateAsync(Func<Task<bool>> put, string exists, string failed)
    {
        try
        {
            if (!await put())
                throw new JobFailedException(JobErrorCode.OutputExists, exists);
        }
        catch (KeyConflictException exception)
        {
            throw new JobFailedException(JobErrorCode.OutputExists, exception.Message);
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(JobErrorCode.UploadFailed, failed, exception.ToString());
        }
    }
}
