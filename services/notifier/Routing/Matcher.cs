using System.Text.RegularExpressions;

namespace Sigma.Notifier.Routing;

/// <summary>A condition on one field or label of an alert, written as in Alertmanager: <c>severity=critical</c>, <c>code=~"E1.*"</c>.</summary>
internal sealed partial class Matcher
{
    const int Longest = 500;

    readonly Func<string, bool> _fits;

    Matcher(string name, string sign, string value)
    {
        Name = name;
        Text = $"{name}{sign}{(value.Length == 0 || value.Any(c => char.IsWhiteSpace(c) || c is ',' or '"') ? $"\"{value}\"" : value)}";
        var pattern = sign.Contains('~') ? Whole(value) : null;
        _fits = sign switch
        {
            "=" => found => found == value,
            "!=" => found => found != value,
            "=~" => found => pattern!.IsMatch(found),
            _ => found => !pattern!.IsMatch(found),
        };
    }

    /// <summary>The field or label.</summary>
    public string Name { get; }

    /// <summary>As it is written.</summary>
    public string Text { get; }

    public bool Fits(AlertFacts alert) => _fits(alert.Value(Name));

    public override string ToString() => Text;

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none; the message says why, and goes on after the name of the setting.</exception>
    public static Matcher Parse(string text)
    {
        if (text.Length > Longest)
            throw new FormatException($"must not be longer than {Longest} characters");
        if (Form().Match(text) is not { Success: true } parts)
            throw new FormatException($"is not a matcher: write name=value, name!=value, name=~pattern or name!~pattern, not {text}");
        var value = parts.Groups["value"].Value;
        if (value is ['"', .., '"'] && value.Length > 1)
            value = value[1..^1];
        try
        {
            return new(parts.Groups["name"].Value, parts.Groups["sign"].Value, value);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"has no pattern that can be used, in {text}: {e.Message.TrimEnd('.')}");
        }
    }

    // In time that grows with the value alone, whatever the pattern: those with references back or looks ahead are refused.
    static Regex Whole(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    [GeneratedRegex("""^\s*(?<name>[^\s=!~"]+)\s*(?<sign>=~|!~|!=|=)\s*(?<value>.*?)\s*$""", RegexOptions.Singleline)]
    private static partial Regex Form();
}

/// <summary>Several that an alert must all fit; none fit every alert.</summary>
internal sealed class MatcherSet(IReadOnlyList<Matcher> all)
{
    public static readonly MatcherSet Every = new([]);

    public IReadOnlyList<Matcher> All => all;

    public static MatcherSet Parse(IEnumerable<string> texts) => new([.. texts.Select(Matcher.Parse)]);

    public bool Fit(AlertFacts alert)
    {
        foreach (var matcher in all)
            if (!matcher.Fits(alert))
                return false;
        return true;
    }

    public override string ToString() => all.Count == 0 ? "every alert" : string.Join(", ", all);
}
