using Thumbnails.Api.Documents;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Uploads;
using Thumbnails.Core.Storage;

try
{
    var builder = WebApplication.CreateSlimBuilder(args);
    var settings = Settings.Read(builder.Configuration);

    builder.WebHost.ConfigureListening();
    builder.Services
        .AddSingleton(settings)
        .AddSingleton(TimeProvider.System)
        .AddRequestLog()
        .AddProblems()
        .AddJson()
        .AddStorage()
        .AddRunner()
        .AddUploads()
        .AddJobs()
        .AddDocument();

    var app = builder.Build();
    app.UseRequestLog();
    app.UseProblems();
    app.UseDocument();
    app.MapUploads();
    app.MapJobs();
    app.MapHealth();
    app.MapObjects(app.Services.GetRequiredService<FileObjectStore>());
    app.Services.GetRequiredService<FileObjectStore>().RemoveLeftovers();
    await app.RunAsync();
    return 0;
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
