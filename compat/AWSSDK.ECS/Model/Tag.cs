namespace Amazon.ECS.Model;

/// <summary>A tag. Neither key nor value may begin with <c>aws:</c>.</summary>
public class Tag
{
    /// <summary>1 to 128 characters.</summary>
    public string Key { get; set; }

    /// <summary>At most 256 characters.</summary>
    public string Value { get; set; }
}
