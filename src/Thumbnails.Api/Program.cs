using Thumbnails.Api.OpenApi;
using Thumbnails.Api;
using Thumbnails.Api.Events;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Pages;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Storyboards;
using Thumbnails.Api.Uploads;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Storage;

try
{
    // Settings are read once. To watch their files, .NET would first scan everything below the working folder.
    var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
    var settings = Settings.Read(builder.Configuration);

    builder.ConfigureKestrel();
    builder.Services
        .AddLambda()
        .AddSingleton(TimeProvider.System)
        .AddRequestLog()
        .AddProblems()
        .AddHostNames()
        .AddJson()
        .AddStorage(settings.Storage, builder.Configuration)
        .AddRunner(settings.Runner, builder.Configuration)
        .AddWebhooks(settings.Webhooks)
        .AddLifecycle(settings.Storage, settings.Lambda)
        .AddEvents(settings.Lambda)
        .AddStoryboards()
        .AddJobs()
        .AddUploads(settings.Uploads)
        .AddPage()
        .AddDocument(settings.Auth);

    var app = builder.Build();
    var store = app.Services.OpenStorage();
    if (settings.Lambda.Function == LambdaFunction.Events)
    {
        await app.Services.RunEventsFunctionAsync();
        return 0;
    }

    app.UseRejectedRequests();
    app.UseRequestLog();
    app.UseProblems();
    app.UseResponseLimit();
    app.UseHead();
    app.UseRouting();
    app.UseHostNames(settings.Auth);
    app.UseCallers(settings.Auth);
    app.UseJsonCharset();
    app.UseDocument();
    app.MapPage();
    app.MapHealth();
    app.MapStoryboards();
    var callers = app.MapForCallers();
    callers.MapUploads();
    callers.MapJobs();
    if (store is FileObjectStore files)
        app.MapObjects(files);
    await app.RunAsync(settings.Auth);
    return 0;
}
catch (Exception exception) when (exception is SettingsException || LambdaHosting.IsPresent)
{
    return await StartFailure.TellAsync(exception);
}
