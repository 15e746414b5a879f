using System.Text.RegularExpressions;

namespace Sigma.Hosting.Alertmanager;

/// <summary>A condition on a label, as Alertmanager's clients write it: <c>alertname="excess"</c>, <c>code=~"E1.*"</c>.</summary>
public sealed partial class LabelMatcher
{
    const int Longest = 500, Most = 20;

    readonly Regex? _pattern;
    readonly string _sign;

    LabelMatcher(string name, string sign, string value)
    {
        _sign = sign;
        (Name, Value, IsRegex, IsEqual) = (name, value, sign.Contains('~'), sign[0] == '=');
        _pattern = IsRegex ? Whole(value) : null;
    }

    /// <summary>The label.</summary>
    public string Name { get; }

    /// <summary>What it is compared with.</summary>
    public string Value { get; }

    /// <summary>Whether that is a pattern, of the whole value.</summary>
    public bool IsRegex { get; }

    /// <summary>Whether the label must be so; else it must not.</summary>
    public bool IsEqual { get; }

    /// <summary>The same condition on another label, when it is on this one.</summary>
    public LabelMatcher Renamed(string from, string to) => Name == from ? new(to, _sign, Value) : this;

    /// <summary>Whether a label's value is so; of a label that is not there it is empty.</summary>
    public bool Fits(string value) => (_pattern?.IsMatch(value) ?? value == Value) == IsEqual;

    /// <summary>Reads several, each of which may be more than one, comma separated or in braces; null when one is none.</summary>
    public static List<LabelMatcher>? Read(IReadOnlyList<string>? texts)
    {
        List<LabelMatcher> found = [];
        foreach (var text in texts ?? [])
        {
            if (text.Length > Longest * Most)
                return null;
            var inner = text.Trim() is ['{', .. var braced, '}'] ? braced : text;
            for (var at = 0; at < inner.Length;)
            {
                var match = Form().Match(inner, at);
                if (!match.Success || found.Count == Most || TryMake(match) is not { } matcher)
                    return null;
                found.Add(matcher);
                at = match.Index + match.Length;
            }
        }
        return found;
    }

    /// <summary>
    /// Reads those of a silence, as the notifier writes them; null when one cannot be read, for without it the silence would seem to hold too much.
    /// </summary>
    public static List<LabelMatcher>? AllOf(IEnumerable<string> texts)
    {
        List<LabelMatcher> matchers = [];
        foreach (var text in texts)
        {
            if (Of(text) is not { } matcher)
                return null;
            matchers.Add(matcher);
        }
        return matchers;
    }

    /// <summary>Reads one, as the notifier writes it; null when it is none.</summary>
    public static LabelMatcher? Of(string text) => Read([text]) is [var matcher] ? matcher : null;

    /// <summary>Whether a text is the whole of a pattern; not, when that is none.</summary>
    public static bool FitsWhole(string pattern, string text)
    {
        try
        {
            return pattern.Length <= Longest && Whole(pattern).IsMatch(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    static LabelMatcher? TryMake(Match match)
    {
        var value = match.Groups["quoted"].Success
            ? match.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : match.Groups["plain"].Value.Trim();
        try
        {
            return value.Length > Longest ? null : new(match.Groups["name"].Value, match.Groups["sign"].Value, value);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // In time that grows with the value alone, whatever the pattern.
    static Regex Whole(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    [GeneratedRegex("""
        \G\s*"?(?<name>[^\s=!~",{}]+)"?\s*(?<sign>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^,"]*))\s*(?:,\s*|$)
        """, RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
