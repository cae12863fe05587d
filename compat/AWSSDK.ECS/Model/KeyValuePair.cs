namespace Amazon.ECS.Model;

/// <summary>A name-value pair: an environment variable, or a detail of an attachment.</summary>
public class KeyValuePair
{
    public string Name { get; set; }

    public string Value { get; set; }
}
