namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>Damages a file, in the same way for the same seed.</summary>
internal static class Damage
{
    public static byte[] To(byte[] whole, int seed)
    {
        var random = new Random(seed);
        byte[] file = [.. whole];
        switch (seed % 6)
        {
            case 0: // Cut off, as an upload that broke.
                return file[..random.Next(1, file.Length)];
            case 1: // A few wrong bits anywhere.
                FlipBits(file, 32, random);
                return file;
            case 2: // A few wrong bits where the headers are.
                FlipBits(file.AsSpan(0, Math.Min(1024, file.Length)), 8, random);
                return file;
            case 3: // Or at the end, where an index may be.
                FlipBits(file.AsSpan(Math.Max(0, file.Length - 2048)), 8, random);
                return file;
            case 4: // A hole, as a disk leaves it.
                var start = random.Next(file.Length);
                file.AsSpan(start, random.Next(file.Length - start)).Clear();
                return file;
            default: // A piece missing: everything behind it is somewhere else.
                var from = random.Next(file.Length);
                return [.. file[..from], .. file[Math.Min(file.Length, from + random.Next(1, 4096))..]];
        }
    }

    private static void FlipBits(Span<byte> bytes, int count, Random random)
    {
        for (var i = 0; i < count; i++)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
    }
}
