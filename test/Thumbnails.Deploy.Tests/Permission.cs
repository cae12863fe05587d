namespace Thumbnails.Deploy.Tests;

/// <summary>A required permission.</summary>
/// <param name="Action">Such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">On what: an example where there are many, such as one video.</param>
/// <param name="Reason">Which call needs it.</param>
internal sealed record Permission(string Action, string Resource, string Reason)
{
    public override string ToString() => $"{Action} on {Resource}, for {Reason}";
}
