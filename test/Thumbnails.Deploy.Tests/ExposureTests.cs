using System.Text.Json.Nodes;

namespace Thumbnails.Deploy.Tests;

/// <summary>The network exposure of the template.</summary>
public sealed class ExposureTests
{
    private readonly Template _template = Template.Load();

    // Static files without data. The function rejects any other request through these routes: see FunctionTests.
    private static readonly string[] PublicRoutes =
    [
        "GET /", "GET /favicon.ico", "GET /page/{name}", "GET /swagger", "GET /swagger/{path+}",
        "HEAD /", "HEAD /favicon.ico", "HEAD /page/{name}", "HEAD /swagger", "HEAD /swagger/{path+}",
    ];

    // The token in the path grants access: see StoryboardViewTests.
    private static readonly string[] StoryboardRoutes = ["GET /view/{path+}", "HEAD /view/{path+}"];

    [Fact]
    public void Every_route_except_the_public_page_requires_a_JWT_or_a_signature()
    {
        var routes = _template.OfType("AWS::ApiGatewayV2::Route").Select(route => route.Properties).Where(route => !StoryboardRoutes.Contains((string?)route["RouteKey"])).ToList();
        var isPublic = routes.ToLookup(route => PublicRoutes.Contains((string?)route["RouteKey"]));
        Assert.NotEmpty(isPublic[false]);
        Assert.All(isPublic[false], route => AssertAuthorized(route["AuthorizationType"], route["AuthorizerId"]));
        Assert.Equal("""{"Ref":"JwtAudience"}""", _template.Properties("Authorizer")["JwtConfiguration"]!["Audience"]!["Fn::Split"]![1]!.ToJsonString());

        Assert.Equal(PublicRoutes, isPublic[true].Select(route => (string?)route["RouteKey"]).Order(StringComparer.Ordinal));
        foreach (var route in isPublic[true])
        {
            Assert.Equal(("HasPublicPage", "NONE"), ((string)route["AuthorizationType"]!["Fn::If"]![0]!, (string)route["AuthorizationType"]!["Fn::If"]![1]!));
            AssertAuthorized(route["AuthorizationType"]!["Fn::If"]![2], route["AuthorizerId"]!["Fn::If"]![2]);
        }
    }

    [Fact]
    public void The_page_is_public_only_with_JWT_authorization_and_can_be_disabled()
    {
        var condition = _template.Root["Conditions"]!["HasPublicPage"]!.ToJsonString();
        Assert.Equal("""{"Fn::And":[{"Condition":"HasIssuer"},{"Fn::Equals":[{"Ref":"PublicPage"},"true"]}]}""", condition);
        // Without these settings, the function accepts only callers that API Gateway has authorized.
        var variables = _template.Root["Globals"]!["Function"]!["Environment"]!["Variables"]!.AsObject().Select(variable => variable.Key);
        Assert.DoesNotContain(variables, name => name.StartsWith("Auth__", StringComparison.Ordinal));
    }

    [Fact]
    public void Storyboards_are_public_unless_that_is_disabled()
    {
        var routes = _template.Resources.Where(resource => StoryboardRoutes.Contains((string?)resource.Value!["Properties"]?["RouteKey"])).Select(resource => resource.Value!).ToList();
        Assert.Equal(2, routes.Count);
        Assert.All(routes, route => Assert.Equal(("HasPublicStoryboards", "NONE"), ((string?)route["Condition"], (string?)route["Properties"]!["AuthorizationType"])));
        Assert.Equal("""{"Fn::Equals":[{"Ref":"PublicStoryboards"},"true"]}""", _template.Root["Conditions"]!["HasPublicStoryboards"]!.ToJsonString());
    }

    [Fact]
    public void The_access_log_contains_no_paths_or_queries()
    {
        var format = (string)_template.Properties("Stage")["AccessLogSettings"]!["Format"]!;
        Assert.DoesNotContain(["$context.path", "$context.requestPath", "$context.queryString"], part => format.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    private static void AssertAuthorized(JsonNode? type, JsonNode? authorizer)
    {
        Assert.Equal("""["HasIssuer","JWT","AWS_IAM"]""", type!["Fn::If"]!.ToJsonString());
        Assert.Equal("${Authorizer}", Template.Text(authorizer!["Fn::If"]![1]));
    }

    [Fact]
    public void Only_the_API_and_the_event_rules_can_invoke_the_functions()
    {
        foreach (var template in Template.LoadAll())
        {
            Assert.Empty(template.OfType("AWS::Lambda::Url"));
            Assert.DoesNotContain(Template.Objects(template.Root), map => map.ContainsKey("FunctionUrlConfig"));
            Assert.All(template.OfType("AWS::Lambda::Permission"), permission => Assert.NotNull(permission.Properties["SourceArn"]));
        }
    }

    [Fact]
    public void A_wildcard_principal_appears_only_in_deny_statements()
    {
        var statements = Template.LoadAll().SelectMany(template => Template.Objects(template.Root)).Where(map => map.ContainsKey("Effect") && map.ContainsKey("Principal")).ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements, statement => Assert.True(
            (string?)statement["Effect"] == "Deny" || statement["Principal"] is JsonObject { Count: 1 } principal && principal["Service"] is not null, statement.ToJsonString()));
    }

    [Fact]
    public void The_bucket_is_private_versioned_encrypted_and_requires_TLS()
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
    public void Uploads_are_not_allowed_from_every_origin()
    {
        var rules = _template.Properties("Bucket")["CorsConfiguration"]!["CorsRules"]!.AsArray();
        Assert.DoesNotContain("*", rules[0]!["AllowedOrigins"]!.ToJsonString(), StringComparison.Ordinal);
        // Where storyboards are public, pages of any origin can read pictures from presigned URLs.
        var players = Assert.Single(rules.Skip(1))!["Fn::If"]!;
        Assert.Equal(("HasPublicStoryboards", """["GET"]"""), ((string)players[0]!, players[1]!["AllowedMethods"]!.ToJsonString()));
        // The parameter accepts no wildcard either.
        Assert.Contains("[^/,*]", (string)_template.Root["Parameters"]!["UploadOrigins"]!["AllowedPattern"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worker_accepts_no_connections_and_only_opens_HTTPS()
    {
        var group = _template.OfType("AWS::EC2::SecurityGroup").Single().Properties;
        Assert.False(group.ContainsKey("SecurityGroupIngress"));
        Assert.Empty(_template.OfType("AWS::EC2::SecurityGroupIngress"));
        var egress = group["SecurityGroupEgress"]!.AsArray().Single()!;
        Assert.Equal(("tcp", "443", "443"), ((string?)egress["IpProtocol"], (string?)egress["FromPort"], (string?)egress["ToPort"]));
    }

    [Fact]
    public void The_worker_container_has_minimal_privileges()
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
