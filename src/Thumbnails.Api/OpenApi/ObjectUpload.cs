using Microsoft.OpenApi;

namespace Thumbnails.Api.OpenApi;

/// <summary>Describes the upload to a presigned URL of a file store, for which Swagger UI shows a file chooser.</summary>
internal static class ObjectUpload
{
    // Swagger UI offers these; the service accepts any type that the upload was created for.
    private static readonly string[] Types = ["video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "application/octet-stream"];

    public static void Describe(OpenApiOperation operation)
    {
        // The signature is the permission.
        operation.Security = [];
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "The file, or the part of it. The media type must be that of the upload.",
            Required = true,
            Content = Types.ToDictionary(type => type, Binary),
        };
        foreach (var parameter in operation.Parameters!.OfType<OpenApiParameter>().Where(parameter => parameter.Name is "length" or "expires" or "signature"))
            parameter.Required = true;
    }

    public static IOpenApiMediaType Binary(string type) =>
        new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
}
