using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Uploads;

internal sealed record UploadSettings(long MaxBytes, TimeSpan UrlLifetime)
{
    // A URL expires with the credentials that signed it, and those of a role may expire after an hour.
    private const int RoleSeconds = 60 * 60, KeySeconds = 7 * 24 * 60 * 60;

    public static UploadSettings Read(SettingsReader reader) => new(
        reader.Whole("Uploads:MaxBytes", 20L << 30, 1, 50L << 40),
        TimeSpan.FromSeconds(reader.Whole("Uploads:UrlLifetimeSeconds", 3600, 1, reader.HasRoleCredentials ? RoleSeconds : KeySeconds)));
}
