using System.Diagnostics.Metrics;
using System.Text;

namespace Sigma.Hosting.Telemetry.Scraping;

/// <summary>An instrument's name in Prometheus, by OpenTelemetry's rules: the same that a collector's Prometheus exporter gives it.</summary>
internal static class MetricName
{
    static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes", ["kBy"] = "kilobytes", ["MBy"] = "megabytes",
        ["%"] = "percent",
    };

    /// <summary>
    /// <c>sigma.fetcher.poll.duration</c> in <c>s</c> is <c>sigma_fetcher_poll_duration_seconds</c>; a counter ends with <c>_total</c>.
    /// </summary>
    public static (string Name, string Unit) Of(Instrument instrument, Kind kind)
    {
        var unit = UnitOf(instrument.Unit, kind);
        var name = Clean(instrument.Name, "_");
        if (kind == Kind.Counter && name.EndsWith("_total", StringComparison.Ordinal))
            name = name[..^"_total".Length];
        if (unit.Length > 0 && !name.Split('_').Contains(unit))
            name += "_" + unit;
        return (kind == Kind.Counter ? name + "_total" : name, unit);
    }

    /// <summary><c>http.route</c> is <c>http_route</c>.</summary>
    public static string Label(string tag) => Clean(tag, "key_");

    static string UnitOf(string? unit, Kind kind) => unit switch
    {
        null or "" => "",
        ['{', ..] => "", // only says what is counted
        "1" => kind == Kind.Gauge ? "ratio" : "",
        _ => Units.GetValueOrDefault(unit) ?? Clean(unit, "").Trim('_'),
    };

    static string Clean(string name, string beforeDigit)
    {
        var clean = new StringBuilder(name.Length + 4);
        foreach (var c in name)
            clean.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return clean.Length > 0 && char.IsAsciiDigit(clean[0]) ? beforeDigit + clean : clean.ToString();
    }
}

/// <summary>What a metric is to Prometheus.</summary>
internal enum Kind
{
    Counter,
    Gauge,
    Histogram,
}
