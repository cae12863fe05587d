using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Encrypted video is reported as encrypted, for every scheme that a container announces.</summary>
public sealed class EncryptionTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("cenc.mp4")]
    // A constant initialization vector: no sample has encryption data of its own.
    [InlineData("cbcs.mp4", "senc free", "saio free", "saiz free", "cenc cbcs")]
    // The boxes of Smooth Streaming are named by a UUID.
    [InlineData("piff.mp4", "senc uuid", "saio free", "saiz free", "cenc piff", "tenc uuid")]
    public async Task Encrypted_MP4_is_reported_as_encrypted(string name, params string[] replacements)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            await Ffmpeg.RunAsync(
                $"-i {await clips.NumberedAsync()} -c copy -encryption_scheme cenc-aes-ctr -encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8", path);
            var bytes = await File.ReadAllBytesAsync(path);
            foreach (var replacement in replacements)
                Replace(bytes, Encoding.ASCII.GetBytes(replacement[..4]), Encoding.ASCII.GetBytes(replacement[5..]));
            await File.WriteAllBytesAsync(path, bytes);
            return path;
        });

        await AssertIsEncryptedAsync(clip);
    }

    [Fact]
    public async Task Encrypted_WebM_is_reported_as_encrypted()
    {
        // ContentEncodings with a key id, in place of the track's name; the frames stay as they are.
        byte[] encryption = Element("6D80", Element("6240",
            [.. Element("5031", 0), .. Element("5032", 1), .. Element("5033", 1),
            .. Element("5035", [.. Element("47E1", 5), .. Element("47E2", Encoding.ASCII.GetBytes("0123456789abcdef"))])]));
        var name = new string('A', encryption.Length - 3);
        var clip = await clips.GetAsync("encrypted.webm", async path =>
        {
            await Ffmpeg.RunAsync($"-f lavfi -i testsrc2=s=160x90:r=10:d=1 -c:v libvpx -deadline realtime -cpu-used 8 -metadata:s:v title={name}", path);
            var bytes = await File.ReadAllBytesAsync(path);
            Replace(bytes, Element("536E", Encoding.ASCII.GetBytes(name)), encryption);
            await File.WriteAllBytesAsync(path, bytes);
            return path;
        });

        await AssertIsEncryptedAsync(clip);
    }

    private async Task AssertIsEncryptedAsync(string clip)
    {
        JobError? error;
        try
        {
            error = (await _pictures.MakeAsync(clip, Pictures.Request("1"))).Frames[0].Error;
        }
        catch (JobFailedException exception)
        {
            error = exception.Error;
        }

        Assert.Equal(new JobError(JobErrorCode.VideoUnreadable, "The video is encrypted. Upload it without encryption (DRM)."), error);
    }

    private static byte[] Element(string id, params byte[] content) => [.. Convert.FromHexString(id), (byte)(0x80 + content.Length), .. content];

    private static void Replace(byte[] bytes, byte[] from, byte[] to)
    {
        Assert.Equal(from.Length, to.Length);
        var index = bytes.AsSpan().IndexOf(from);
        Assert.True(index >= 0, "there is nothing to replace");
        to.CopyTo(bytes, index);
    }
}
