namespace Thumbnails.Worker.Frames;

/// <summary>A small copy of a frame and its characteristics.</summary>
internal sealed class Sample
{
    private const int BinsPerChannel = 32;

    // A frame is blank if its luma hardly varies: black, white, a single color, or an almost completed fade.
    private const double BlankDeviation = 8;
    private const double DarkMean = 20, BrightMean = 238;

    private readonly double[] _histogram = new double[3 * BinsPerChannel];

    public Sample(TimeSpan position, ReadOnlySpan<byte> rgb)
    {
        Position = position;
        double sum = 0, squares = 0;
        var pixels = rgb.Length / 3;
        for (var i = 0; i + 2 < rgb.Length; i += 3)
        {
            for (var channel = 0; channel < 3; channel++)
                _histogram[channel * BinsPerChannel + rgb[i + channel] * BinsPerChannel / 256] += 1.0 / pixels;
            var luma = 0.2126 * rgb[i] + 0.7152 * rgb[i + 1] + 0.0722 * rgb[i + 2];
            sum += luma;
            squares += luma * luma;
        }

        Mean = sum / pixels;
        Deviation = Math.Sqrt(Math.Max(0, squares / pixels - Mean * Mean));
    }

    public TimeSpan Position { get; }

    public double Mean { get; }

    public double Deviation { get; }

    public bool IsBlank => Deviation < BlankDeviation || (Mean is < DarkMean or > BrightMean && Deviation < 2 * BlankDeviation);

    /// <summary>
    /// Returns the sample whose colors are closest to the average of all non-blank samples; if all are blank, the one with the
    /// most variation.
    /// </summary>
    public static Sample MostRepresentative(IReadOnlyCollection<Sample> samples)
    {
        var candidates = samples.Where(sample => !sample.IsBlank).ToList();
        if (candidates.Count == 0)
            return samples.MaxBy(sample => sample.Deviation)!;
        var mean = Enumerable.Range(0, 3 * BinsPerChannel).Select(bin => candidates.Average(sample => sample._histogram[bin])).ToArray();
        return candidates.MinBy(sample => sample._histogram.Zip(mean, (a, b) => (a - b) * (a - b)).Sum())!;
    }
}
