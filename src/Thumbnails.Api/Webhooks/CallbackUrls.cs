
namespace Thumbnails.Api.Webhooks;

/// <summary>Which addresses a job may name. What they resolve to is looked at when they are connected to, not here.</summary>
internal static class CallbackUrls
{
    public const int MaxLength = 2000;

    /// <summary>What is wrong with an address, for people; null when nothing is.</summary>
    public static string? Fault(string text, WebhookSettings settings) => text switch
    {
        _ when settings.Secrets.Count == 0 => "cannot be used: this service has no Webhooks:Secret to sign webhooks with",
        { Length: > MaxLength } => $"must have at most {MaxLength} characters",
        _ when !Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsScheme(url, settings) => "must be an absolute https address",
        _ when new Uri(text).UserInfo.Length > 0 => "must not hold a user name or a password",
        _ => null,
    };

    private static bool IsScheme(Uri url, WebhookSettings settings) =>
        url.Scheme == Uri.UriSchemeHttps || (settings.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp);
}
