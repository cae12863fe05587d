using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Webhooks;

/// <summary>How receivers are told of jobs that have ended.</summary>
/// <param name="Secrets">The keys that webhooks are signed with, each of which signs; jobs can name no receiver when empty.</param>
/// <param name="AllowPrivateAddresses">For development: sends to this machine and its network too, and without TLS.</param>
internal sealed record WebhookSettings(IReadOnlyList<byte[]> Secrets, bool AllowPrivateAddresses)
{
    // As Standard Webhooks writes secrets, and how long it wants them.
    private const string Prefix = "whsec_";
    private const int MinBytes = 24, MaxBytes = 64;

    public static WebhookSettings Read(SettingsReader reader)
    {
        var secrets = (reader.Text("Webhooks:Secret") ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(SecretOf)
            .ToList();
        if (secrets.Contains(null))
            reader.Fault("Webhooks:Secret", $"must be {Prefix} and the base64 of {MinBytes} to {MaxBytes} random bytes; several are separated by commas");
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
