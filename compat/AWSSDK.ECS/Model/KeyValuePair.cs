namespace Amazon.ECS.Model;

/// <summary>A name and a value: an environment variable, or a particular of an attachment.</summary>
public class KeyValuePair
{
    public string Name { get; set; }

    public string Value { get; set; }
}
