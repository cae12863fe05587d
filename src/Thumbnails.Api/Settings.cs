using Thumbnails.Api.Hosting;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Uploads;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api;

internal sealed record Settings(
    StorageSettings Storage, RunnerSettings Runner, UploadSettings Uploads, AuthSettings Auth, WebhookSettings Webhooks,
    LambdaSettings Lambda)
{
    /// <exception cref="SettingsException">A setting is not valid; all errors are reported.</exception>
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
