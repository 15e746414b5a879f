using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>A place in a JSON text: a pointer (RFC 6901), or names with dots and numbers in brackets.</summary>
internal sealed partial class JsonPlace(IReadOnlyList<string> steps)
{
    /// <summary>Null when the text is neither.</summary>
    public static JsonPlace? Read(string text)
    {
        if (text.Length == 0)
            return new([]);
        if (text[0] == '/')
            return new([.. text[1..].Split('/').Select(step => step.Replace("~1", "/").Replace("~0", "~"))]);
        var path = text.StartsWith("$.", StringComparison.Ordinal) ? text[2..] : text;
        return Path().IsMatch(path) ? new([.. Step().Matches(path).Select(step => step.Value.Trim('[', ']', '.'))]) : null;
    }

    /// <summary>What is there; null when nothing is.</summary>
    public JsonElement? Of(JsonElement root)
    {
        var at = root;
        foreach (var step in steps)
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var field))
                at = field;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < at.GetArrayLength())
                at = at[index];
            else
                return null;
        return at;
    }

    [GeneratedRegex(@"^(?:[^.\[\]/]+|\[\d+\])(?:\.[^.\[\]/]+|\[\d+\])*$")]
    private static partial Regex Path();

    [GeneratedRegex(@"\[\d+\]|[^.\[\]]+")]
    private static partial Regex Step();
}
