using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Uploads;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.OpenApi;

/// <summary>
/// Adds descriptions, limits and nullability to the schemas. They come from attributes and from this filter, because XML comments
/// are not available at run time.
/// </summary>
internal sealed class SchemaFilter : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        var description = DescriptionOf(context.MemberInfo ?? context.Type);
        if (schema is OpenApiSchemaReference reference)
            reference.Description = description ?? reference.Description;
        if (schema is not OpenApiSchema target)
            return;
        target.Description = description ?? target.Description;
        if (context.Type.IsEnum)
        {
            target.Type = JsonSchemaType.String;
            target.Format = null;
            target.Enum = [.. Enum.GetNames(context.Type).Select(name => (JsonNode)SnakeCase.Of(name))];
        }

        if (context.MemberInfo is null && target.Properties is { } properties)
        {
            // Applies to the type itself, not to the types that inherit these members.
            if (context.Type == typeof(FrameBody))
                target.Required = new SortedSet<string>(StringComparer.Ordinal) { "position", "outputName" };
            AllowNull(properties, target.Required, context.Type);
        }

        switch (context.MemberInfo)
        {
            case { Name: nameof(FrameBody.Position), DeclaringType.Name: nameof(FrameBody) } or { Name: nameof(PreviewBody.Start), DeclaringType.Name: nameof(PreviewBody) }:
                // A list of schemas with string first, because code generators use only one type from a list of types.
                target.Type = null;
                target.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Number }];
                target.Examples = context.MemberInfo.Name == nameof(FrameBody.Position) ? ["00:08", 8.5, "50%", "auto"] : ["00:08", 8.5, "50%"];
                break;
            case { Name: nameof(FrameBody.Background), DeclaringType.Name: nameof(FrameBody) }:
                target.Pattern = "^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})|blur)$";
                break;
            case { Name: nameof(CreateUploadRequest.SizeBytes), DeclaringType.Name: nameof(CreateUploadRequest) }:
                target.Minimum = "1";
                break;
            case { Name: nameof(JobBody.Frames), DeclaringType.Name: nameof(JobBody) }:
                (target.MinItems, target.MaxItems) = (1, Job.MaxFrames);
                break;
            case { Name: nameof(CompleteUploadRequest.Parts), DeclaringType.Name: nameof(CompleteUploadRequest) }:
                (target.MinItems, target.MaxItems) = (1, CompleteUploadValidator.MaxParts);
                break;
        }
    }

    // Swashbuckle omits null where a member's schema is a reference to another.
    private static void AllowNull(IDictionary<string, IOpenApiSchema> properties, ISet<string>? required, Type type)
    {
        foreach (var member in ApiJson.Default.GetTypeInfo(type)?.Properties ?? [])
        {
            // All request members are nullable in C#, so that validation can report every missing one.
            var isNullable = member.IsGetNullable && required?.Contains(member.Name) != true;
            if (properties[member.Name] is OpenApiSchema { OneOf: { } choices })
            {
                if (isNullable)
                    choices.Add(new OpenApiSchema { Type = JsonSchemaType.Null });
            }
            else if (properties[member.Name] is OpenApiSchema schema)
                schema.Type = isNullable ? schema.Type | JsonSchemaType.Null : schema.Type & ~JsonSchemaType.Null;
            else if (isNullable && properties[member.Name] is OpenApiSchemaReference reference)
                properties[member.Name] = Nullable(reference);
        }
    }

    private static OpenApiSchema Nullable(OpenApiSchemaReference reference)
    {
        var nullable = new OpenApiSchema { Description = reference.Description, OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        reference.Description = null;
        return nullable;
    }

    private static string? DescriptionOf(MemberInfo member) =>
        member.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Description
        ?? CoreDescriptions.Texts.GetValueOrDefault(member is Type type ? type.Name : $"{member.DeclaringType?.Name}.{member.Name}");
}
