using System.Globalization;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Gathers the fields of a line within their limits.</summary>
internal sealed class LineFields(LogsOptions limits)
{
    const int LongestName = 256;
    const string LeftOutName = "left_out";

    Dictionary<string, string>? _fields;
    int _leftOut;

    /// <summary>Adds one. Of several with one name, the later have a number behind it: nothing is lost.</summary>
    public void Add(string name, string value)
    {
        if (name.Length == 0)
            name = "_";
        else if (name.Length > LongestName)
            name = Truncated.Of(name, LongestName);
        _fields ??= [];
        if (_fields.Count >= limits.FieldsPerLine)
        {
            _leftOut++;
            return;
        }
        value = Truncated.Of(value, limits.LongestField);
        if (_fields.TryAdd(name, value) || _fields[name] == value)
            return;
        for (var number = 2; !_fields.TryAdd($"{name}.{number.ToString(CultureInfo.InvariantCulture)}", value);)
            number++;
    }

    /// <summary>Ends a line: its fields, null when it has none; and begins the next.</summary>
    public IReadOnlyDictionary<string, string>? Take()
    {
        var fields = _fields;
        if (_leftOut > 0)
            fields![LeftOutName] = _leftOut.ToString(CultureInfo.InvariantCulture);
        _fields = null;
        _leftOut = 0;
        return fields;
    }
}
