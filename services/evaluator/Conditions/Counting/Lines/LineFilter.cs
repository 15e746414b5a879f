using System.Text.RegularExpressions;
using Sigma.Contracts;
using Sigma.Evaluator.Rules;
using Sigma.Hosting.Lines;
using Sigma.Storage;

namespace Sigma.Evaluator.Conditions.Counting.Lines;

/// <summary>Which log lines a rule counts: those that a search finds, and whose text a pattern matches. Ready to be applied.</summary>
internal sealed class LineFilter
{
    public const int LongestSearch = 1000, LongestPattern = 500;
    const int MostRepeats = 100, LongestTaken = 200;

    // Patterns are matched without going back, in a time that grows with the line alone; this is for lines that are too long for them.
    static readonly TimeSpan PatternTimeout = TimeSpan.FromMilliseconds(100);

    readonly LogQuery _query;
    readonly Regex? _pattern;
    readonly (string Group, string Label)[] _taken;

    /// <exception cref="LogQueryException">The search cannot be read.</exception>
    /// <exception cref="ArgumentException">The pattern cannot be read.</exception>
    public LineFilter(string source, string search, string? pattern)
    {
        _query = search.Trim() == RuleOptions.Every ? LogQuery.All : LogQueryParser.Parse(search);
        _pattern = pattern is null ? null : Parse(pattern);
        _taken = _pattern is null ? [] : [.. _pattern.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))
            .Select(name => (name, name.ToLowerInvariant()))];
        Id = $"lines:{Ids.From("lines", source, search.Trim(), pattern ?? ""):N}";
    }

    /// <summary>The name under which the lines it matches are stored as events: rules with the same source and filter count the same.</summary>
    public string Id { get; }

    /// <summary>What says which lines it takes, for whoever goes through a batch; used by one thread.</summary>
    public LineMatcher Matcher() => new(_query);

    /// <summary>The labels that a line is counted by; null when it is not counted.</summary>
    /// <param name="matcher">Its own.</param>
    /// <param name="line">The line.</param>
    /// <param name="source">Name of its integration.</param>
    /// <exception cref="RegexMatchTimeoutException">The pattern takes too long on the line.</exception>
    public IReadOnlyDictionary<string, string>? Match(LineMatcher matcher, LogLine line, string source)
    {
        if (!matcher.Accepts(line, source))
            return null;
        var match = _pattern?.Match(line.Text);
        if (match is { Success: false })
            return null;
        return _taken.Length == 0 && (line.Level is null || line.Labels.ContainsKey(Level)) ? line.Labels : With(line, match);
    }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It cannot be read, or what it has needs going back.</exception>
    public static Regex Parse(string pattern)
    {
        if (pattern.Length > LongestPattern)
            throw new ArgumentException($"it has more than {LongestPattern} characters");
        if (LogQueryParser.Repeats(pattern) > MostRepeats)
            throw new ArgumentException($"the repeats of a pattern are at most {MostRepeats} together");
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTimeout);
        }
        catch (NotSupportedException)
        {
            throw new ArgumentException("it has what needs going back, such as \\1 or (?=…)");
        }
    }

    Dictionary<string, string> With(LogLine line, Match? match)
    {
        Dictionary<string, string> labels = new(line.Labels, StringComparer.OrdinalIgnoreCase);
        if (line.Level is { } level)
            labels.TryAdd(Level, level);
        foreach (var (group, label) in _taken)
            if (match!.Groups[group] is { Success: true, Value: var value })
                labels[label] = value.Length > LongestTaken ? value[..LongestTaken] : value;
        return labels;
    }

    const string Level = "level";
}
