using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Uploads;

internal static class UploadEndpoints
{
    public static IServiceCollection AddUploads(this IServiceCollection services, UploadSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<IValidator<CreateUploadRequest>, CreateUploadValidator>()
        .AddSingleton<IValidator<CompleteUploadRequest>, CompleteUploadValidator>()
        .AddSingleton<CreateUpload>()
        .AddSingleton<UploadIds>()
        .AddSingleton<MultipartUploads>();

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup("/uploads").WithTags("Uploads");
        uploads.MapPost("", CreateAsync)
            .Validate<CreateUploadRequest>()
            .WithName("CreateUpload")
            .WithSummary("Create an upload")
            .WithDescription("Returns a presigned URL for a video. Send the file there with the returned method and headers: `curl -X PUT -T sample.mp4 -H 'Content-Type: video/mp4' -H 'If-None-Match: *' URL`. Then pass videoKey to POST /jobs. Or include a job in the request: it starts when the video has been uploaded, and fails with upload_missing if that does not happen before the URL expires. A file over 5 GiB is uploaded in parts: send each part to its URL, keep the ETag of each response, and complete the upload.\n\nTo try it in Swagger UI, save [sample.mp4](../page/sample.mp4), which the example describes, and send it with PUT /objects/{key}. If that operation is missing, videos are stored in a bucket: send the file with curl.");
        uploads.MapPost("/{uploadId}/complete", CompleteAsync)
            .Validate<CompleteUploadRequest>()
            .WithName("CompleteUpload")
            .WithSummary("Complete an upload in parts")
            .WithDescription("Assembles the file from its parts. The video exists only after this.")
            .ProducesProblems(RequestErrorCode.UploadNotFound, RequestErrorCode.ObjectExists);
        uploads.MapGet("/{uploadId}", ResumeAsync)
            .WithName("ResumeUpload")
            .WithSummary("Resume an upload in parts")
            .WithDescription("Returns the ETags of the parts that have arrived, and new presigned URLs for the others.")
            .ProducesProblems(RequestErrorCode.UploadNotFound);
        uploads.MapDelete("/{uploadId}", AbortAsync)
            .WithName("AbortUpload")
            .WithSummary("Abort an upload in parts")
            .WithDescription("Deletes the parts. A job that awaits the upload fails with upload_missing.")
            .ProducesProblems(RequestErrorCode.UploadNotFound);
    }

    private static async Task<Created<UploadResponse>> CreateAsync(CreateUploadRequest request, CreateUpload createUpload, HttpContext context)
    {
        var upload = await createUpload.RunAsync(request, context.Request.BaseUrl(), context.RequestAborted);
        return TypedResults.Created((string?)null, upload);
    }

    private static async Task<Ok<CompletedUploadResponse>> CompleteAsync(
        string uploadId, CompleteUploadRequest request, MultipartUploads uploads, CancellationToken cancellationToken) =>
        TypedResults.Ok(await uploads.CompleteAsync(IdOf(uploadId), request, cancellationToken));

    private static async Task<Ok<UploadResponse>> ResumeAsync(string uploadId, MultipartUploads uploads, HttpContext context) =>
        TypedResults.Ok(await uploads.ResumeAsync(IdOf(uploadId), context.Request.BaseUrl(), context.RequestAborted));

    private static async Task<NoContent> AbortAsync(string uploadId, MultipartUploads uploads, CancellationToken cancellationToken)
    {
        await uploads.AbortAsync(IdOf(uploadId), cancellationToken);
        return TypedResults.NoContent();
    }

    // An invalid id gets the same response as the id of a missing upload.
    private static UploadId IdOf(string text) => UploadId.TryParse(text, out var id) ? id : throw MultipartUploads.NoSuchUpload();
}
