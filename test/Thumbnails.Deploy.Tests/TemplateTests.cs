using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Workers;

namespace Thumbnails.Deploy.Tests;

/// <summary>Compares the template with what the programs read, log and store.</summary>
public sealed partial class TemplateTests
{
    private static readonly IReadOnlyList<SourceFile> Api = SourceFile.Under("Thumbnails.Api");

    private readonly Template _template = Template.Load();

    // Finds unused parameters and dangling references even where cfn-lint is not installed.
    [Fact]
    public void Every_reference_resolves_and_cfn_lint_passes()
    {
        var parameters = _template.Root["Parameters"]!.AsObject().Select(parameter => parameter.Key).ToHashSet();
        var used = Names(_template.Root).Concat(Names(_template.Root["Globals"])).ToHashSet();
        Assert.DoesNotContain(
            used.Except(parameters).Except(_template.Resources.Select(resource => resource.Key)), name => !name.StartsWith("AWS::", StringComparison.Ordinal));
        Assert.Empty(parameters.Except(used));
        if (Tool.Run("cfn-lint", Repository.Template) is { } lint)
            Assert.Equal((true, "", ""), lint);
    }

    [Fact]
    public void Every_variable_of_a_function_is_a_setting()
    {
        var variables = _template.OfType("AWS::Serverless::Function").Select(function => function.Properties).Append(_template.Root["Globals"]!["Function"]!.AsObject())
            .SelectMany(function => function["Environment"]?["Variables"]?.AsObject() ?? []).Select(variable => variable.Key);
        Assert.DoesNotContain(
            variables.Select(name => $"\"{name.Replace("__", ":", StringComparison.Ordinal)}\""),
            name => !Api.Any(file => file.Text.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_variable_of_the_task_definition_is_read_by_the_worker()
    {
        var contract = typeof(WorkerContract).GetFields().Select(field => field.GetRawConstantValue()).OfType<string>().ToHashSet();
        Assert.All(Worker()["Environment"]!.AsArray(), variable => Assert.Contains((string)variable!["Name"]!, contract));
    }

    [Fact]
    public void Every_endpoint_has_a_route_in_the_template()
    {
        var routes = _template.OfType("AWS::ApiGatewayV2::Route").Select(route => ((string)route.Properties["RouteKey"]!).Split(' ')[0]).ToHashSet();
        var methods = Api.Where(file => file.Name != "ObjectEndpoints.cs").SelectMany(file => Endpoint().Matches(file.Text)).Select(match => match.Groups["method"].Value.ToUpperInvariant());
        // HEAD works wherever GET does.
        Assert.Equal(methods.Append("HEAD").ToHashSet().Order(), routes.Order());
    }

    [Fact]
    public void A_failed_readiness_check_raises_no_alarm()
    {
        var routes = _template.OfType("AWS::ApiGatewayV2::Route").Select(route => (string)route.Properties["RouteKey"]!).Where(key => key.EndsWith(" /readyz", StringComparison.Ordinal));
        Assert.Equal(["GET /readyz", "HEAD /readyz"], routes.Order());
        Assert.EndsWith("""$.route != "* /readyz" }""", (string)_template.Properties("ServerErrors")["FilterPattern"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VideoUploaded", nameof(ObjectKeys.Video))]
    [InlineData("JobEnded", nameof(ObjectKeys.Result))]
    public void An_event_rule_matches_only_its_kind_of_object(string rule, string kind)
    {
        var pattern = Events()[rule]!["Properties"]!["Pattern"]!["detail"]!["object"]!["key"]!.AsArray().Single()!;
        var wildcard = pattern["wildcard"]?.ToString() ?? pattern["prefix"] + "*";
        Assert.All(KeySamples.All, sample => Assert.Equal(sample.Key == kind, Statement.Covers(wildcard, sample.Value)));
    }

    [Fact]
    public void Everything_except_pictures_and_keys_expires()
    {
        string[] kept = [ObjectKeys.Thumbnails, "keys/"];
        var prefixes = KeySamples.All.Values.Select(key => key.Split('/')[0] + "/").Append(ObjectKeys.StartLease).ToHashSet();
        var expiring = _template.Properties("Bucket")["LifecycleConfiguration"]!["Rules"]!.AsArray().Where(rule => rule!["ExpirationInDays"] is not null);
        Assert.Equal(prefixes.Except(kept).Order(), expiring.Select(rule => (string?)rule!["Prefix"]).Order());
    }

    [Fact]
    public void The_log_filters_match_logged_values()
    {
        var patterns = _template.OfType("AWS::Logs::MetricFilter").Select(filter => (string)filter.Properties["FilterPattern"]!).ToList();
        var values = patterns.SelectMany(pattern => Compared().Matches(pattern).Select(match => (Field: match.Groups["field"].Value, Value: match.Groups["value"].Value))).ToList();
        var codes = Enum.GetValues<JobErrorCode>().SelectMany(code => new[] { SnakeCase.Of(code), code.ToString() }).ToHashSet();
        var statuses = Enum.GetValues<JobStatus>().SelectMany(status => new[] { SnakeCase.Of(status), status.ToString() }).ToHashSet();
        Assert.NotEmpty(values);
        Assert.All(values, value => Assert.Contains(value.Value, value.Field == "Code" ? codes : statuses));

        var phrases = patterns.Where(pattern => pattern.StartsWith('"')).Select(pattern => pattern.Trim('"')).Distinct();
        Assert.All(phrases, phrase => Assert.Contains(Api, file => file.Text.Contains(phrase, StringComparison.Ordinal)));
    }

    private JsonObject Worker() => _template.Properties("TaskDefinition")["ContainerDefinitions"]!.AsArray().Single()!.AsObject();

    private JsonObject Events() => _template.Properties("EventsFunction")["Events"]!.AsObject();

    private static IEnumerable<string> Names(JsonNode? node) =>
        from map in Template.Objects(node)
        from name in ((string?[])[(map["Ref"] as JsonValue)?.ToString(), (map["Fn::GetAtt"] as JsonArray)?[0]?.ToString()]).OfType<string>()
            .Concat(SubPart().Matches((map["Fn::Sub"] as JsonValue)?.ToString() ?? "").Select(match => match.Groups["name"].Value))
        select name;

    [GeneratedRegex(@"\$\{(?<name>[\w:]+)(\.\w+)?\}")]
    private static partial Regex SubPart();

    [GeneratedRegex(@"\.Map(?<method>Get|Post|Put|Delete|Patch)\(")]
    private static partial Regex Endpoint();

    [GeneratedRegex(@"\$\.(?<field>\w+) !?= ""(?<value>\w+)""")]
    private static partial Regex Compared();
}
