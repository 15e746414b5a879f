using System.Text;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>Names of OpenTelemetry's metrics and attributes as Prometheus writes them: letters, digits and <c>_</c>, unit and kind.</summary>
internal static class OtlpNames
{
    static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds",
        ["ns"] = "nanoseconds", ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes", ["TiBy"] = "tibibytes",
        ["KBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes", ["TBy"] = "terabytes", ["m"] = "meters", ["V"] = "volts",
        ["A"] = "amperes", ["J"] = "joules", ["W"] = "watts", ["g"] = "grams", ["Cel"] = "celsius", ["Hz"] = "hertz", ["%"] = "percent",
    };

    static readonly Dictionary<string, string> Per = new(StringComparer.Ordinal)
    {
        ["s"] = "second", ["m"] = "minute", ["min"] = "minute", ["h"] = "hour", ["d"] = "day", ["w"] = "week", ["mo"] = "month", ["y"] = "year",
    };

    /// <summary>A metric's name.</summary>
    /// <param name="name">As its sender calls it, such as <c>http.server.duration</c>.</param>
    /// <param name="unit">Its unit, such as <c>s</c> or <c>By/s</c>; what is in braces is no unit.</param>
    /// <param name="isTotal">Whether it only grows.</param>
    /// <param name="isGauge">Whether it goes up and down.</param>
    public static string Metric(string name, string unit, bool isTotal, bool isGauge)
    {
        List<string> words = [.. Plain(name, ":").Split('_', StringSplitOptions.RemoveEmptyEntries)];
        if (words.Count == 0)
            return "";
        AddUnit(words, unit);
        if (isGauge && unit == "1")
            MoveToEnd(words, "ratio");
        if (isTotal)
            MoveToEnd(words, "total");
        var text = string.Join('_', words);
        return char.IsAsciiDigit(text[0]) ? $"_{text}" : text;
    }

    /// <summary>A label's name.</summary>
    public static string Label(string attribute)
    {
        var text = Plain(attribute, "");
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? $"key_{text}" : text;
    }

    static void AddUnit(List<string> words, string unit)
    {
        var (what, per) = unit.Split('/', 2) is [var first, var second] ? (first, second) : (unit, "");
        var main = Word(what, Units);
        if (main.Length > 0 && !words.Contains(main))
            words.Add(main);
        var rate = Word(per, Per);
        if (rate.Length > 0 && !words.Contains(rate))
            words.AddRange(["per", rate]);
    }

    static string Word(string unit, Dictionary<string, string> known)
    {
        unit = unit.Trim();
        return unit.Contains('{', StringComparison.Ordinal) || unit == "1" ? ""
            : known.TryGetValue(unit, out var word) ? word : Plain(unit, "").Trim('_');
    }

    static void MoveToEnd(List<string> words, string word)
    {
        words.Remove(word);
        words.Add(word);
    }

    static string Plain(string text, string alsoAllowed)
    {
        StringBuilder plain = new(text.Length);
        foreach (var letter in text)
            plain.Append(char.IsAsciiLetterOrDigit(letter) || alsoAllowed.Contains(letter, StringComparison.Ordinal) ? letter : '_');
        return plain.ToString();
    }
}
