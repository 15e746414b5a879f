using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>
/// Builds the labels of lines: names in lower case, no more and no longer than allowed, the integration's own over the sender's. Lines with the same
/// labels share one dictionary.
/// </summary>
internal sealed class LineLabels(Integration integration, LogsOptions limits)
{
    const int LongestName = 64, LongestValue = 256;

    readonly Dictionary<string, string> _own = Own(integration);
    readonly List<KeyValuePair<string, string>> _labels = [];
    IReadOnlyDictionary<string, string>? _last;

    /// <summary>Begins the labels of another line.</summary>
    public void Clear() => _labels.Clear();

    /// <summary>
    /// Sets one. Of several with one name the first counts. Not, if it does not fit: then it is a field.
    /// </summary>
    public bool Set(string name, string value)
    {
        if (value.Length == 0)
            return true;
        name = Name(name);
        if (name.Length is 0 or > LongestName || value.Length > LongestValue)
            return false;
        foreach (var label in _labels)
            if (label.Key == name)
                return label.Value == value;
        if (_labels.Count >= limits.LabelsPerLine)
            return false;
        _labels.Add(new(name, value));
        return true;
    }

    /// <summary>Value of one that is set; null when it is not.</summary>
    public string? Find(string name)
    {
        foreach (var label in _labels)
            if (label.Key == name)
                return label.Value;
        return null;
    }

    /// <summary>All that are set, and the integration's.</summary>
    public IReadOnlyDictionary<string, string> Build()
    {
        if (_last is not null && IsAsBefore(_last))
            return _last;
        var built = new Dictionary<string, string>(_labels.Count + _own.Count);
        foreach (var (name, value) in _labels)
            built[name] = value;
        foreach (var (name, value) in _own)
            built[name] = value;
        return _last = built;
    }

    /// <summary>A label's name: lower case, and an underscore for what no name has.</summary>
    public static string Name(string name)
    {
        foreach (var character in name)
            if (!IsOfAName(character))
                return string.Create(name.Length, name, (to, from) =>
                {
                    for (var at = 0; at < to.Length; at++)
                        to[at] = IsOfAName(from[at]) ? from[at] : char.IsAsciiLetterUpper(from[at]) ? char.ToLowerInvariant(from[at]) : '_';
                });
        return name;
    }

    static bool IsOfAName(char character) => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.' or '-';

    bool IsAsBefore(IReadOnlyDictionary<string, string> last)
    {
        var same = _own.Count;
        foreach (var (name, value) in _labels)
        {
            if (_own.ContainsKey(name))
                continue;
            if (!last.TryGetValue(name, out var before) || before != value)
                return false;
            same++;
        }
        return same == last.Count;
    }

    static Dictionary<string, string> Own(Integration integration)
    {
        Dictionary<string, string> own = [];
        foreach (var (name, value) in integration.Labels)
            own[Name(name)] = value;
        return own;
    }
}
