namespace Amazon.ECS.Model;

/// <summary>The network configuration of a task.</summary>
public class NetworkConfiguration
{
    public AwsVpcConfiguration AwsvpcConfiguration { get; set; }
}

/// <summary>The subnets and security groups of a task. <see cref="Subnets"/> is required.</summary>
public class AwsVpcConfiguration
{
    /// <summary>
    /// Whether the task receives a public IP address. Without one, it needs a NAT gateway or VPC endpoints to pull its image.
    /// </summary>
    public AssignPublicIp AssignPublicIp { get; set; }

    /// <summary>The security groups, at most 5, all in the same VPC. Defaults to the VPC's default security group.</summary>
    public List<string> SecurityGroups { get; set; }

    /// <summary>The subnets, at most 16, all in the same VPC.</summary>
    public List<string> Subnets { get; set; }
}
