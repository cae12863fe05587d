using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Storyboards;

namespace Thumbnails.Api.OpenApi;

/// <summary>
/// Describes responses as they are written: every member is present unless it is omitted when null, and later versions may add
/// members.
/// </summary>
internal sealed class AnswerFilter : IDocumentFilter
{
    public void Apply(Microsoft.OpenApi.OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var types = new HashSet<Type>();
        foreach (var response in context.ApiDescriptions.SelectMany(description => description.SupportedResponseTypes))
            Add(response.Type, types);
        // The other format of GetStoryboardJson.
        Add(typeof(MuxStoryboard), types);
        foreach (var type in types)
        {
            if (context.SchemaRepository.TryLookupByType(type, out var reference)
                && context.SchemaRepository.Schemas[reference.Reference.Id!] is OpenApiSchema { Properties: { } properties } schema)
                Describe(schema, properties, ApiJson.Default.GetTypeInfo(type)!);
        }
    }

    private static void Add(Type? type, HashSet<Type> types)
    {
        if (type is null || type == typeof(void) || ApiJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type) is not { } info || !types.Add(info.Type))
            return;
        Add(info.ElementType, types);
        foreach (var property in info.Properties)
            Add(property.PropertyType, types);
    }

    private static void Describe(OpenApiSchema schema, IDictionary<string, IOpenApiSchema> properties, JsonTypeInfo type)
    {
        schema.AdditionalPropertiesAllowed = true;
        schema.Required = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var property in type.Properties)
        {
            if (!IsLeftOut(property))
                schema.Required.Add(property.Name);
            else if (properties[property.Name] is OpenApiSchema member)
                member.Type &= ~JsonSchemaType.Null;
        }
    }

    private static bool IsLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), false).Length > 0;
}
