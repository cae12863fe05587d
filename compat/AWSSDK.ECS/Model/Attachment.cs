namespace Amazon.ECS.Model;

/// <summary>A resource attached to a task, such as its network interface (<c>ElasticNetworkInterface</c>).</summary>
public class Attachment
{
    /// <summary>The details of the attachment, such as <c>privateIPv4Address</c> and <c>networkInterfaceId</c>.</summary>
    public List<KeyValuePair> Details { get; set; }

    public string Id { get; set; }

    /// <summary>
    /// The status of the attachment: <c>PRECREATED</c>, <c>CREATED</c>, <c>ATTACHING</c>, <c>ATTACHED</c>, <c>DETACHING</c>,
    /// <c>DETACHED</c>, <c>DELETED</c> or <c>FAILED</c>.
    /// </summary>
    public string Status { get; set; }

    public string Type { get; set; }
}
