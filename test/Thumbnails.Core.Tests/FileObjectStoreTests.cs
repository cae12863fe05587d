using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Web;
using Thumbnails.Core.Jobs;
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

    protected override async Task<string> PutPartAsync(PresignedUrl address, byte[] content)
    {
        var query = HttpUtility.ParseQueryString(address.Url.OriginalString.Split('?')[1]);
        var part = new SignedPart(query["upload"]!, Number<int>(query["part"]), Number<long>(query["offset"]));
        using var stream = new MemoryStream(content);
        return (await _store.PutPartAsync(part, stream, default))!;

        static T Number<T>(string? text)
            where T : INumber<T> => T.Parse(text!, CultureInfo.InvariantCulture);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_conditional_puts_by_several_processes_exactly_one_wins()
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
    public async Task It_tells_of_each_object_that_it_has_put_in_place()
    {
        var (key, told) = (ObjectKey.Parse("videos/a"), new List<(ObjectKey Key, bool IsThere)>());
        _store.Created += created => told.Add((created, _store.PathOf(created) is not null));
        for (var i = 0; i < 2; i++)
            await _store.PutAsync(key, Stream.Null, "video/mp4", PutCondition.IfAbsent, default);
        Assert.Equal([(key, true)], told);

        var upload = new MultipartUpload(ObjectKey.Parse("videos/b"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        var eTag = await PutPartAsync(await _store.PresignPartAsync(upload, id, 1, TimeSpan.FromMinutes(1), default), [1, 2, 3]);
        for (var i = 0; i < 2; i++)
            await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag)], default);
        Assert.Equal([(key, true), (upload.Key, true)], told);
    }

    [Fact]
    public async Task A_symbolic_link_leads_nowhere()
    {
        File.WriteAllText(_folder["secret.txt"], "secret");
        Directory.CreateDirectory(Path.Combine(_store.Root, "videos"));
        File.CreateSymbolicLink(Path.Combine(_store.Root, "videos", "link.txt"), _folder["secret.txt"]);
        Directory.CreateSymbolicLink(Path.Combine(_store.Root, "videos", "folder"), _folder.Path);

        foreach (var key in new[] { "videos/link.txt", "videos/folder/secret.txt" })
        {
            Assert.Null(await _store.HeadAsync(ObjectKey.Parse(key), default));
            Assert.Null(await _store.GetAsync(ObjectKey.Parse(key), default));
            await Assert.ThrowsAsync<StorageException>(() => PutAsync(ObjectKey.Parse(key), "x"));
        }

        Assert.Empty(await _store.ListAsync("videos/", null, 10, default));
        Assert.Equal("secret", File.ReadAllText(_folder["secret.txt"]));
    }

    [Fact]
    public async Task The_stores_own_folder_holds_no_objects()
    {
        var key = ObjectKey.Parse(".store/signing-key");

        Assert.Null(await _store.GetAsync(key, default));
        await Assert.ThrowsAsync<StorageException>(() => PutAsync(key, "x"));
        Assert.Empty(await _store.ListAsync("", null, 10, default));
    }

    [Fact]
    public void The_signing_key_stays_the_same_and_only_its_owner_reads_it()
    {
        var path = Path.Combine(_store.Root, ".store", "signing-key");
        var before = File.ReadAllBytes(path);
        _ = new FileObjectStore(_store.Root, TimeProvider.System);

        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Only_its_owner_reads_a_secret()
    {
        await PutAsync(ObjectKeys.UploadSigningKey(), "x");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_store.PathOf(ObjectKeys.UploadSigningKey())!));
    }

    [Fact]
    public async Task Temporary_files_of_killed_writers_are_removed_and_those_of_others_stay()
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
    public async Task A_part_that_comes_late_does_not_change_the_object()
    {
        var upload = new MultipartUpload(Key("video"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        using var slow = new PausingStream([9, 9, 9]);
        var late = _store.PutPartAsync(new SignedPart(id, 1, 0), slow, default);
        var eTag = await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([1, 2, 3]), default);
        Assert.Equal(MultipartOutcome.Completed, await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag!)], default));
        slow.Resume();

        Assert.Null(await late);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_store.Root, ".store", "multipart")));
        Assert.Empty(TemporaryFiles());
    }

    [Fact]
    public async Task Of_racing_parts_the_object_holds_the_one_that_its_ETag_names()
    {
        for (var round = 0; round < 20; round++)
        {
            var upload = new MultipartUpload(Key($"race/{round}"), "video/mp4", 1_000_000, 1_000_000);
            var id = await _store.BeginAsync(upload, default);
            byte? winner = null;
            await Task.WhenAll(Enumerable.Range(1, 3).Select(value => Task.Run(async () =>
            {
                var content = new byte[upload.Length];
                content.AsSpan().Fill((byte)value);
                if (await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream(content), default) is { } eTag
                    && await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag)], default) == MultipartOutcome.Completed)
                    winner ??= (byte)value;
            })));

            Assert.NotNull(winner);
            Assert.DoesNotContain(await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!), value => value != winner);
        }
    }

    [Fact]
    public async Task An_upload_whose_completion_was_killed_can_be_completed_again()
    {
        var upload = new MultipartUpload(Key("video"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        var part = new UploadedPart(1, (await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([1, 2, 3]), default))!);
        var folder = Path.Combine(_store.Root, ".store", "multipart", id);
        File.Move(Path.Combine(folder, "data"), Path.Combine(folder, "complete"));
        Assert.Null(await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([9, 9, 9]), default));

        Assert.Equal(MultipartOutcome.Completed, await _store.CompleteAsync(upload, id, [part], default));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_goes_with_its_last_object()
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
    public async Task A_name_that_is_a_folder_already_is_a_clear_error()
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
    public void A_root_that_cannot_be_a_folder_is_a_clear_error()
    {
        File.WriteAllText(_folder["file"], "x");

        var error = Assert.Throws<StorageException>(() => new FileObjectStore(_folder["file"], TimeProvider.System));
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);
    }

    private string[] TemporaryFiles() => Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp"));

    /// <summary>Hands out its first byte, and the others after it was resumed.</summary>
    private sealed class PausingStream(byte[] content) : MemoryStream(content)
    {
        private readonly TaskCompletionSource _resumed = new();

        public void Resume() => _resumed.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
                await _resumed.Task;
            return await base.ReadAsync(Position > 0 ? buffer : buffer[..1], cancellationToken);
        }
    }
}
