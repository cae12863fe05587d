namespace Thumbnails.Deploy.Tests;

/// <summary>A required permission.</summary>
/// <param name="Action">The action, such as <c>s3:GetObject</c>.</param>
/// <param name="Resource">The resource; where there are many, an example, such as one video.</param>
/// <param name="Reason">The call that requires it.</param>
internal sealed record Permission(string Action, string Resource, string Reason)
{
    public override string ToString() => $"{Action} on {Resource}, for {Reason}";
}
