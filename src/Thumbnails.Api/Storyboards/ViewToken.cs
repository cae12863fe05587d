using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>
/// The token in the URLs of a storyboard, which players use without other credentials. It consists of the id of the job and a secret
/// that only its record holds, so that no index is needed.
/// </summary>
internal sealed record ViewToken(JobId JobId, string Secret)
{
    private const int SecretBytes = 16;

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Parses a token; returns null when it is malformed.</summary>
    public static ViewToken? Find(string text) => text.Split('.') is [var id, var secret] && JobId.TryParse(id, out var job) ? new ViewToken(job, secret) : null;

    /// <summary>Returns whether the token grants access to a job's storyboard, in a time that does not depend on the secret.</summary>
    public bool Opens(Job job) => job.ViewSecret is { } secret && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(Secret));

    public override string ToString() => $"{JobId}.{Secret}";
}
