using Sigma.OperatorConsole.Metrics;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Metrics;

/// <summary>What the page of metrics is asked for, as its address says it.</summary>
public sealed record MetricsForm
{
    const string UsualRange = "6h";

    /// <summary>Times that can be chosen, up to now.</summary>
    internal static readonly IReadOnlyDictionary<string, TimeSpan> Ranges = new Dictionary<string, TimeSpan>
    {
        ["1h"] = TimeSpan.FromHours(1), [UsualRange] = TimeSpan.FromHours(6), ["1d"] = TimeSpan.FromDays(1), ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    /// <summary>A series, or the beginning of its name and a star.</summary>
    public string Name { get; init; } = "";

    /// <summary>Labels, separated by spaces.</summary>
    public string Labels { get; init; } = "";

    /// <summary>One of <see cref="Ranges"/>.</summary>
    public string Last { get; init; } = UsualRange;

    /// <summary>The place of a page.</summary>
    public string? After { get; init; }

    internal static MetricsForm Read(IQueryCollection query) => new()
    {
        Name = $"{query["name"]}".Trim(), Labels = $"{query["labels"]}".Trim(),
        Last = query["last"] is [{ } last] && Ranges.ContainsKey(last) ? last : UsualRange,
        After = query["after"] is [{ Length: > 0 } after] ? after : null,
    };

    /// <summary>Null when the labels are none.</summary>
    internal SeriesQuestion? Question(DateTimeOffset now) =>
        MetricsApi.Labels(Labels.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { } labels
            ? new(Name, labels, now - Ranges[Last], now) : null;

    /// <summary>The address of one series.</summary>
    internal string Of(ArchivedSeries series) =>
        (this with { Name = series.Name, Labels = string.Join(' ', series.Labels.Select(label => $"{label.Key}={label.Value}")) }).Address();

    internal string Address(string? after = null) => new RequestPath("series").With("name", Said(Name)).With("labels", Said(Labels))
        .With("last", Last == UsualRange ? null : Last).With("after", after).ToString();

    static string? Said(string text) => text.Length == 0 ? null : text;
}
