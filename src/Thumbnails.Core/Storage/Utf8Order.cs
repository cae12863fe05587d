namespace Thumbnails.Core.Storage;

/// <summary>Orders strings by their UTF-8 bytes, which differs from UTF-16 order only for characters beyond U+FFFF.</summary>
internal static class Utf8Order
{
    public static readonly IComparer<string> Descending = Comparer<string>.Create((x, y) => Compare(y, x));

    public static int Compare(ReadOnlySpan<char> x, ReadOnlySpan<char> y)
    {
        var common = x.CommonPrefixLength(y);
        return common == x.Length || common == y.Length
            ? x.Length - y.Length
            : Rank(x[common]) - Rank(y[common]);
    }

    // Surrogates encode characters that sort after all others.
    private static int Rank(char value) => char.IsSurrogate(value) ? value + 0x10000 : value;
}
