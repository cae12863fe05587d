using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Uploads;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.OpenApi;

/// <summary>The OpenAPI document at /swagger/v1/swagger.json, and Swagger UI at /swagger.</summary>
internal static class OpenApiDocument
{
    private const string Version = "v1";

    private static readonly string[] Order = ["uploads", "objects", "uploads/", "jobs", "view", "healthz", "readyz"];

    private const string Description =
        """
        Makes pictures from videos:

        1. `POST /uploads` returns a presigned URL. PUT the video there.
        2. `POST /jobs` names the video, a position and a name for the picture.
        3. `GET /jobs/{id}` reports the job. When it has succeeded, each frame has the URL of its picture.

        A job can also make a storyboard, the pictures above the seek bar of a player, and a preview, a short animation. Players
        read a storyboard under `/view/{token}/`, without credentials: the job reports these URLs.

        Errors are problem documents (RFC 9457) with a stable `code`. A gateway in front of the service may respond with 401,
        403 and 429 in its own format. HEAD works wherever GET does.
        """;

    public static IServiceCollection AddDocument(this IServiceCollection services, AuthSettings settings) => services
        .AddEndpointsApiExplorer()
        .AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Version, new OpenApiInfo
            {
                Title = "Thumbnails",
                Version = Version,
                Description = Description,
                Contact = new OpenApiContact { Name = "The operator of this service" },
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            });
            options.MapType<JobId>(() => Text("The id of a job."));
            options.MapType<UploadId>(() => Text("The id of an upload in parts."));
            options.MapType<ObjectKey>(() => Text("A key in storage."));
            options.MapType<OutputName>(() => Text("The name of a picture."));
            options.MapType<StoryboardName>(() => Text("The name of a storyboard."));
            options.MapType<PreviewName>(() => Text("The name of a preview."));
            options.MapType<FramePosition>(() => Text("A position in a video."));
            options.MapType(typeof(Parsed<>), () => new OpenApiSchema { Type = JsonSchemaType.String });
            options.AddSchemaFilterInstance(new SchemaFilter());
            options.AddOperationFilterInstance(new OperationFilter());
            options.AddDocumentFilterInstance(new AnswerFilter());
            options.SupportNonNullableReferenceTypes();
            // In the order of use.
            options.OrderActionsBy(action => $"{Array.FindLastIndex(Order, path => action.RelativePath!.StartsWith(path, StringComparison.Ordinal))}");
            AddSecurity(options, needsKey: settings.ApiKeys.Count > 0);
        });

    // Created on the first request to /swagger, because setting up Swashbuckle takes a tenth of the program's startup time.
    public static IApplicationBuilder UseDocument(this IApplicationBuilder app) => app.Use(next =>
    {
        var branch = new Lazy<RequestDelegate>(() => Branch(app, next));
        return context => context.Request.Path.StartsWithSegments("/swagger") ? branch.Value(context) : next(context);
    });

    private static RequestDelegate Branch(IApplicationBuilder app, RequestDelegate next)
    {
        var branch = app.New();
        UseSwagger(branch);
        branch.Run(next);
        return branch.Build();
    }

    private static void UseSwagger(IApplicationBuilder app)
    {
        app.UseSwagger(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.PreSerializeFilters.Add((document, request) =>
            {
                document.Servers = [new OpenApiServer { Url = request.BaseUrl().AbsoluteUri.TrimEnd('/') }];
                document.ExternalDocs = new OpenApiExternalDocs { Description = "The page: choose a video, move to a moment, get the picture", Url = request.BaseUrl() };
            });
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint($"{Version}/swagger.json", "Thumbnails");
            options.DocumentTitle = "Thumbnails";
            options.EnableTryItOutByDefault();
            // A plugin of this file.
            options.InjectJavascript("../page/swagger.js");
            options.ConfigObject.Plugins = ["CarryOver"];
        });
    }

    // A gateway in front of the service may require a token in addition to the key or instead of it.
    private static void AddSecurity(SwaggerGenOptions options, bool needsKey)
    {
        const string key = "ApiKey", token = "Bearer";
        options.AddSecurityDefinition(token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token, if a gateway in front of this service requires one.",
        });
        if (needsKey)
        {
            options.AddSecurityDefinition(key, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeys.Header,
                Description = "An API key of this service.",
            });
        }

        string[] required = needsKey ? [key] : [];
        options.AddSecurityRequirement(document => Requirement(document, required));
        options.AddSecurityRequirement(document => Requirement(document, [.. required, token]));
    }

    private static OpenApiSecurityRequirement Requirement(Microsoft.OpenApi.OpenApiDocument document, IEnumerable<string> schemes)
    {
        var requirement = new OpenApiSecurityRequirement();
        foreach (var scheme in schemes)
            requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
        return requirement;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
