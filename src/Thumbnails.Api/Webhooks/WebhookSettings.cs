using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Webhooks;

/// <summary>The settings for webhooks.</summary>
/// <param name="Secrets">The secrets, each of which signs every webhook; when empty, jobs cannot have a callback URL.</param>
/// <param name="AllowPrivateAddresses">For development: whether to allow receivers on this machine and its network, and http.</param>
internal sealed record WebhookSettings(IReadOnlyList<byte[]> Secrets, bool AllowPrivateAddresses)
{
    // The prefix and the sizes that Standard Webhooks defines.
    private const string Prefix = "whsec_";
    private const int MinBytes = 24, MaxBytes = 64;

    public static WebhookSettings Read(SettingsReader reader)
    {
        var secrets = (reader.Text("Webhooks:Secret") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(SecretOf)
            .ToList();
        if (secrets.Contains(null))
            reader.Fault("Webhooks:Secret", $"must be {Prefix} and the base64 of {MinBytes} to {MaxBytes} random bytes; separate several secrets with commas");
        return new WebhookSettings([.. secrets.OfType<byte[]>()], reader.Flag("Webhooks:AllowPrivateAddresses") ?? false);
    }

    private static byte[]? SecretOf(string text)
    {
        var bytes = new byte[MaxBytes];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var count)
            && count >= MinBytes
            ? bytes[..count]
            : null;
    }
}
