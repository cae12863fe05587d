using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Web;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Core.Tests;

public sealed class FileObjectStoreTests : ObjectStoreContract, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileObjectStore _store;

    public FileObjectStoreTests() => _store = new FileObjectStore(_folder["root"], TimeProvider.System);

    protected override IObjectStore Store => _store;

    protected override IMultipartStore Multipart => _store;

    protected override async Task<string> PutPartAsync(PresignedUrl url, byte[] content)
    {
        var query = HttpUtility.ParseQueryString(url.Url.OriginalString.Split('?')[1]);
        var part = new SignedPart(query["upload"]!, Number<int>(query["part"]), Number<long>(query["offset"]));
        using var stream = new MemoryStream(content);
        return (await _store.PutPartAsync(part, stream, default))!;

        static T Number<T>(string? text)
            where T : INumber<T> => T.Parse(text!, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exactly_one_of_several_processes_wins_a_conditional_put()
    {
        const int objects = 200, processes = 4;
        var start = DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeMilliseconds();
        var racers = Enumerable.Range(0, processes).Select(_ => Process.Start(new ProcessStartInfo(
            DummyProgram.Path, ["put-if-absent", _store.Root, $"{objects}", $"{start}"])
        { RedirectStandardOutput = true })!).ToList();
        var wins = 0;
        foreach (var racer in racers)
        {
            wins += int.Parse(await racer.StandardOutput.ReadToEndAsync(), CultureInfo.InvariantCulture);
            await racer.WaitForExitAsync();
        }

        Assert.Equal(objects, wins);
        Assert.Empty(TemporaryFiles());
    }

    [Fact]
    public async Task The_file_store_raises_Created_for_each_new_object()
    {
        var (key, created) = (ObjectKey.Parse("videos/a"), new List<(ObjectKey Key, bool IsThere)>());
        _store.Created += newKey => created.Add((newKey, _store.PathOf(newKey) is not null));
        for (var i = 0; i < 2; i++)
            await _store.PutAsync(key, Stream.Null, "video/mp4", PutCondition.IfAbsent, default);
        Assert.Equal([(key, true)], created);

        var upload = new MultipartUpload(ObjectKey.Parse("videos/b"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        var eTag = await PutPartAsync(await _store.PresignPartAsync(upload, id, 1, TimeSpan.FromMinutes(1), default), [1, 2, 3]);
        for (var i = 0; i < 2; i++)
            await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag)], default);
        Assert.Equal([(key, true), (upload.Key, true)], created);
    }

    [Fact]
    public async Task Only_temporary_files_of_killed_writers_are_removed()
    {
        using var writer = Process.Start(new ProcessStartInfo(DummyProgram.Path, ["put-forever", _store.Root]) { RedirectStandardOutput = true })!;
        await writer.StandardOutput.ReadLineAsync();
        _store.RemoveLeftovers();
        Assert.Single(TemporaryFiles());

        writer.Kill();
        await writer.WaitForExitAsync();
        _store.RemoveLeftovers();
        Assert.Empty(TemporaryFiles());
    }

    [Fact]
    public async Task A_store_whose_folder_was_removed_is_unavailable()
    {
        var (upload, part) = (new MultipartUpload(Key("parts"), "video/mp4", 3, 3), new SignedPart(Guid.NewGuid().ToString("N"), 1, 0));
        Directory.Delete(_store.Root, recursive: true);
        Func<Task>[] calls =
        [
            () => _store.CheckAsync(default),
            () => _store.HeadAsync(Key("x"), default),
            () => _store.GetAsync(Key("x"), default),
            () => PutAsync(Key("x"), "x"),
            () => PutAsync(Key("x"), "x", PutCondition.IfAbsent),
            () => _store.DeleteAsync(Key("x"), default),
            () => _store.ListAsync("", null, 10, default),
            () => _store.ListAsync("contract/", null, 10, default),
            () => _store.BeginAsync(upload, default),
            () => _store.PutPartAsync(part, Stream.Null, default),
            () => _store.ListPartsAsync(upload, part.Upload, default),
            () => _store.CompleteAsync(upload, part.Upload, [], default),
            () => _store.AbortAsync(upload, part.Upload, default),
        ];

        foreach (var call in calls)
            await Assert.ThrowsAsync<StorageException>(call);
        Assert.False(Directory.Exists(_store.Root));
    }

    [Fact]
    public async Task Deleting_the_last_object_removes_its_folder()
    {
        foreach (var name in new[] { "a/b/1", "a/b/2" })
            await PutAsync(Key(name), "x");
        await _store.DeleteAsync(Key("a/b/1"), default);
        Assert.True(Directory.Exists(Path.Combine(_store.Root, Key("a/b").ToString())));
        await _store.DeleteAsync(Key("a/b/2"), default);

        Assert.Empty(Directory.GetDirectories(Path.Combine(_store.Root, "contract")));
    }

    [Fact]
    public async Task Objects_can_be_put_into_a_folder_that_is_being_removed()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.True(await PutAsync(Key($"a/b/{writer}"), "x", i % 2 == 0 ? PutCondition.IfAbsent : PutCondition.None));
                await _store.DeleteAsync(Key($"a/b/{writer}"), default);
            }
        })));
    }

    [Fact]
    public async Task A_key_that_conflicts_with_a_folder_throws_KeyConflictException()
    {
        await PutAsync(Key("a/b"), "x");

        foreach (var condition in Enum.GetValues<PutCondition>())
        {
            await Assert.ThrowsAsync<KeyConflictException>(() => PutAsync(Key("a"), "x", condition));
            await Assert.ThrowsAsync<KeyConflictException>(() => PutAsync(Key("a/b/c/d"), "x", condition));
        }

        Assert.Equal("x", await ReadAsync(Key("a/b")));
    }

    [Fact]
    public void A_store_root_that_is_a_file_throws_StorageException()
    {
        File.WriteAllText(_folder["file"], "x");

        var error = Assert.Throws<StorageException>(() => new FileObjectStore(_folder["file"], TimeProvider.System));
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);
    }

    private string[] TemporaryFiles() => Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp"));
}
