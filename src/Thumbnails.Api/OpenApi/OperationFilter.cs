using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Storyboards;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.OpenApi;

/// <summary>Describes the parameters, responses and problems of each operation.</summary>
internal sealed class OperationFilter : IOperationFilter
{
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["id"] = "The id of the job.",
        ["uploadId"] = "The uploadId that POST /uploads returned.",
        ["outputName"] = "The outputName of the picture, or the name of the storyboard followed by the file name of a sheet.",
        ["status"] = "Lists only jobs of this status.",
        ["limit"] = "The maximum number of jobs on the page.",
        ["cursor"] = "The nextCursor of the previous page.",
        ["token"] = "The token of the storyboard, from the URLs in its job.",
        ["file"] = "The file name of the sheet, such as 0.jpg.",
        ["format"] = "vidstack (default) or mux.",
        ["key"] = "The videoKey.",
        ["length"] = "The size of the file or the part in bytes.",
        ["type"] = "The media type of the file. Absent for a part.",
        ["upload"] = "The upload of a part.",
        ["part"] = "The number of a part.",
        ["offset"] = "The position of a part in the file, in bytes.",
        ["expires"] = "When the URL expires, in seconds since 1970.",
        ["signature"] = "The signature of the URL.",
    };

    private static readonly string[] Formats = [.. Enum.GetValues<PictureFormat>().Select(format => format.ContentType())];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            Describe(parameter, context.Document);
        if (operation.OperationId is "CreateJob" or "GetJob")
            AddHeader(operation, "Prefer", "wait=N returns when the job has ended, or after N seconds (at most 25).", "^wait=[0-9]+$", "wait=20");
        if (operation.OperationId is "CreateJob")
        {
            AddHeader(operation, "Idempotency-Key", "Any value that is unique to this job, such as a UUID. Repeated requests with the same key and body return the same job.", "^[!-~]{1,255}$");
            WebhookCallback.Add(operation, "{$request.body#/callbackUrl}", context.Document);
        }

        if (operation.OperationId is "CreateUpload")
            WebhookCallback.Add(operation, "{$request.body#/job/callbackUrl}", context.Document);
        if (context.ApiDescription.RelativePath!.StartsWith($"{StoryboardUrls.Root}/", StringComparison.Ordinal))
            operation.Security = [];
        if (operation.OperationId is "PutObject")
            ObjectUpload.Describe(operation);
        if (operation.OperationId is "GetStoryboardJson")
            AddMuxForm(operation, context);
        if (operation.OperationId is "GetThumbnail" or "GetStoryboardSheet")
            operation.Responses!["200"] = new OpenApiResponse { Content = Formats.ToDictionary(type => type, ObjectUpload.Binary) };
        ResponseTexts.Apply(operation);
        AddExamples(operation, context.ApiDescription);
        var problems = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ProblemMetadata>().SelectMany(metadata => metadata.Problems);
        foreach (var group in problems.DistinctBy(problem => (problem.Status, problem.Code)).GroupBy(problem => problem.Status))
            Describe(operation.Responses![$"{group.Key}"], [.. group]);
    }

    private static void AddMuxForm(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.Responses!["200"].Content!["application/json"] is OpenApiMediaType media)
            media.Schema = new OpenApiSchema { OneOf = [media.Schema!, context.SchemaGenerator.GenerateSchema(typeof(MuxStoryboard), context.SchemaRepository)] };
    }

    private static void Describe(OpenApiParameter parameter, Microsoft.OpenApi.OpenApiDocument document)
    {
        parameter.Description = Parameters.GetValueOrDefault(parameter.Name ?? "");
        // Read as text and validated by ListQuery, so that its errors have the same form as all others.
        if (parameter.Name == "status")
            parameter.Schema = new OpenApiSchemaReference(nameof(JobStatus), document);
        else if (parameter.Name == "format")
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["vidstack", "mux"] };
        else if (parameter.Name == "limit")
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{ListJobs.MaxLimit}", Default = ListJobs.DefaultLimit };
    }

    private static void AddExamples(OpenApiOperation operation, ApiDescription description)
    {
        var body = description.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source == BindingSource.Body);
        if (body is not null)
            AddExample(operation.RequestBody?.Content, Examples.OfRequest(body.Type));
        foreach (var (status, response) in operation.Responses ?? [])
            AddExample(response.Content, Examples.OfResponse(operation.OperationId!, status));
    }

    private static void AddExample(IDictionary<string, IOpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var media in (content ?? new Dictionary<string, IOpenApiMediaType>()).Where(media => media.Key != Problem.ContentType).Select(media => media.Value))
            ((OpenApiMediaType)media).Example = example;
    }

    private static void Describe(IOpenApiResponse response, IReadOnlyList<Problem> problems)
    {
        response.Description = string.Join(" ", problems.Select(problem => problem.Detail));
        if (response.Content?[Problem.ContentType] is OpenApiMediaType media)
            media.Examples = problems.ToDictionary(problem => SnakeCase.Of(problem.Code), IOpenApiExample (problem) => new OpenApiExample { Value = ExampleOf(problem) });
    }

    private static JsonNode? ExampleOf(Problem problem) =>
        JsonSerializer.SerializeToNode(problem with { TraceId = "6f9f3be4d1d94d0b8a8b4f1c7f2c0e11" }, ApiJson.Default.Problem);

    private static void AddHeader(OpenApiOperation operation, string name, string description, string pattern, string? example = null) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
            Example = example is null ? null : JsonValue.Create(example),
        });
}
