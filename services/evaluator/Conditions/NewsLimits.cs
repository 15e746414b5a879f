using Sigma.Hosting.Messaging;
using static Sigma.Evaluator.Conditions.Counting.BatchLimits;

namespace Sigma.Evaluator.Conditions;

/// <summary>
/// Says what is wrong with news before anything is done with it. A batch that breaks the contract ends in the error queue with its reason.
/// </summary>
internal static class NewsLimits
{
    const int LongestGateway = 64;

    /// <exception cref="InvalidDataException">The news breaks the contract.</exception>
    public static void Check<T>(string what, string? source, Contracts.IntakePart? part, IReadOnlyList<T>? items, Func<T, string?> fault) =>
        NewsContract.Check(what, source, items, fault, part is null
            || (part.Gateway is { Length: > 0 and <= LongestGateway } && part.Number >= 1 && IsPossible(part.SliceFrom))
                ? null : "its part of an intake names no gateway, no number or no time");

    public static string? Labels(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? "has no labels"
        : labels.Count > MostLabels ? $"has more than {MostLabels} labels"
        : labels.Any(label => label.Value is null) ? "has a label without a value"
        : AreTooLong(labels) ? $"has labels that are longer than {LongestLabels} characters" : null;

    public static string? Time(DateTimeOffset time) =>
        IsPossible(time) ? null : $"has a time that is not between {Earliest.Year} and {Latest.Year}";
}
