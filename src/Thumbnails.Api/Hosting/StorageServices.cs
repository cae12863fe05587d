using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => new FileObjectStore(
            provider.GetRequiredService<Settings>().Storage.Root, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IObjectStore>(provider => provider.GetRequiredService<FileObjectStore>());
}
