using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Uploads;

internal static class UploadEndpoints
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<IValidator<CreateUploadRequest>, CreateUploadValidator>()
        .AddSingleton<CreateUpload>();

    public static void MapUploads(this IEndpointRouteBuilder routes) => routes.MapPost("/uploads", CreateAsync)
        .Validate<CreateUploadRequest>()
        .WithTags("Uploads")
        .WithName("CreateUpload")
        .WithSummary("Get an address to upload a video to")
        .WithDescription("Send the file to the returned address with the returned method and headers, then name its videoKey in POST /jobs.")
        .ProducesProblems(RequestErrorCode.ValidationFailed);

    private static async Task<Created<UploadResponse>> CreateAsync(
        CreateUploadRequest request, CreateUpload createUpload, HttpContext context)
    {
        var upload = await createUpload.RunAsync(request, context.Request.BaseAddress(), context.RequestAborted);
        return TypedResults.Created((string?)null, upload);
    }
}
