namespace Thumbnails.Core.Storage;

/// <summary>
/// Repeats reads whose response was interrupted. HTTP clients, including the AWS SDK, retry requests but not the reading of a
/// response.
/// </summary>
public static class InterruptedRead
{
    private const int Attempts = 3;

    /// <summary>Reads, at most three times.</summary>
    /// <param name="read">Sends the request and reads the whole response.</param>
    /// <exception cref="IOException">The last response was interrupted too.</exception>
    /// <exception cref="HttpRequestException">The last response was interrupted too.</exception>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException && attempt < Attempts)
            {
                // No delay: the server is reachable, and only the connection was lost.
            }
        }
    }
}
