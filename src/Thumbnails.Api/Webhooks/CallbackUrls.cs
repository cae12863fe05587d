
namespace Thumbnails.Api.Webhooks;

/// <summary>Validates callback URLs. The addresses that they resolve to are checked when a connection is made.</summary>
internal static class CallbackUrls
{
    public const int MaxLength = 2000;

    /// <summary>Returns the error of a URL, for users; null when it is valid.</summary>
    public static string? Fault(string text, WebhookSettings settings) => text switch
    {
        _ when settings.Secrets.Count == 0 => "cannot be used, because this service has no Webhooks:Secret",
        { Length: > MaxLength } => $"must have at most {MaxLength} characters",
        _ when !Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsScheme(url, settings) => "must be an absolute https URL",
        _ when new Uri(text).UserInfo.Length > 0 => "must not contain a user name or password",
        _ => null,
    };

    private static bool IsScheme(Uri url, WebhookSettings settings) =>
        url.Scheme == Uri.UriSchemeHttps || (settings.AllowPrivateAddresses && url.Scheme == Uri.UriSchemeHttp);
}
