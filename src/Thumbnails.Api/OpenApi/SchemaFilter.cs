using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.OpenApi;

/// <summary>
/// Puts the descriptions and examples into the schemas. They come from attributes and from here, because XML comments are
/// not there at run time.
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

        if (context.MemberInfo is { Name: nameof(FrameBody.Position), DeclaringType: var owner } && owner == typeof(FrameBody))
        {
            target.Type = null;
            target.OneOf = [new OpenApiSchema { Type = JsonSchemaType.String }, new OpenApiSchema { Type = JsonSchemaType.Number }];
            target.Examples = ["00:08", 8.5, "50%", "auto"];
        }
    }

    private static string? DescriptionOf(MemberInfo member) =>
        member.GetCustomAttribute<DescriptionAttribute>(inherit: false)?.Description
        ?? CoreDescriptions.Texts.GetValueOrDefault(member is Type type ? type.Name : $"{member.DeclaringType?.Name}.{member.Name}");
}
