using Sigma.Hosting.Lines;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Logs;

/// <summary>What a rule begins with that counts the lines of a search.</summary>
/// <param name="Lines">The search, as rules have it.</param>
/// <param name="Source">The integration whose lines are counted; empty when neither the search nor its lines say.</param>
/// <param name="GroupBy">A label by which the lines are told apart.</param>
internal sealed record RuleOfSearch(string Lines, string Source, string GroupBy)
{
    const string Every = "*";

    // Who wrote the line, the usual names first.
    static readonly string[] Writers = ["host", "agent", "service", "app", "unit"];

    /// <summary>Of a search and of lines that it finds; null when it cannot be read.</summary>
    public static RuleOfSearch? Of(string search, IReadOnlyList<ArchivedLine> found)
    {
        try
        {
            var said = LogQueryParser.Parse(search).Labels;
            var source = said.FirstOrDefault(term => term is { Name: LabelTerm.Source, Pattern: null, IsNegated: false })?.Value
                ?? Commonest(found.Select(line => line.Source)) ?? "";
            var labels = found.Where(line => line.Source == source).Select(line => line.Labels);
            return new(search.Trim() is { Length: > 0 } lines ? lines : Every, source,
                Commonest(labels.Select(line => Writers.FirstOrDefault(line.ContainsKey)).OfType<string>()) ?? Writers[0]);
        }
        catch (LogQueryException)
        {
            return null;
        }
    }

    static string? Commonest(IEnumerable<string> words) => words.CountBy(word => word).OrderByDescending(word => word.Value)
        .Select(word => word.Key).FirstOrDefault();
}
