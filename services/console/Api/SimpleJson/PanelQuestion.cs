namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>What a panel asks for, as it was understood.</summary>
/// <param name="Range">From when until when.</param>
/// <param name="Step">Seconds of each step.</param>
/// <param name="Targets">What is shown; those that are hidden or not chosen yet are left out.</param>
/// <param name="Filters">What all of it is narrowed by.</param>
internal sealed record PanelQuestion(PanelRange Range, double Step, IReadOnlyList<PanelTarget> Targets, AdhocFilters Filters)
{
    const int MostTargets = 50, LongestTarget = 300;

    /// <summary>Reads it; what is wrong is added to the faults, with its place, and then it is not to be used.</summary>
    public static PanelQuestion Read(GrafanaQuery said, List<string> faults)
    {
        var range = PanelRange.Read(said.Range, faults);
        if (said.MaxDataPoints is { } points && !(points >= 1))
            faults.Add("maxDataPoints is 1 or more");
        if (said.IntervalMs is { } interval && !(interval >= 0))
            faults.Add("intervalMs is 0 or more");
        if (said.Targets?.Count > MostTargets)
            faults.Add($"targets are at most {MostTargets}");
        List<PanelTarget> targets = [];
        foreach (var (i, target) in (said.Targets ?? []).Take(MostTargets).Index())
            if (target is { Target: { Length: > 0 } name, Hide: not true })
                Add(targets, name, target.Type, $"targets[{i}]", faults);
        var filters = AdhocFilters.Read(said.AdhocFilters, faults);
        return new(range, faults.Count == 0 ? range.Step(said.IntervalMs, said.MaxDataPoints) : 0, targets, filters);
    }

    static void Add(List<PanelTarget> targets, string name, string? type, string place, List<string> faults)
    {
        if (name.Length > LongestTarget)
            faults.Add($"{place}.target has at most {LongestTarget} characters");
        // Its first versions spell it timeserie, and others that came of them timeseries.
        else if (type is not (null or "" or "timeserie" or "timeseries" or "table"))
            faults.Add($"{place}.type is timeserie or table");
        else
            targets.Add(new(name, type == "table"));
    }
}

/// <summary>One of the things a panel shows.</summary>
/// <param name="Name">A series, or the beginning of its name and a star, or <c>alerts</c>.</param>
/// <param name="IsTable">Whether it is wanted as a table, where there is one.</param>
internal sealed record PanelTarget(string Name, bool IsTable);
