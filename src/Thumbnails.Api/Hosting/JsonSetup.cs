namespace Thumbnails.Api.Hosting;

internal static class JsonSetup
{
    public static IServiceCollection AddJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            options.SerializerOptions.UnmappedMemberHandling = ApiJson.Default.Options.UnmappedMemberHandling;
            options.SerializerOptions.AllowDuplicateProperties = ApiJson.Default.Options.AllowDuplicateProperties;
            options.SerializerOptions.NumberHandling = ApiJson.Default.Options.NumberHandling;
        });
}
