using System.Globalization;
using System.Text;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal sealed class PageWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    readonly StringBuilder _page = new(16 * 1024);

    /// <summary>What a metric is. Its unit is a comment in this version of the format.</summary>
    public void Head(Metric metric)
    {
        _page.Append("# HELP ").Append(metric.Name).Append(' ')
            .Append(metric.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        if (metric.Unit.Length > 0)
            _page.Append("# UNIT ").Append(metric.Name).Append(' ').Append(metric.Unit).Append('\n');
        _page.Append("# TYPE ").Append(metric.Name).Append(' ').Append(metric.Kind.ToString().ToLowerInvariant()).Append('\n');
    }

    public void Line(string name, string labels, double value)
    {
        _page.Append(name);
        if (labels.Length > 0)
            _page.Append('{').Append(labels).Append('}');
        _page.Append(' ').Append(Text(value)).Append('\n');
    }

    public static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public override string ToString() => _page.ToString();
}
