using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>What a dashboard can be narrowed by: fields and labels of the alerts that are raised, and labels of series.</summary>
internal sealed class PanelTags(PanelAlerts alerts, PanelSeries series)
{
    const int MostKeys = 500, MostValues = 1_000;

    /// <summary>Their names.</summary>
    public async Task<IReadOnlyList<string>> Keys(Caller caller, CancellationToken ct)
    {
        SortedSet<string> keys = new(StringComparer.Ordinal);
        foreach (var alert in alerts.All(caller))
        {
            foreach (var field in BoardFields.All)
                if (alert.Field(field) is { Length: > 0 })
                    keys.Add(field);
            keys.UnionWith(alert.Labels.Keys);
        }
        foreach (var labels in await series.Labels(caller, ct))
            keys.UnionWith(labels.Keys);
        return [.. keys.Take(MostKeys)];
    }

    /// <summary>The values of one.</summary>
    public async Task<IReadOnlyList<string>> Values(string key, Caller caller, CancellationToken ct)
    {
        SortedSet<string> values = new(StringComparer.Ordinal);
        foreach (var alert in alerts.All(caller))
            if (alert.Field(key) is { Length: > 0 } value)
                values.Add(value);
        foreach (var labels in await series.Labels(caller, ct))
            if (labels.GetValueOrDefault(key) is { Length: > 0 } value)
                values.Add(value);
        return [.. values.Take(MostValues)];
    }
}
