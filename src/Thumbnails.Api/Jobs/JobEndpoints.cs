using System.Diagnostics;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

internal static class JobEndpoints
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<IValidator<CreateJobRequest>, CreateJobValidator>()
        .AddSingleton<Idempotency>()
        .AddSingleton<CreateJob>()
        .AddSingleton<GetJob>()
        .AddSingleton<ListJobs>()
        .AddSingleton<CancelJob>()
        .AddSingleton<RedeliverWebhook>()
        .AddSingleton<JobIndex>()
        .AddSingleton<StoryboardPresenter>()
        .AddSingleton<JobPresenter>()
        .AddSingleton<WebhookBody>(provider => provider.GetRequiredService<JobPresenter>().WriteAsync);

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/jobs").WithTags("Jobs");
        jobs.MapPost("", CreateAsync)
            .Validate<CreateJobRequest>()
            .WithName("CreateJob")
            .WithSummary("Create a job")
            .WithDescription("Makes pictures from an uploaded video: of single frames, a storyboard for the seek bar of a player, a preview, or all of them. Returns 202 as soon as the job is accepted. With `Prefer: wait=N`, waits up to N seconds (at most 25) for the job to end, and returns 200 if it did. With an `Idempotency-Key`, the request can be repeated safely: the same key and body return the same job.")
            .ProducesProblems(RequestErrorCode.VideoNotFound, RequestErrorCode.IdempotencyKeyReused, RequestErrorCode.IdempotencyInFlight);
        jobs.MapGet("", ListAsync)
            .WithName("ListJobs")
            .WithSummary("List jobs")
            .WithDescription("Lists jobs, newest first. Pass nextCursor as cursor to get the next page. A page may hold fewer jobs than limit although more exist, when jobs have many pictures.")
            .ProducesProblems(RequestErrorCode.ValidationFailed);
        jobs.MapGet("/{id}", GetAsync)
            .WithName("GetJob")
            .WithSummary("Get a job")
            .WithDescription("Returns the job with its status, and with presigned URLs of its pictures. With `Prefer: wait=N`, waits up to N seconds (at most 25) for the job to end.")
            .ProducesProblems(RequestErrorCode.JobNotFound, RequestErrorCode.JobUnreadable);
        jobs.MapDelete("/{id}", CancelAsync)
            .WithName("CancelJob")
            .WithSummary("Cancel a job")
            .WithDescription("Stops the task of the job. Pictures that already exist are kept.")
            .ProducesProblems(RequestErrorCode.JobNotFound, RequestErrorCode.JobUnreadable, RequestErrorCode.JobAlreadyFinished);
        jobs.MapPost("/{id}/webhook/redeliver", RedeliverAsync)
            .WithName("RedeliverWebhook")
            .WithSummary("Send a webhook again")
            .WithDescription("Sends the webhook of a job that has ended once more, whether or not it was delivered, usually at once and on AWS within a minute. If that attempt fails, the usual retries follow. See webhook in the job for the outcome. Requests made while an attempt is due or in progress lead to that attempt only.")
            .ProducesProblems(RequestErrorCode.JobNotFound, RequestErrorCode.JobUnreadable, RequestErrorCode.JobNotFinished, RequestErrorCode.CallbackUrlMissing);
        jobs.MapGet("/{id}/thumbnails/{**outputName}", GetThumbnailAsync)
            .WithName("GetThumbnail")
            .WithSummary("Get a picture")
            .WithDescription("Redirects to a presigned URL of the picture, which works without credentials for an hour. Pictures are those of the frames, the preview, and the sheets of the storyboard (`name/0.jpg`).")
            .Produces(StatusCodes.Status302Found)
            .ProducesProblems(RequestErrorCode.JobNotFound, RequestErrorCode.JobUnreadable, RequestErrorCode.ThumbnailNotFound);
    }

    private static async Task<Results<Ok<JobResponse>, Accepted<JobResponse>>> CreateAsync(
        CreateJobRequest request, CreateJob createJob, GetJob getJob, JobPresenter presenter, HttpContext context)
    {
        var wait = context.Request.PreferredWait();
        var started = Stopwatch.GetTimestamp();
        var created = await createJob.RunAsync(request, context.Request.IdempotencyKey(), context.Request.BaseUrl(), context.RequestAborted);
        var id = created.Job.Id;
        RequestLog.JobId(context, id);
        // The wait includes the time that the start took.
        var record = await getJob.AwaitEndAsync(created, (wait ?? TimeSpan.Zero) - Stopwatch.GetElapsedTime(started), context.RequestAborted);
        var job = await presenter.ShowAsync(record, context.Request.BaseUrl(), context.RequestAborted);
        var location = new Uri(context.Request.BaseUrl(), $"jobs/{id}");
        context.Response.ApplyWait(wait);
        if (wait is null || !record.Status.IsFinal())
            return TypedResults.Accepted(location, job);
        context.Response.Headers.Location = location.AbsoluteUri;
        return TypedResults.Ok(job);
    }

    private static async Task<Ok<JobResponse>> GetAsync(string id, GetJob getJob, JobPresenter presenter, HttpContext context)
    {
        var wait = context.Request.PreferredWait();
        var record = await getJob.RunAsync(IdOf(id, context), wait ?? TimeSpan.Zero, context.RequestAborted);
        context.Response.ApplyWait(wait);
        return TypedResults.Ok(await presenter.ShowAsync(record, context.Request.BaseUrl(), context.RequestAborted));
    }

    private static async Task<Ok<JobPage>> ListAsync(
        ListJobs listJobs, JobPresenter presenter, HttpContext context, string? status = null, string? limit = null, string? cursor = null)
    {
        var query = ListQuery.Parse(status, limit, cursor);
        var (records, next) = await listJobs.RunAsync(query.Status, query.Limit, query.Cursor, context.RequestAborted);
        var jobs = await Task.WhenAll(records.Select(record => presenter.ShowAsync(record, context.Request.BaseUrl(), context.RequestAborted)));
        return TypedResults.Ok(new JobPage { Jobs = jobs, NextCursor = next?.ToString() });
    }

    private static async Task<Accepted<JobResponse>> CancelAsync(string id, CancelJob cancelJob, JobPresenter presenter, HttpContext context) =>
        await AcceptedAsync(await cancelJob.RunAsync(IdOf(id, context), context.RequestAborted), presenter, context);

    private static async Task<Accepted<JobResponse>> RedeliverAsync(string id, RedeliverWebhook redeliver, JobPresenter presenter, HttpContext context) =>
        await AcceptedAsync(await redeliver.RunAsync(IdOf(id, context), context.RequestAborted), presenter, context);

    private static async Task<Accepted<JobResponse>> AcceptedAsync(JobSnapshot record, JobPresenter presenter, HttpContext context)
    {
        var job = await presenter.ShowAsync(record, context.Request.BaseUrl(), context.RequestAborted);
        return TypedResults.Accepted(new Uri(context.Request.BaseUrl(), $"jobs/{job.Id}"), job);
    }

    private static async Task<RedirectHttpResult> GetThumbnailAsync(
        string id, string outputName, GetJob getJob, IObjectStore store, HttpContext context)
    {
        var record = await getJob.RunAsync(IdOf(id, context), TimeSpan.Zero, context.RequestAborted);
        var key = context.FindIn(outputName, PictureKeys.Of(record))
            ?? throw new ApiException(RequestErrorCode.ThumbnailNotFound);
        var presigned = await store.PresignDownloadAsync(key, JobPresenter.UrlLifetime, context.RequestAborted);
        return TypedResults.Redirect(new Uri(context.Request.BaseUrl(), presigned.Url).AbsoluteUri);
    }

    // An invalid id gets the same response as the id of a missing job.
    private static JobId IdOf(string text, HttpContext context)
    {
        if (!JobId.TryParse(text, out var id))
            throw GetJob.JobNotFound();
        RequestLog.JobId(context, id);
        return id;
    }
}
