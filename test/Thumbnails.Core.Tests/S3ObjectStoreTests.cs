using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.S3;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;
using Thumbnails.TestKit;

namespace Thumbnails.Core.Tests;

/// <summary>The contract on S3, and tests of what is specific to S3.</summary>
public abstract class S3ObjectStoreContract : ObjectStoreContract, IDisposable
{
    private readonly HttpClient _http = new();
    private readonly IAmazonS3 _client;
    private readonly S3ObjectStore _store;

    protected S3ObjectStoreContract(string endpoint, string bucket, AWSCredentials? credentials)
    {
        var config = new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1" };
        _client = S3Clients.Adapt(credentials is null ? new AmazonS3Client(config) : new AmazonS3Client(credentials, config));
        _store = new S3ObjectStore(_client, bucket);
    }

    protected override IObjectStore Store => _store;

    protected override IMultipartStore Multipart => _store;

    protected override async Task<string> PutPartAsync(PresignedUrl url, byte[] content)
    {
        using var response = await _http.PutAsync(url.Url, new ByteArrayContent(content));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return response.Headers.ETag!.Tag.Trim('"');
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [ContractFact]
    public async Task Presigned_URLs_upload_and_download_an_object()
    {
        var key = Key("my video.mp4");
        var url = await Store.PresignUploadAsync(key, 5, "video/mp4", TimeSpan.FromMinutes(5), default);
        Assert.Equal(200, await PutAsync(url, "hello"));
        Assert.InRange(url.ExpiresAt, DateTimeOffset.UtcNow.AddMinutes(4), DateTimeOffset.UtcNow.AddMinutes(6));

        var download = await Store.PresignDownloadAsync(key, TimeSpan.FromMinutes(5), default);
        using var response = await _http.GetAsync(download.Url);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.MediaType);
    }

    [ContractFact]
    public async Task An_S3_object_can_be_read_in_ranges()
    {
        var key = Key("pieces");
        await PutAsync(key, "0123456789");
        var pieces = await _store.OpenRangedAsync(key, default);

        Assert.Equal(10, pieces!.Length);
        Assert.Equal("345"u8.ToArray(), await pieces.ReadAsync(3, 3, default));
        Assert.Null(await _store.OpenRangedAsync(Key("nothing"), default));

        await PutAsync(key, "abcdefghij");
        await Assert.ThrowsAsync<StorageException>(() => pieces.ReadAsync(0, 1, default));
    }

    [ContractFact]
    public async Task A_missing_bucket_is_reported_by_name()
    {
        var other = new S3ObjectStore(_client, "no-such-bucket-of-ours");

        var error = await Assert.ThrowsAsync<StorageException>(() => other.CheckAsync(default));
        Assert.Equal("The bucket no-such-bucket-of-ours (Storage:Bucket) does not exist.", error.Message);
        await Assert.ThrowsAsync<StorageException>(() => other.GetAsync(Key("x"), default));
    }

    private async Task<int> PutAsync(PresignedUrl url, string text)
    {
        using var content = new StringContent(text);
        using var request = new HttpRequestMessage(HttpMethod.Put, url.Url) { Content = content };
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(url.Headers["Content-Type"]);
        request.Headers.Add("If-None-Match", url.Headers["If-None-Match"]);
        using var response = await _http.SendAsync(request);
        return (int)response.StatusCode;
    }
}

[Collection(nameof(OnMoto))]
public sealed class MotoS3ObjectStoreTests(MotoFixture moto) : S3ObjectStoreContract(moto.Url, MotoFixture.Bucket, MotoFixture.Credentials);

[RequiresVariable("TEST_S3_ENDPOINT")]
public sealed class NamedS3ObjectStoreTests() : S3ObjectStoreContract(
    Environment.GetEnvironmentVariable("TEST_S3_ENDPOINT")!, Environment.GetEnvironmentVariable("TEST_S3_BUCKET")!, null);

[CollectionDefinition(nameof(OnMoto))]
public sealed class OnMoto : ICollectionFixture<MotoFixture>;

public sealed class MotoFixture : IAsyncLifetime
{
    public const string Bucket = "thumbnails";

    public static readonly AWSCredentials Credentials = new BasicAWSCredentials("key", "secret");

    private MotoServer? _moto;

    public string Url => _moto!.Url.ToString();

    public async Task InitializeAsync()
    {
        _moto = await MotoServer.StartAsync();
        using var client = new AmazonS3Client(Credentials, new AmazonS3Config { ServiceURL = Url, ForcePathStyle = true });
        await client.PutBucketAsync(Bucket);
    }

    public Task DisposeAsync()
    {
        _moto?.Dispose();
        return Task.CompletedTask;
    }
}
