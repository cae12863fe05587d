using System.Text.Json.Nodes;

namespace Thumbnails.Deploy.Tests;

/// <summary>The network exposure that the template allows.</summary>
public sealed class ExposureTests
{
    private readonly Template _template = Template.Load();

    [Fact]
    public void Every_route_asks_for_a_token_or_a_signature()
    {
        var routes = _template.OfType("AWS::ApiGatewayV2::Route").ToList();
        Assert.NotEmpty(routes);
        Assert.All(routes, route => Assert.Equal("""["HasIssuer","JWT","AWS_IAM"]""", route.Properties["AuthorizationType"]!["Fn::If"]!.ToJsonString()));
        Assert.All(routes, route => Assert.Equal("${Authorizer}", Template.Text(route.Properties["AuthorizerId"]!["Fn::If"]![1])));
        Assert.Equal("""{"Ref":"JwtAudience"}""", _template.Properties("Authorizer")["JwtConfiguration"]!["Audience"]!["Fn::Split"]![1]!.ToJsonString());
    }

    [Fact]
    public void Functions_are_invoked_by_our_own_API_and_rules_only()
    {
        foreach (var template in Template.LoadAll())
        {
            Assert.Empty(template.OfType("AWS::Lambda::Url"));
            Assert.DoesNotContain(Template.Objects(template.Root), map => map.ContainsKey("FunctionUrlConfig"));
            Assert.All(template.OfType("AWS::Lambda::Permission"), permission => Assert.NotNull(permission.Properties["SourceArn"]));
        }
    }

    [Fact]
    public void Nobody_is_named_by_an_asterisk_but_to_be_refused()
    {
        var statements = Template.LoadAll().SelectMany(template => Template.Objects(template.Root)).Where(map => map.ContainsKey("Effect") && map.ContainsKey("Principal")).ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.True(
            (string?)statement["Effect"] == "Deny" || statement["Principal"] is JsonObject { Count: 1 } principal && principal["Service"] is not null, statement.ToJsonString()));
    }

    [Fact]
    public void The_bucket_is_private_versioned_encrypted_and_for_TLS_only()
    {
        var bucket = _template.Properties("Bucket");
        var block = bucket["PublicAccessBlockConfiguration"]!.AsObject();
        Assert.Equal(4, block.Count);
        Assert.All(block, setting => Assert.Equal("true", (string?)setting.Value));
        Assert.Equal("BucketOwnerEnforced", (string?)bucket["OwnershipControls"]!["Rules"]![0]!["ObjectOwnership"]);
        Assert.Equal("Enabled", (string?)bucket["VersioningConfiguration"]!["Status"]);
        Assert.NotNull(bucket["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]);

        var statement = _template.Properties("BucketPolicy")["PolicyDocument"]!["Statement"]!.AsArray().Single()!;
        Assert.Equal("Deny", (string?)statement["Effect"]);
        Assert.Equal(["${Bucket.Arn}", "${Bucket.Arn}/*"], Template.Texts(statement["Resource"]));
        Assert.Equal("false", (string?)statement["Condition"]!["Bool"]!["aws:SecureTransport"]);
    }

    [Fact]
    public void Pages_of_no_other_origin_may_upload()
    {
        var origins = _template.Properties("Bucket")["CorsConfiguration"]!["CorsRules"]!.AsArray().Single()!["AllowedOrigins"]!.ToJsonString();
        Assert.DoesNotContain("*", origins, StringComparison.Ordinal);
        // The parameter takes none either.
        Assert.Contains("[^/,*]", (string)_template.Root["Parameters"]!["UploadOrigins"]!["AllowedPattern"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_comes_into_the_network_and_only_HTTPS_goes_out()
    {
        var group = _template.OfType("AWS::EC2::SecurityGroup").Single().Properties;
        Assert.False(group.ContainsKey("SecurityGroupIngress"));
        Assert.Empty(_template.OfType("AWS::EC2::SecurityGroupIngress"));
        var egress = group["SecurityGroupEgress"]!.AsArray().Single()!;
        Assert.Equal(("tcp", "443", "443"), ((string?)egress["IpProtocol"], (string?)egress["FromPort"], (string?)egress["ToPort"]));
    }

    [Fact]
    public void The_worker_has_nothing_that_it_does_not_need()
    {
        var worker = _template.Properties("TaskDefinition")["ContainerDefinitions"]!.AsArray().Single()!;
        Assert.Equal("true", (string?)worker["ReadonlyRootFilesystem"]);
        Assert.Equal("65532:65532", (string?)worker["User"]);
        Assert.Equal("ALL", (string?)worker["LinuxParameters"]!["Capabilities"]!["Drop"]!.AsArray().Single());
        Assert.False(worker["LinuxParameters"]!["Capabilities"]!.AsObject().ContainsKey("Add"));
        Assert.Equal("true", (string?)worker["LinuxParameters"]!["InitProcessEnabled"]);
        Assert.EndsWith("@${WorkerDigest}", Template.Text(worker["Image"]), StringComparison.Ordinal);
    }
}
