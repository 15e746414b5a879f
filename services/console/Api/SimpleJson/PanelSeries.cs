using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Metrics;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>Series of the archive as panels show them. Who sees a part only sees none, as on the page Metrics.</summary>
internal sealed class PanelSeries(SampleQuery samples)
{
    const int Page = 1_000, MostPages = 20, MostNames = 2_000;

    static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>Names of series of the last day that begin so.</summary>
    public async Task<IReadOnlyList<string>> Names(string start, Caller caller, CancellationToken ct)
    {
        SortedSet<string> names = new(StringComparer.Ordinal);
        if (!caller.Limits.IsNone)
            return [];
        string? after = null;
        for (var page = 0; page < MostPages && names.Count < MostNames; page++)
        {
            var found = await samples.Series(new(start.Length == 0 ? "" : $"{start}*", NoLabels, null, null), after, Page, caller, ct);
            foreach (var series in found.Items)
                names.Add(series.Name);
            if ((after = found.Next) is null)
                break;
        }
        return [.. names.Take(MostNames)];
    }

    /// <summary>Labels of the first series of the last day.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Labels(Caller caller, CancellationToken ct) => caller.Limits.IsNone
        ? [.. (await samples.Series(new("", NoLabels, null, null), null, Page, caller, ct)).Items.Select(series => series.Labels)] : [];

    /// <summary>The values of all series that a target means, one answer each.</summary>
    public async Task<IReadOnlyList<GrafanaAnswer>> Values(string target, PanelQuestion question, Caller caller, CancellationToken ct)
    {
        if (!caller.Limits.IsNone || question.Filters.Equal is not { } labels)
            return [];
        var (from, to) = question.Range;
        var found = await samples.Samples(new(target, labels, from, to), question.Step, caller, ct);
        List<ArchivedPoints> fitting = [.. found.Series.Where(series => question.Filters.Fit(series.Labels.GetValueOrDefault))];
        var several = fitting.CountBy(series => series.Name, StringComparer.Ordinal).Where(name => name.Value > 1).Select(name => name.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. fitting.Select(series => new GrafanaAnswer
        {
            Target = several.Contains(series.Name) ? Title(series) : series.Name,
            Datapoints = [.. series.Points.Select(point => (IReadOnlyList<double>)[point.Avg, point.At.ToUnixTimeMilliseconds()])],
        })];
    }

    static string Title(ArchivedPoints series) => $"{series.Name}{{{string.Join(", ", series.Labels.OrderBy(label => label.Key,
        StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}}}";
}
