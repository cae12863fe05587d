using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.OpenApi;

/// <summary>The OpenAPI document at /swagger/v1/swagger.json, and Swagger UI at /swagger.</summary>
internal static class OpenApiDocument
{
    private const string Version = "v1";

    public static IServiceCollection AddDocument(this IServiceCollection services, AuthSettings settings) => services
        .AddEndpointsApiExplorer()
        .AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Version, new OpenApiInfo
            {
                Title = "Thumbnails",
                Version = Version,
                Description = "Makes pictures from videos. Get an upload address, put a video there, ask for frames by position and name, get pictures.",
            });
            options.MapType<JobId>(() => Text("A job's id.", "01h8zkx2v6w3m9t4q7y5b0r1ca"));
            options.MapType<ObjectKey>(() => Text("A key in the store.", "videos/01h8zkx2v6w3m9t4q7y5b0r1ca/bunny.mp4"));
            options.MapType<OutputName>(() => Text("A picture's name.", "bunny.png"));
            options.MapType<FramePosition>(() => Text("A position in a video.", "00:08"));
            options.AddSchemaFilterInstance(new SchemaFilter());
            options.AddOperationFilterInstance(new OperationFilter());
            options.SupportNonNullableReferenceTypes();
            if (settings.ApiKeys.Count > 0)
                AddApiKey(options);
        });

    // Only under /swagger, and not before somebody looks: to set Swashbuckle up takes a tenth of the program's start.
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
        app.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint($"{Version}/swagger.json", "Thumbnails");
            options.DocumentTitle = "Thumbnails";
            options.EnableTryItOutByDefault();
        });
    }

    private static void AddApiKey(SwaggerGenOptions options)
    {
        const string scheme = "ApiKey";
        options.AddSecurityDefinition(scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ApiKeys.Header,
            Description = "The key that the operator of this service gave you.",
        });
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] });
    }

    private static OpenApiSchema Text(string description, string example) =>
        new() { Type = JsonSchemaType.String, Description = description, Examples = [example] };
}
