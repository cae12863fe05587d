using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>A client that NSwag generates from the OpenAPI document, with its default settings.</summary>
public sealed class GeneratedClientTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    [Fact]
    public async Task A_generated_client_makes_a_picture_and_reads_problems()
    {
        using var service = new Service();
        using var http = new HttpClient();
        var assembly = Compile(await GenerateAsync(await service.Client.GetStringAsync("/swagger/v1/swagger.json")));
        dynamic client = Activator.CreateInstance(assembly.GetType("Generated.ThumbnailsClient")!, http)!;
        dynamic Make(string type) => Activator.CreateInstance(assembly.GetType($"Generated.{type}")!)!;
        var file = await File.ReadAllBytesAsync(await clips.NumberedAsync());

        var request = Make("CreateUploadRequest");
        (request.FileName, request.ContentType, request.SizeBytes) = ("clip.mp4", "video/mp4", file.Length);
        var upload = await client.CreateUploadAsync(request);
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new("video/mp4") } };
        (await http.PutAsync((Uri)upload.Url, content)).EnsureSuccessStatusCode();

        var body = Make("CreateJobRequest");
        (body.VideoKey, body.Position, body.OutputName) = (upload.VideoKey, "00:01", "a.png");
        var job = await client.CreateJobAsync("wait=25", null, body);
        while (job.FinishedAt is null)
            job = await client.GetJobAsync("wait=25", job.Id);
        Assert.Equal("Succeeded", job.Status.ToString());
        Assert.Null(job.Error);
        Assert.Equal((string)job.Id, (string)Enumerable.First((await client.ListJobsAsync(null, null, null)).Jobs).Id);
        var picture = (await client.GetThumbnailAsync(job.Id, "a.png")).Stream;
        Assert.Equal(0x89, (int)picture.ReadByte());

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => (Task)client.CancelJobAsync(job.Id));
        Assert.Equal("Job_already_finished", ((dynamic)exception).Result.Code.ToString());
    }

    private static async Task<string> GenerateAsync(string json)
    {
        var document = await OpenApiDocument.FromJsonAsync(json);
        var settings = new CSharpClientGeneratorSettings { ClassName = "ThumbnailsClient", CSharpGeneratorSettings = { Namespace = "Generated" } };
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Generated", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        stream.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(stream);
    }
}
