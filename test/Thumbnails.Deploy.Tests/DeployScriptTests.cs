namespace Thumbnails.Deploy.Tests;

/// <summary>Runs deploy.sh against moto.</summary>
public sealed class DeployScriptTests(DeployAccount account) : IClassFixture<DeployAccount>
{
    [Fact]
    public async Task A_deployment_resumes_after_a_failed_change_set_and_rebuilds_nothing()
    {
        var template = await File.ReadAllTextAsync(account.Template);
        await File.WriteAllTextAsync(account.Template, template.Replace(
            "Type: AWS::S3::Bucket", "Type: AWS::S3::Bucket\n    Properties: {BucketName: !GetAtt Missing.Arn}", StringComparison.Ordinal));
        await account.CommitAsync();
        var first = await account.DeployAsync();
        Assert.Contains("failed before it changed anything", first.Errors, StringComparison.Ordinal);
        Assert.Equal((1, "REVIEW_IN_PROGRESS"), (first.ExitCode, await account.StackStatusAsync()));
        Assert.Contains("docker push", first.Calls, StringComparison.Ordinal);
        Assert.Contains("docker run", first.Calls, StringComparison.Ordinal);

        await File.WriteAllTextAsync(account.Template, template);
        await account.CommitAsync();
        var second = await account.DeployAsync();
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Equal("CREATE_COMPLETE", await account.StackStatusAsync());
        Assert.Contains("docker run", second.Calls, StringComparison.Ordinal);

        // A rollback to the previous deployment.
        var third = await account.DeployAsync();
        Assert.True(third.ExitCode == 0, third.Errors);
        Assert.DoesNotContain("docker", third.Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_rollback_is_reported_with_the_command_that_continues_it()
    {
        var run = await account.DeployAsync("STUCK=yes");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("aws cloudformation continue-update-rollback --stack-name thumbnails --region eu-central-1", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("docker", run.Calls, StringComparison.Ordinal);
    }
}
