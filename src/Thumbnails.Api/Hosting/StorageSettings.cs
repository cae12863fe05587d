namespace Thumbnails.Api.Hosting;

/// <summary>The location of the store.</summary>
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
            reader.Fault("Storage:Bucket", "must not be set together with Storage:Root");
        if (bucket is null && reader.IsInLambda)
            reader.Fault("Storage:Bucket", "must be set in AWS Lambda, where files do not last");
        return bucket is null ? new Files(Path.GetFullPath(root ?? "data")) : new S3(bucket);
    }
}
