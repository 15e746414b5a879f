using System.Text.RegularExpressions;

namespace Sigma.Hosting.Lines;

/// <summary>What lines are looked for. All of it must be so of a line.</summary>
/// <param name="Texts">What its text has, or has not.</param>
/// <param name="Labels">What its labels are.</param>
/// <param name="Levels">The levels it may have, a bit each.</param>
public sealed record LogQuery(IReadOnlyList<TextTerm> Texts, IReadOnlyList<LabelTerm> Labels, int Levels)
{
    /// <summary>Every line.</summary>
    public static LogQuery All { get; } = new([], [], LineLevels.Any);
}

/// <summary>Words that follow each other.</summary>
/// <param name="Words">The words, as <see cref="Text.WordList"/> splits them.</param>
/// <param name="IsPrefix">Whether the last of them may go on.</param>
/// <param name="IsExcluded">Whether a line must not have them.</param>
public sealed record TextTerm(IReadOnlyList<string> Words, bool IsPrefix, bool IsExcluded);

/// <summary>
/// A condition on a label of the line, else on a field of that name, else on its source where the name is <c>source</c>. What a line has
/// not is empty.
/// </summary>
/// <param name="Name">In lower case.</param>
/// <param name="Value">What it must be equal to, or must match.</param>
/// <param name="Pattern">Matches the whole value; null when it must be equal.</param>
/// <param name="IsNegated">Whether it must not.</param>
public sealed record LabelTerm(string Name, string Value, Regex? Pattern, bool IsNegated)
{
    public const string Source = "source";

    public bool Accepts(string? value) => (Pattern?.IsMatch(value ?? "") ?? string.Equals(value ?? "", Value, StringComparison.Ordinal)) != IsNegated;
}

/// <summary>A query that cannot be read.</summary>
/// <param name="position">Where, counted from 1.</param>
/// <param name="reason">Why, as a clause.</param>
public sealed class LogQueryException(int position, string reason) : Exception($"at {position}: {reason}")
{
    public int Position => position;
}
