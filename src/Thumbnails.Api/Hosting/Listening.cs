namespace Thumbnails.Api.Hosting;

internal static class Listening
{
    // Requests are small; only a signed upload may be larger, and says by how much.
    public const long MaxBody = 256 * 1024;

    public static void ConfigureListening(this ConfigureWebHostBuilder host)
    {
        if (host.GetSetting(WebHostDefaults.ServerUrlsKey) is null)
            host.UseUrls(Settings.DefaultUrl);
        host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
    }

    public static IServiceCollection AddJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.UnmappedMemberHandling = ApiJson.Default.Options.UnmappedMemberHandling;
            options.SerializerOptions.AllowDuplicateProperties = ApiJson.Default.Options.AllowDuplicateProperties;
            options.SerializerOptions.NumberHandling = ApiJson.Default.Options.NumberHandling;
        });
}
