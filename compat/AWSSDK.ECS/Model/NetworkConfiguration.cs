namespace Amazon.ECS.Model;

/// <summary>A task's network.</summary>
public class NetworkConfiguration
{
    public AwsVpcConfiguration AwsvpcConfiguration { get; set; }
}

/// <summary>Where a task's network interface is. <see cref="Subnets"/> must be given.</summary>
public class AwsVpcConfiguration
{
    /// <summary>Without a public address a task needs another way to the internet, or endpoints, to pull its image.</summary>
    public AssignPublicIp AssignPublicIp { get; set; }

    /// <summary>At most 5, of one VPC; the VPC's default group when none is given.</summary>
    public List<string> SecurityGroups { get; set; }

    /// <summary>At most 16, of one VPC.</summary>
    public List<string> Subnets { get; set; }
}
