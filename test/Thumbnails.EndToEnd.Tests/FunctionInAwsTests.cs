using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published API as a Lambda function, with S3 and ECS in moto.</summary>
public sealed class FunctionInAwsTests(MotoAccount account, ClipLibrary clips) : IClassFixture<MotoAccount>, IClassFixture<ClipLibrary>
{
    private const string Api = "https://id.execute-api.us-east-1.amazonaws.com";

    [Fact]
    public async Task The_Lambda_API_runs_a_job_from_upload_to_task()
    {
        await using var function = await StartAsync();
        var video = await UploadAsync(function);

        var (accepted, job) = await function.SendJsonAsync(
            "POST", "/jobs", $$"""{"videoKey":"{{video}}","position":"00:01","outputName":"a/1.png"}""");
        Assert.Equal((202, "running"), (accepted.Status, (string)job["status"]!));
        Assert.Equal($"{Api}/jobs/{job["id"]}", accepted.Headers["Location"]);
        Assert.Equal((string)job["id"]!, (await account.EnvironmentOfAsync((string)job["task"]!["arn"]!))["JOB_ID"]);

        var (canceled, ended) = await function.SendJsonAsync("DELETE", $"/jobs/{job["id"]}");
        Assert.Equal((202, "canceled"), (canceled.Status, (string)ended["status"]!));
        Assert.Empty(function.Lambda.Violations);
        Assert.DoesNotContain(function.Run.Lines, line => line.Contains("X-Amz-Signature", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_waiting_request_ends_before_the_deadline_of_the_function()
    {
        await using var function = await StartAsync();
        var (_, job) = await function.SendJsonAsync(
            "POST", "/jobs", $$"""{"videoKey":"{{await UploadAsync(function)}}","position":1,"outputName":"a.png"}""");

        await using var hurried = await StartAsync(secondsLeft: 15);
        var (response, seen) = await hurried.SendJsonAsync("GET", $"/jobs/{job["id"]}", wait: 25);

        Assert.Equal((200, "running"), (response.Status, (string)seen["status"]!));
        Assert.Matches("^wait=([0-9]|1[0-2])$", response.Headers["Preference-Applied"]);
    }

    private Task<PublishedFunction> StartAsync(int secondsLeft = 30) => PublishedFunction.StartAsync(
        new Dictionary<string, string>(account.Variables) { ["Fargate__Subnets"] = account.Subnet }, secondsLeft: secondsLeft);

    private async Task<string> UploadAsync(PublishedFunction function)
    {
        var clip = await File.ReadAllBytesAsync(await clips.NumberedAsync());
        var (created, upload) = await function.SendJsonAsync(
            "POST", "/uploads", $$"""{"fileName":"clip.mp4","contentType":"video/mp4","sizeBytes":{{clip.Length}}}""");
        Assert.Equal(201, created.Status);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)upload["url"]!) { Content = new ByteArrayContent(clip) };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string)value!))
                request.Content.Headers.TryAddWithoutValidation(name, (string)value!);
        }

        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (string)upload["videoKey"]!;
    }
}
