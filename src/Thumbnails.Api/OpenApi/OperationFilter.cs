using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.OpenApi;

/// <summary>Shows each error that an endpoint can answer with, by its code, and describes the parameters and headers.</summary>
internal sealed class OperationFilter : IOperationFilter
{
    private const string Wait = "wait=N: hold the answer until the job has ended or N seconds (at most 25) have passed.";

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["id"] = "The job's id.",
        ["uploadId"] = "The uploadId that POST /uploads answered.",
        ["outputName"] = "The picture's name, as the job was given it.",
        ["status"] = "Only jobs of this status.",
        ["limit"] = "The most jobs to answer, 1 to 100. Default: 20.",
        ["cursor"] = "The nextCursor of the page before.",
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter);
        if (operation.OperationId is "CreateJob" or "GetJob")
            AddHeader(operation, "Prefer", Wait, "wait=20");
        if (operation.OperationId is "CreateJob")
            AddHeader(operation, "Idempotency-Key", "Requests with the same key and body give the same job. At most 255 visible ASCII characters.", "bunny-at-8");
        if (operation.OperationId is "CreateJob")
            WebhookCallback.Add(operation, "{$request.body#/callbackUrl}", context.Document);
        if (operation.OperationId is "CreateUpload")
            WebhookCallback.Add(operation, "{$request.body#/job/callbackUrl}", context.Document);
        AddExamples(operation, context.ApiDescription);
        foreach (var problems in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ProblemMetadata>())
            Describe(operation, problems);
    }

    private static void Describe(OpenApiParameter parameter)
    {
        parameter.Description = Parameters.GetValueOrDefault(parameter.Name ?? "");
        // Taken as text and checked by ListQuery, so that its errors read like all others.
        if (parameter.Name == "status")
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. SnakeCase.Names<JobStatus>().Select(name => (JsonNode)name)] };
        else if (parameter.Name == "limit")
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{ListJobs.MaxLimit}", Default = ListJobs.DefaultLimit };
    }

    private static void AddExamples(OpenApiOperation operation, ApiDescription description)
    {
        var body = description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body);
        AddExample(operation.RequestBody?.Content, body?.Type);
        foreach (var response in description.SupportedResponseTypes)
            AddExample(operation.Responses?[$"{response.StatusCode}"].Content, response.Type);
    }

    private static void AddExample(IDictionary<string, IOpenApiMediaType>? content, Type? type)
    {
        foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? [])
            media.Example = type is null ? null : Examples.Of(type);
    }

    private static void Describe(OpenApiOperation operation, ProblemMetadata problems)
    {
        foreach (var group in problems.Codes.GroupBy(ProblemCatalog.StatusOf))
        {
            if (operation.Responses?[$"{group.Key}"]?.Content?[Problem.ContentType] is not OpenApiMediaType media)
                continue;
            media.Examples = group.ToDictionary(
                SnakeCase.Of,
                IOpenApiExample (code) => new OpenApiExample { Value = JsonSerializer.SerializeToNode(Problem.Of(code) with { TraceId = "6f9f3be4d1d94d0b8a8b4f1c7f2c0e11" }, ApiJson.Default.Problem) });
            operation.Responses[$"{group.Key}"].Description = string.Join(" ", group.Select(ProblemCatalog.Meaning));
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, string example) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = JsonValue.Create(example),
        });
}
