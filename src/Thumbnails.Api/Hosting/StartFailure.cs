using Amazon.Lambda.RuntimeSupport;

namespace Thumbnails.Api.Hosting;

/// <summary>Tells why the program cannot start: whoever started it and, where that is Lambda, its Runtime API.</summary>
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
        // Lambda is on this machine; a proxy for the rest of the world does not know it.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await new RuntimeApiClient(client).ReportInitializationErrorAsync(exception);
    }
}
