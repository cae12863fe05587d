using System.Globalization;

namespace Thumbnails.Benchmarks;

/// <summary>Repeated measurements of one quantity. Measurements are noisy, so quote the median.</summary>
internal sealed class Figures(string name, string unit)
{
    private readonly List<double> _values = [];

    public double Median => _values.Order().ElementAt(_values.Count / 2);

    public void Add(double value) => _values.Add(value);

    public void Print() => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-52} {Median,8:0.0##} {unit}   (min {_values.Min():0.0##}, max {_values.Max():0.0##}, {_values.Count} runs)"));
}
