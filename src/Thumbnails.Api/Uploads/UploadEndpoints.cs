using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Uploads;

internal static class UploadEndpoints
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services
        .AddSingleton<IValidator<CreateUploadRequest>, CreateUploadValidator>()
        .AddSingleton<IValidator<CompleteUploadRequest>, CompleteUploadValidator>()
        .AddSingleton<CreateUpload>()
        .AddSingleton<MultipartUploads>();

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/uploads").WithTags("Uploads");
        uploads.MapPost("", CreateAsync)
            .Validate<CreateUploadRequest>()
            .WithName("CreateUpload")
            .WithSummary("Get an address to upload a video to")
            .WithDescription("Send the file to the returned address with the returned method and headers, then name its videoKey in POST /jobs. Or send a job along: it starts by itself when the video is there, and fails with upload_missing when the video does not come before the address expires. A file over 5 GiB is uploaded in parts: send each to its address, keep the ETag that is answered, and complete the upload.")
            .ProducesProblems(RequestErrorCode.ValidationFailed);
        uploads.MapPost("/{uploadId}/complete", CompleteAsync)
            .Validate<CompleteUploadRequest>()
            .WithName("CompleteUpload")
            .WithSummary("Complete an upload in parts")
            .ProducesProblems(RequestErrorCode.ValidationFailed, RequestErrorCode.UploadNotFound, RequestErrorCode.ObjectExists);
        uploads.MapGet("/{uploadId}", ResumeAsync)
            .WithName("ResumeUpload")
            .WithSummary("Go on with an upload in parts")
            .WithDescription("Tells which parts are there, and gives fresh addresses for the others.")
            .ProducesProblems(RequestErrorCode.UploadNotFound);
        uploads.MapDelete("/{uploadId}", AbortAsync)
            .WithName("AbortUpload")
            .WithSummary("Give up an upload in parts")
            .WithDescription("A job that awaits the upload fails with upload_missing.")
            .ProducesProblems(RequestErrorCode.UploadNotFound);
    }

    private static async Task<Created<UploadResponse>> CreateAsync(CreateUploadRequest request, CreateUpload createUpload, HttpContext context)
    {
        var upload = await createUpload.RunAsync(request, context.Request.BaseAddress(), context.RequestAborted);
        return TypedResults.Created((string?)null, upload);
    }

    private static async Task<Ok<CompletedUploadResponse>> CompleteAsync(
        string uploadId, CompleteUploadRequest request, MultipartUploads uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.CompleteAsync(uploadId, request, cancellationToken));

    private static async Task<Ok<UploadResponse>> ResumeAsync(string uploadId, MultipartUploads uploads, HttpContext context) =>
        TypedResults.Ok(await uploads.ResumeAsync(uploadId, context.Request.BaseAddress(), context.RequestAborted));

    private static async Task<NoContent> AbortAsync(string uploadId, MultipartUploads uploads, CancellationToken cancellationToken)
    {
        await uploads.AbortAsync(uploadId, cancellationToken);
        return TypedResults.NoContent();
    }
}
