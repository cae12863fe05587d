namespace Amazon.ECS.Model;

/// <summary>A tag. Keys and values cannot begin with <c>aws:</c>.</summary>
public class Tag
{
    /// <summary>The key, 1 to 128 characters.</summary>
    public string Key { get; set; }

    /// <summary>The value, at most 256 characters.</summary>
    public string Value { get; set; }
}
