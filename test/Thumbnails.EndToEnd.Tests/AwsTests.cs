using System.Net;
using System.Text.Json.Nodes;
using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published programs with S3 and ECS in moto.</summary>
public sealed class AwsTests(MotoAccount account, ClipLibrary clips) : IClassFixture<MotoAccount>, IClassFixture<ClipLibrary>
{
    [Fact]
    public async Task A_job_runs_from_upload_to_picture_on_S3_and_Fargate()
    {
        using var service = await StartAsync();
        var video = await service.UploadAsync(await clips.NumberedAsync());
        var accepted = await service.Client.CreateJobAsync(new JobRequest
        {
            VideoKey = video,
            Frames = [new FrameRequest { Position = "00:08", OutputName = "a/8.png" }, new FrameRequest { Position = "50%", OutputName = "a/5.jpg" }],
        });
        Assert.Equal(JobStatus.Running, accepted.Status);

        var environment = await account.EnvironmentOfAsync(accepted.Task!.Arn);
        Assert.Equal(new Dictionary<string, string> { ["STORAGE__BUCKET"] = MotoAccount.Bucket, ["JOB_ID"] = accepted.Id }, environment);
        var (code, lines) = await RunWorkerAsync(environment);
        Assert.Equal(0, code);

        var job = await service.Client.WaitAsync(accepted.Id);
        Assert.Equal(JobStatus.Succeeded, job.Status);
        Assert.Equal(accepted.Task.Arn, job.Task!.Arn);
        Assert.InRange(job.BytesRead!.Value, 1, new FileInfo(await clips.NumberedAsync()).Length);
        Assert.Equal(240, await service.NumberAsync(job.Frames[0]));
        Assert.Equal(150, await service.NumberAsync(job.Frames[1]));
        Assert.DoesNotContain([.. lines, .. service.Run.Lines], line => line.Contains("X-Amz-Signature", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_worker_runs_by_hand_from_bucket_to_bucket()
    {
        using var service = await StartAsync();
        var video = await service.UploadAsync(await clips.NumberedAsync());
        var (code, lines) = await RunWorkerAsync(new Dictionary<string, string>
        {
            ["INPUT_VIDEO_FILE_URL"] = $"s3://{MotoAccount.Bucket}/{video}",
            ["POSITION_TIME_DURATION"] = "00:03",
            ["OUTPUT_THUMBS_FILE_NAME"] = "hand.png",
            ["OUTPUT_S3_PATH"] = $"{MotoAccount.Bucket}/thumbnails/by",
        });
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.Contains("\"stored\"", StringComparison.Ordinal));

        // The picture exists now, so a job that must not replace it fails.
        var accepted = await service.Client.CreateJobAsync(
            new JobRequest { VideoKey = video, Position = 1, OutputName = "by/hand.png", IfExists = IfExists.Fail });
        await RunWorkerAsync(await account.EnvironmentOfAsync(accepted.Task!.Arn));
        var job = await service.Client.WaitAsync(accepted.Id);
        Assert.Equal("output_exists", job.Error!.Code);
    }

    [Fact]
    public async Task A_misconfigured_account_is_reported_in_one_line()
    {
        using var service = await StartAsync(("Storage__Bucket", "not-our-bucket"), ("Fargate__Cluster", "not-our-cluster"));
        using var response = await service.Http.GetAsync(new Uri("readyz", UriKind.Relative));
        var ready = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("The bucket not-our-bucket (Storage:Bucket) does not exist.", (string)ready["checks"]!["storage"]!);
        Assert.Equal("The cluster not-our-cluster (Fargate:Cluster) does not exist.", (string)ready["checks"]!["runner"]!);

        foreach (var (missing, complaint) in ((string[], string)[])[(["AWS_REGION", "AWS_ENDPOINT_URL"], "AWS_REGION must be set"), (["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"], "AWS credentials must be available")])
        {
            var environment = Environment();
            foreach (var name in missing)
                environment.Remove(name);
            var (code, lines) = await ProgramRun.ToEndAsync(Published.Api, environment);
            Assert.Equal(2, code);
            Assert.StartsWith(complaint, Assert.Single(lines, line => !line.StartsWith('{')), StringComparison.Ordinal);
        }
    }

    private Task<Service> StartAsync(params (string Name, string Value)[] settings)
    {
        var environment = Environment();
        foreach (var (name, value) in settings)
            environment[name] = value;
        return PublishedService.StartAsync(environment);
    }

    private Dictionary<string, string> Environment() => new(account.Variables)
    {
        ["Storage__Bucket"] = MotoAccount.Bucket,
        ["Auth__AllowAnonymous"] = "true",
        ["Runner__Kind"] = "fargate",
        ["Fargate__Cluster"] = MotoAccount.Cluster,
        ["Fargate__TaskDefinition"] = MotoAccount.Family,
        ["Fargate__Subnets"] = account.Subnet,
        // Hides this machine's AWS profile and instance metadata.
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private async Task<(int Code, IReadOnlyCollection<string> Lines)> RunWorkerAsync(Dictionary<string, string> environment)
    {
        var variables = new Dictionary<string, string>(account.Variables);
        foreach (var (name, value) in environment)
            variables[name] = value;
        return await ProgramRun.ToEndAsync(Published.Worker, variables);
    }
}
