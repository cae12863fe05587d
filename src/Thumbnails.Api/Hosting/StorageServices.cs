using Amazon.Runtime;
using Amazon.S3;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;

namespace Thumbnails.Api.Hosting;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(
        this IServiceCollection services, StorageSettings settings, IConfiguration configuration)
    {
        services.AddSingleton(settings).AddSingleton<IReadinessCheck, StorageReadiness>();
        return settings switch
        {
            StorageSettings.Files files => services
                .AddSingleton(provider => new FileObjectStore(files.Root, provider.GetRequiredService<TimeProvider>()))
                .AddSingleton<IObjectStore>(provider => provider.GetRequiredService<FileObjectStore>())
                .AddSingleton<IMultipartStore>(provider => provider.GetRequiredService<FileObjectStore>()),
            StorageSettings.S3 s3 => services
                .AddAWSService<IAmazonS3>(configuration.AwsOptions(S3Clients.Retries))
                .AddSingleton(provider => new S3ObjectStore(S3Clients.Adapt(provider.GetRequiredService<IAmazonS3>()), s3.Bucket))
                .AddSingleton<IObjectStore>(provider => provider.GetRequiredService<S3ObjectStore>())
                .AddSingleton<IMultipartStore>(provider => provider.GetRequiredService<S3ObjectStore>()),
            _ => throw new ArgumentOutOfRangeException(nameof(settings)),
        };
    }

    /// <summary>Opens the store, so that errors appear at startup.</summary>
    /// <exception cref="SettingsException">It cannot be opened.</exception>
    public static IObjectStore OpenStorage(this IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<IObjectStore>();
        }
        catch (StorageException exception)
        {
            throw new SettingsException([$"Storage:Root cannot be used: {exception.Message}"]);
        }
        catch (AmazonClientException exception)
        {
            throw new SettingsException([AwsFault(exception)]);
        }
    }

    // The SDK's own message, except for the two common errors.
    private static string AwsFault(AmazonClientException exception) => exception.Message switch
    {
        var text when text.Contains("RegionEndpoint", StringComparison.Ordinal) => "AWS_REGION must be set (or a region in the AWS profile)",
        var text when text.Contains("credentials", StringComparison.OrdinalIgnoreCase) =>
            "AWS credentials must be available: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or a role",
        var text => $"AWS: {text.ReplaceLineEndings(" ")}",
    };
}
