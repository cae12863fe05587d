namespace Thumbnails.Api.Hosting;

internal static class KestrelSetup
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    // Requests are small; only a presigned upload may be larger, up to its signed length.
    public const long MaxBody = 256 * 1024;

    public static void ConfigureKestrel(this ConfigureWebHostBuilder host)
    {
        if (host.GetSetting(WebHostDefaults.ServerUrlsKey) is null && host.GetSetting(WebHostDefaults.HttpPortsKey) is null)
            host.UseUrls(DefaultUrl);
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(RejectedRequests.AddProblems);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
    }
}
