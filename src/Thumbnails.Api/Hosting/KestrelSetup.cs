using Microsoft.AspNetCore.Connections;

namespace Thumbnails.Api.Hosting;

internal static class KestrelSetup
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    // Requests are small; only a presigned upload may be larger, up to its signed length.
    public const long MaxBody = 256 * 1024;

    public static void ConfigureKestrel(this WebApplicationBuilder builder)
    {
        var host = builder.WebHost;
        if (host.GetSetting(WebHostDefaults.ServerUrlsKey) is null && host.GetSetting(WebHostDefaults.HttpPortsKey) is null)
            host.UseUrls(DefaultUrl);
        // The last one that is registered is used.
        builder.Services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(RejectedRequests.AddProblems);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
    }
}
