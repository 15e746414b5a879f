namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>What a dashboard narrows all its panels by.</summary>
internal sealed class AdhocFilters
{
    const int Most = 20, Longest = 300;

    readonly Dictionary<string, string> _equal = new(StringComparer.Ordinal);
    readonly List<(string Name, string Value)> _different = [];
    bool _isImpossible;

    /// <summary>What must be equal: the archive is asked for that. Null when two filters contradict each other, so that nothing fits.</summary>
    public IReadOnlyDictionary<string, string>? Equal => _isImpossible ? null : _equal;

    /// <summary>Reads them; what is wrong is added to the faults, with its place.</summary>
    public static AdhocFilters Read(IReadOnlyList<GrafanaFilter?>? said, List<string> faults)
    {
        AdhocFilters filters = new();
        if (said?.Count > Most)
            faults.Add($"adhocFilters are at most {Most}");
        foreach (var (i, filter) in (said ?? []).Take(Most).Index())
        {
            var place = $"adhocFilters[{i}]";
            if (filter?.Key is not { Length: > 0 and <= Longest } key)
                faults.Add($"{place}.key is a text of 1 to {Longest} characters");
            else if (filter.Value is not { Length: <= Longest } value)
                faults.Add($"{place}.value is a text of at most {Longest} characters");
            else if (filter.Operator is not ("=" or "!="))
                faults.Add($"{place}.operator is = or !=");
            else
                filters.Add(key.ToLowerInvariant(), value, filter.Operator == "="); // names of labels are in lower case here
        }
        return filters;
    }

    /// <summary>Whether what has these labels or fields fits; the value of one that is not there is empty.</summary>
    public bool Fit(Func<string, string?> value)
    {
        if (_isImpossible)
            return false;
        foreach (var (name, wanted) in _equal)
            if ((value(name) ?? "") != wanted)
                return false;
        foreach (var (name, unwanted) in _different)
            if ((value(name) ?? "") == unwanted)
                return false;
        return true;
    }

    void Add(string name, string value, bool isEqual)
    {
        if (!isEqual)
            _different.Add((name, value));
        else if (!_equal.TryAdd(name, value) && _equal[name] != value)
            _isImpossible = true;
    }
}
