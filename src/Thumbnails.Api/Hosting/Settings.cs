namespace Thumbnails.Api.Hosting;

internal sealed record Settings(
    StorageSettings Storage, RunnerSettings Runner, UploadSettings Uploads, AuthSettings Auth, WebhookSettings Webhooks,
    LambdaSettings Lambda)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <exception cref="SettingsException">Something is wrong; every fault is named.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var storage = StorageSettings.Read(reader);
        var lambda = LambdaSettings.Read(reader);
        var settings = new Settings(
            storage,
            RunnerSettings.Read(reader, storage),
            UploadSettings.Read(reader),
            AuthSettings.Read(reader, storage, isServed: lambda.Function == LambdaFunction.Api),
            WebhookSettings.Read(reader),
            lambda);
        reader.RefuseUnknown("Storage", "Runner", "Fargate", "Uploads", "Auth", "Webhooks", "Lambda");
        return reader.Faults.Count == 0 ? settings : throw new SettingsException(reader.Faults);
    }
}

/// <summary>Where everything is kept.</summary>
internal abstract record StorageSettings
{
    private StorageSettings()
    {
    }

    internal sealed record Files(string Root) : StorageSettings;

    internal sealed record S3(string Bucket) : StorageSettings;

    public static StorageSettings Read(SettingsReader reader)
    {
        var (root, bucket) = (reader.Text("Storage:Root"), reader.Text("Storage:Bucket"));
        if (root is not null && bucket is not null)
            reader.Fault("Storage:Bucket", "must not be given together with Storage:Root");
        if (bucket is null && reader.IsInLambda)
            reader.Fault("Storage:Bucket", "must be given in AWS Lambda, where files do not last");
        return bucket is null ? new Files(Path.GetFullPath(root ?? "data")) : new S3(bucket);
    }
}

internal sealed record UploadSettings(long MaxBytes, TimeSpan UrlLifetime)
{
    // A URL is valid no longer than the credentials that signed it. Those of a role may expire after an hour.
    private const int RoleSeconds = 60 * 60, KeySeconds = 7 * 24 * 60 * 60;

    public static UploadSettings Read(SettingsReader reader) => new(
        reader.Whole("Uploads:MaxBytes", 20L << 30, 1, 50L << 40),
        TimeSpan.FromSeconds(reader.Whole("Uploads:UrlLifetimeSeconds", 3600, 1, reader.HasRoleCredentials ? RoleSeconds : KeySeconds)));
}
