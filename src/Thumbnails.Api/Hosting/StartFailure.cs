using Amazon.Lambda.RuntimeSupport;

namespace Thumbnails.Api.Hosting;

/// <summary>Reports why the program cannot start, on stderr and to Lambda's Runtime API.</summary>
internal static class StartFailure
{
    private const int WrongSettings = 2, Other = 1;

    /// <returns>The program's exit code.</returns>
    public static async Task<int> TellAsync(Exception exception)
    {
        var isOfSettings = exception is SettingsException;
        await Console.Error.WriteLineAsync(isOfSettings ? exception.Message : exception.ToString());
        if (LambdaHosting.IsPresent)
            await ReportAsync(exception);
        return isOfSettings ? WrongSettings : Other;
    }

    private static async Task ReportAsync(Exception exception)
    {
        // The Runtime API is on this machine, where a configured proxy cannot reach it.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await new RuntimeApiClient(client).ReportInitializationErrorAsync(exception);
    }
}
