using System.Globalization;

namespace Sigma.Gateway.Metrics;

/// <summary>How Prometheus writes a number in a label such as <c>le</c>.</summary>
internal static class SeriesNumber
{
    public static string Text(double number) =>
        double.IsPositiveInfinity(number) ? "+Inf" : double.IsNegativeInfinity(number) ? "-Inf" : number.ToString("R", CultureInfo.InvariantCulture);
}
