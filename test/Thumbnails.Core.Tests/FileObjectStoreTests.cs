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
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
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
    public void Leftovers_of_killed_writers_are_removed()
    {
        var old = Path.Combine(_store.Root, ".store", "tmp", "old");
        var young = Path.Combine(_store.Root, ".store", "tmp", "young");
        File.WriteAllText(old, "x");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        File.WriteAllText(young, "x");
        _store.RemoveLeftovers();

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public async Task A_name_that_is_a_folder_already_is_a_clear_error()
    {
        await PutAsync(Key("a/b"), "x");

        await Assert.ThrowsAsync<StorageException>(() => PutAsync(Key("a"), "x"));
        await Assert.ThrowsAsync<StorageException>(() => PutAsync(Key("a/b/c"), "x"));
        Assert.Equal("x", await ReadAsync(Key("a/b")));
    }

    [Fact]
    public void A_root_that_cannot_be_a_folder_is_a_clear_error()
    {
        File.WriteAllText(_folder["file"], "x");

        var error = Assert.Throws<StorageException>(() => new FileObjectStore(_folder["file"], TimeProvider.System));
        Assert.Contains(_folder["file"], error.Message, StringComparison.Ordinal);
    }
}
